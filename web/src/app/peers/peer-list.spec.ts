import type { Partner } from '../connection/partners.ts';
import { peer } from '../../testing/frames.ts';
import { show } from '../../testing/view.ts';
import { PeerList } from './peer-list.ts';

const partner = (id: string, about: Partial<Partner> = {}): Partner => ({
  ...peer(id),
  here: true,
  unread: 0,
  ...about,
});
const ANN = partner('C51DherHNjMCI3Q=', { name: 'Ann' });
const NAMELESS = partner('C50a8cvrtjMCI7w=');

describe('PeerList', () => {
  it('calls a peer by its name, or else by the beginning of its connectionId', async () => {
    const view = await show(PeerList, { partners: [ANN, NAMELESS] });
    expect(view.texts('.name')).toEqual(['Ann', 'C50a8c']);
    expect(view.texts('.id')).toEqual(['C51DherHNjMCI3Q=', 'C50a8cvrtjMCI7w=']);
  });

  it('tells a terminal, and one who has left', async () => {
    const view = await show(PeerList, {
      partners: [ANN, { ...NAMELESS, dialect: 'plain' }, partner('X=', { here: false, dialect: 'plain' })],
    });
    expect(view.texts('li').map((text) => /terminal|left/.exec(text)?.[0])).toEqual([
      undefined,
      'terminal',
      'left',
    ]);
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

  it('keeps the focus on a peer while others come and go', async () => {
    const view = await show(PeerList, { partners: [ANN] });
    view.find('button').focus();
    await view.set({ partners: [NAMELESS, ANN] });
    expect(document.activeElement?.textContent).toContain('Ann');
  });
});
