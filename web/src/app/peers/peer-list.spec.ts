import { TestBed } from '@angular/core/testing';
import type { Partner } from '../connection/partners.ts';
import { peer } from '../../testing/frames.ts';
import { surround } from '../../testing/page.ts';
import { show, type View } from '../../testing/view.ts';
import { MANY, PeerList } from './peer-list.ts';

const partner = (id: string, about: Partial<Partner> = {}): Partner => ({
  ...peer(id),
  here: true,
  unread: 0,
  ...about,
});
const ANN = partner('C51DherHNjMCI3Q=', { name: 'Ann' });
const NAMELESS = partner('C50a8cvrtjMCI7w=');

const WINDOW_MS = 300_000;

describe('PeerList', () => {
  beforeEach(() => surround());

  it('calls a peer by its name, or else by the beginning of its connectionId', async () => {
    const view = await show(PeerList, { partners: [ANN, NAMELESS] });
    expect(view.texts('.name')).toEqual(['Ann', 'C50a8c']);
    expect(view.texts('.id')).toEqual(['C51DherHNjMCI3Q=', 'C50a8cvrtjMCI7w=']);
  });

  it('[P27] says as whom a peer has signed in', async () => {
    const view = await show(PeerList, { partners: [{ ...ANN, subject: 'ann@example.com' }, NAMELESS] });
    expect(view.texts('.subject')).toEqual([', signed in as ann@example.com']);
  });

  it('tells a terminal, one who is away and may come back, and one who has left', async () => {
    TestBed.resetTestingModule();
    const { time } = surround();
    const conversation = { peer: ANN, lines: [], unread: 0, awaySince: 0 };
    const view = await show(PeerList, {
      partners: [
        ANN,
        { ...NAMELESS, dialect: 'plain' },
        partner('X=', { here: false, conversation }),
        partner('Y=', { here: false, dialect: 'plain', conversation }),
      ],
      windowMs: WINDOW_MS,
    });
    expect(view.texts('.badge')).toEqual(['terminal', 'away', 'left']);
    time.pass(WINDOW_MS);
    await view.settled();
    expect(view.texts('.badge')).toEqual(['terminal', 'left', 'left']);
  });

  it('shows the last that was said instead of the connectionId', async () => {
    const line = { id: 'm', text: 'See you\nsoon', at: 0 };
    const sent = { stream: 's', seq: 0, status: { kind: 'queued' } } as const;
    const view = await show(PeerList, {
      partners: [
        partner('X=', { conversation: { peer: ANN, lines: [line], unread: 0 } }),
        partner('Y=', { conversation: { peer: ANN, lines: [{ ...line, sent }], unread: 0 } }),
        NAMELESS,
      ],
    });
    expect(view.texts('.second')).toEqual(['See you soon', 'You: See you soon', 'C50a8cvrtjMCI7w=']);
  });

  describe('with many peers', () => {
    const many = Array.from({ length: MANY }, (_, n) => partner(`id${n}=`, { name: `Peer ${n}` }));
    const seek = async (view: View<PeerList>, text: string) => {
      const field = view.find('input');
      field.value = text;
      field.dispatchEvent(new Event('input'));
      await view.settled();
    };

    it('finds one by name or connectionId', async () => {
      const view = await show(PeerList, { partners: [...many, ANN] });
      await seek(view, ' ann');
      expect(view.texts('.name')).toEqual(['Ann']);
      await seek(view, 'ID7');
      expect(view.texts('.name')).toEqual(['Peer 7']);
      await seek(view, 'nobody');
      expect(view.texts('.nobody')).toEqual(['No peer is called that.']);
    });

    it('lists only those that have written, and the one that is open', async () => {
      const [first, second, third, ...rest] = many;
      if (!first || !second || !third) throw new Error('not many');
      const partners = [first, { ...second, unread: 2 }, { ...third, unread: 1 }, ...rest];
      const view = await show(PeerList, { partners, selected: first.session });
      await view.press('2 unread');
      expect(view.find('[aria-pressed]').getAttribute('aria-pressed')).toBe('true');
      expect(view.texts('.name')).toEqual(['Peer 0', 'Peer 1', 'Peer 2']);
      await view.set({ partners: many, selected: undefined });
      expect(view.texts('.nobody')).toEqual(['All that has come is read.']);
      await view.press('0 unread');
      expect(view.texts('.name').length).toBe(MANY);
    });

    it('lists all again when they are few', async () => {
      const view = await show(PeerList, { partners: many });
      await seek(view, 'Peer 7');
      await view.set({ partners: [ANN] });
      expect(view.host.querySelector('input')).toBeNull();
      expect(view.texts('.name')).toEqual(['Ann']);
    });
  });

  it('counts what is unread in words, and nothing when nothing is', async () => {
    const view = await show(PeerList, { partners: [{ ...ANN, unread: 3 }, NAMELESS] });
    expect(view.texts('.unread')).toEqual(['3 unread']);
  });

  it('lists joins and leaves as they come, and says when it is empty', async () => {
    const view = await show(PeerList, { partners: [ANN] });
    await view.set({ partners: [ANN, NAMELESS] });
    expect(view.texts('.name')).toEqual(['Ann', 'C50a8c']);
    await view.set({ partners: [] });
    expect(view.text()).toContain('Peers appear here as they join');
  });

  it('tells which peer was chosen, and marks the one that is open', async () => {
    const view = await show(PeerList, { partners: [ANN, NAMELESS], selected: ANN.session });
    expect(view.texts('[aria-current=true] .name')).toEqual(['Ann']);
    const chosen: string[] = [];
    view.fixture.componentInstance.chosen.subscribe((session) => chosen.push(session));
    await view.press('C50a8c');
    expect(chosen).toEqual([NAMELESS.session]);
  });

  describe('for the keyboard', () => {
    const few = ['A=', 'B=', 'C='].map((id) => partner(id, { name: id }));
    const focused = () => document.activeElement?.querySelector('.name')?.textContent;
    const press = async (view: View<PeerList>, key: string) => {
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      );
      await view.settled();
    };
    const stops = (view: View<PeerList>) => view.texts('li button[tabindex="0"] .name');

    it('is one stop, at the peer that was reached last', async () => {
      const view = await show(PeerList, { partners: few });
      expect(stops(view)).toEqual(['A=']);
      view.find('li:nth-child(2) button').focus();
      await view.settled();
      expect(stops(view)).toEqual(['B=']);
      await view.set({ selected: few[2]?.session });
      expect(stops(view)).toEqual(['C=']);
    });

    it('goes from peer to peer by the arrow keys, and to the ends', async () => {
      const view = await show(PeerList, { partners: few });
      view.find('li button').focus();
      const walk: (string | null | undefined)[] = [];
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'ArrowUp', 'End']) {
        await press(view, key);
        walk.push(focused());
      }
      expect(walk).toEqual(['B=', 'C=', 'C=', 'B=', 'A=', 'A=', 'C=']);
    });

    it('goes from the search to the first that was found', async () => {
      const view = await show(PeerList, {
        partners: Array.from({ length: MANY }, (_, n) => partner(`id${n}=`, { name: `Peer ${n}` })),
      });
      const field = view.find('input');
      field.focus();
      await press(view, 'Home');
      await press(view, 'End');
      expect(document.activeElement).withContext('these are for the text').toBe(field);
      await press(view, 'ArrowDown');
      expect(focused()).toBe('Peer 0');
    });

    it('keeps the focus on a peer while others come and go, and while it changes its place', async () => {
      const [first, ...others] = few;
      if (!first) throw new Error('not few');
      const view = await show(PeerList, { partners: [first] });
      view.find('li button').focus();
      for (const partners of [[...others, first], [first], few, [...others, first], few]) {
        await view.set({ partners });
        expect(focused()).toBe('A=');
      }
    });

    it('hands the focus on to the next one when a peer goes', async () => {
      const view = await show(PeerList, { partners: few });
      view.find('li:nth-child(2) button').focus();
      await view.set({ partners: few.filter(({ name }) => name !== 'B=') });
      expect(focused()).toBe('C=');
      await view.set({ partners: few.slice(0, 1) });
      expect(focused()).toBe('A=');
    });
  });

  it('brings the peer into sight that is chosen elsewhere', async () => {
    const partners = Array.from({ length: 60 }, (_, n) => partner(`id${n}=`));
    const view = await show(PeerList, { partners });
    view.host.style.height = '300px';
    const list = view.find('ul');
    await view.set({ selected: partners[50]?.session });
    const row = view.find('[aria-current]').getBoundingClientRect();
    const { top, bottom } = list.getBoundingClientRect();
    expect(row.top).toBeGreaterThanOrEqual(top);
    expect(row.bottom).toBeLessThanOrEqual(bottom);
  });
});
