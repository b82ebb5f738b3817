import { show, type View } from '../../testing/view.ts';
import { Tabs } from './tabs.ts';

const TABS = [
  { key: 'peers', label: 'Peers', count: 2 },
  { key: 'conversation', label: 'Conversation' },
  { key: 'wire', label: 'Wire', count: 0 },
];

async function setup(selected = 'peers') {
  const view = await show(Tabs, { label: 'Parts', group: 'part', tabs: TABS, selected });
  const chosen: string[] = [];
  view.fixture.componentInstance.chosen.subscribe((key) => chosen.push(key));
  return { chosen, view };
}
const key = (view: View<unknown>, name: string) =>
  view.find('[aria-selected=true]').dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));

describe('Tabs', () => {
  it('are a named list in which one is selected, and each names its panel', async () => {
    const { view } = await setup('wire');
    expect(view.find('[role=tablist]').getAttribute('aria-label')).toBe('Parts');
    expect(view.texts('[role=tab]')).toEqual(['Peers 2 unread', 'Conversation', 'Wire']);
    expect(view.texts('[aria-selected=true]')).toEqual(['Wire']);
    const tab = view.find('#part-wire-tab');
    expect(tab.getAttribute('aria-controls')).toBe('part-wire');
  });

  it('are one stop for Tab', async () => {
    const { view } = await setup('conversation');
    const stops = [...view.host.querySelectorAll<HTMLElement>('[role=tab]')].map(({ tabIndex }) => tabIndex);
    expect(stops).toEqual([-1, 0, -1]);
  });

  it('are chosen with a click', async () => {
    const { chosen, view } = await setup();
    await view.press('Wire');
    expect(chosen).toEqual(['wire']);
  });

  for (const [name, from, to] of [
    ['ArrowRight', 'peers', 'conversation'],
    ['ArrowRight', 'wire', 'peers'],
    ['ArrowLeft', 'peers', 'wire'],
    ['Home', 'wire', 'peers'],
    ['End', 'peers', 'wire'],
  ] as const) {
    it(`go from ${from} to ${to} with ${name}, and take the focus along`, async () => {
      const { chosen, view } = await setup(from);
      key(view, name);
      expect(chosen).toEqual([to]);
      expect(document.activeElement?.id).toBe(`part-${to}-tab`);
    });
  }
});
