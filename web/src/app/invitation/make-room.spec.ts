import { TestBed } from '@angular/core/testing';
import { isMembersOnly } from '#protocol';
import { parseInvitation } from '#protocol/invitation';
import { surround, until } from '../../testing/page.ts';
import { surroundWithKeys } from '../../testing/room-keys.ts';
import { show } from '../../testing/view.ts';
import { GO_TO } from './go-to.ts';
import { MakeRoom } from './make-room.ts';

const WEEK_S = 7 * 24 * 3600;

async function setup(about: { readonly forgetful?: true; readonly insecure?: true } = {}) {
  const { storage } = surround();
  const kept = surroundWithKeys([], about);
  const went: URL[] = [];
  TestBed.configureTestingModule({
    providers: [{ provide: GO_TO, useValue: (url: string) => went.push(new URL(url)) }],
  });
  return { kept, storage, went, view: await show(MakeRoom, { name: 'Ann' }) };
}

describe('MakeRoom', () => {
  it('[P28] makes a room and goes there, with an invitation that ends when it was chosen to', async () => {
    const { kept, storage, view, went } = await setup();
    expect(view.texts('option')).toEqual(['1 hour', '1 day', '1 week', '30 days']);
    expect(view.find('select').selectedOptions[0]?.text).toBe('1 day');
    view.find('select').selectedIndex = 2;
    await view.press('Make a room for members');
    await until(() => went.length > 0);
    const room = went[0]?.searchParams.get('room') ?? '';
    expect(isMembersOnly(room)).toBeTrue();
    expect(went[0]?.searchParams.get('name')).toBe('Ann');
    expect(kept.map((key) => key.room)).toEqual([room]);
    const invitation = [...storage.items.values()].map(parseInvitation).find(Boolean);
    expect(invitation?.expiry).toBe(WEEK_S);
    expect(went[0]?.hash).withContext('no address has it').toBe('');
  });

  it('says why it makes none over plain http', async () => {
    const { view } = await setup({ insecure: true });
    expect(view.texts('button')).toEqual([]);
    expect(view.text()).toContain('by https, or from this machine');
  });

  it('goes nowhere when the browser would lose the key, and says so', async () => {
    const { view, went } = await setup({ forgetful: true });
    await view.press('Make a room for members');
    await until(() => view.texts('[role=status]').join('').includes('keeps no keys'));
    expect(went).toEqual([]);
  });
});
