import { TestBed } from '@angular/core/testing';
import { show } from '../../testing/view.ts';
import { joined, message, peer } from '../../testing/frames.ts';
import { wired } from '../../testing/wire.ts';
import { FrameList } from './frame-list.ts';
import { Reveal } from './reveal.ts';
import { DROPPED_AT_ONCE, MOST_ENTRIES } from './wire-log.ts';
import { WireView } from './wire-view.ts';

const ANN = peer('ann=', { name: 'Ann' });
const nextFrame = () => new Promise(requestAnimationFrame);

async function setup({ width = 800 } = {}) {
  const around = wired();
  const { page, socket } = around.open();
  const list = await show(FrameList);
  list.host.style.cssText = `width: ${width}px; height: 300px`;
  const viewport = list.find('[role=listbox]');
  // The list learns of its size in one frame and of having been scrolled in the next, before it is drawn.
  const settled = async () => {
    for (let frame = 0; frame < 4; frame++) {
      await nextFrame();
      await list.settled();
    }
  };
  const hear = async (count: number, text = 'text') => {
    for (let n = 0; n < count; n++) {
      around.clock.now += 2;
      socket.say(`${text} ${n}`);
    }
    await settled();
  };
  const scrollTo = async (top: number) => {
    viewport.scrollTop = top;
    await settled();
  };
  const press = async (key: string) => {
    viewport.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await settled();
  };
  /** The texts of the rows that are in sight. */
  const inSight = () => {
    const { top, bottom } = viewport.getBoundingClientRect();
    return [...viewport.querySelectorAll('.row')]
      .map((row) => ({ text: row.querySelector('.preview')?.textContent, box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.top >= top - 1 && box.bottom <= bottom + 1)
      .map(({ text }) => text);
  };
  const view = TestBed.inject(WireView);
  await settled();
  return { ...around, hear, inSight, list, page, press, scrollTo, settled, socket, view, viewport };
}

describe('FrameList', () => {
  it('shows time, delta, direction, kind, size, round trip and text of each frame', async () => {
    const { clock, list, log, settled, socket } = await setup();
    socket.say(joined(ANN));
    clock.now += 12;
    socket.say(message(ANN, 'Hello', { id: 'm1' }));
    await settled();
    const [, , row] = list.host.querySelectorAll('.row');
    const cell = (name: string) => row?.querySelector(`.${name}`)?.textContent.trim();
    expect([cell('delta'), cell('kind'), cell('who')]).toEqual(['+12 ms', 'message', 'Ann']);
    expect(cell('time')).toMatch(/^\d\d:\d\d:01\.012$/);
    expect(cell('preview')).toBe('Ann"Hello"');
    expect(cell('bytes')).toBe(String(log.entries.at(-1)?.text.length));
    expect(row?.querySelector('[role=img]')?.getAttribute('aria-label')).toBe('received');
  });

  it('shows the round trip on a row that was there before its answer', async () => {
    const { clock, list, page, settled, socket } = await setup();
    page.send('{"action":"sendMessageRoute","type":"ping","id":"p"}');
    await settled();
    expect(list.texts('.row .trip')[1]).toBe('');
    clock.now += 7;
    socket.say({ type: 'pong', id: 'p', listed: [] });
    await settled();
    expect(list.texts('.row .trip').slice(1)).toEqual(['7.0 ms', '7.0 ms']);
  });

  it('draws only what is in sight, however many there are', async () => {
    const { hear, inSight, list } = await setup();
    await hear(5000);
    expect(list.host.querySelectorAll('.row').length).toBeLessThan(60);
    expect(inSight().at(-1)).toBe('text 4999');
  });

  it('follows the end, and shows no gap while it does', async () => {
    const { hear, inSight, viewport } = await setup();
    for (const count of [100, 1, 300]) {
      await hear(count);
      expect(viewport.scrollTop).toBe(viewport.scrollHeight - viewport.clientHeight);
      expect(inSight().at(-1)).toBe(`text ${count - 1}`);
      expect(inSight().length).toBeGreaterThanOrEqual(Math.floor(viewport.clientHeight / 28) - 1);
    }
  });

  it('stays where the reader has scrolled to, counts what is new, and goes there when asked', async () => {
    const { hear, inSight, list, scrollTo } = await setup();
    await hear(200);
    await scrollTo(1000);
    const before = inSight();
    await hear(30, 'new');
    expect(inSight()).toEqual(before);
    expect(list.texts('.missed')).toEqual(['30 new']);
    await list.click('.missed');
    await nextFrame();
    expect(inSight().at(-1)).toBe('new 29');
    expect(list.texts('.missed')).toEqual([]);
    await hear(5, 'more');
    expect(inSight().at(-1)).toBe('more 4');
  });

  it('stays at the end when there is more room, or less', async () => {
    const { hear, inSight, list, settled } = await setup();
    await hear(200);
    for (const height of [500, 150, 160, 155]) {
      list.host.style.height = `${height}px`;
      await settled();
      expect(inSight().at(-1)).toBe('text 199');
      expect(list.texts('.missed')).toEqual([]);
    }
    await hear(1, 'new');
    expect(inSight().at(-1)).toBe('new 0');
  });

  it('follows again when the reader scrolls to the end', async () => {
    const { hear, inSight, scrollTo, viewport } = await setup();
    await hear(200);
    await scrollTo(1000);
    await scrollTo(viewport.scrollHeight);
    await hear(20, 'new');
    expect(inSight().at(-1)).toBe('new 19');
  });

  it('keeps what is read in its place while the oldest are dropped', async () => {
    const { hear, inSight, log, scrollTo, settled, socket } = await setup();
    await hear(DROPPED_AT_ONCE + 500);
    await scrollTo((DROPPED_AT_ONCE + 200) * 28);
    const before = inSight();
    const missing = MOST_ENTRIES - log.entries.length + 1;
    for (let n = 0; n < missing; n++) socket.say('x');
    while (log.entries[0]?.key === 0 || !(await settledRows())) await nextFrame();
    await settled();
    expect(log.entries[0]?.key).toBe(DROPPED_AT_ONCE);
    expect(before).toContain('text 1200');
    expect(inSight()).toEqual(before);

    async function settledRows() {
      await settled();
      return TestBed.inject(WireView).rows.length === log.entries.length;
    }
  });

  it('chooses a frame by a click, and by the keyboard', async () => {
    const { hear, inSight, list, press, view, viewport } = await setup();
    await hear(200);
    list.host.querySelector<HTMLElement>('.row:nth-last-child(2)')?.click();
    expect(view.chosen()?.text).toBe('text 198');
    await press('ArrowUp');
    expect(view.chosen()?.text).toBe('text 197');
    expect(list.texts('[aria-selected=true] .preview')).toEqual(['text 197']);
    const active = viewport.getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(active)?.textContent).toContain('text 197');
    await press('PageUp');
    const page = Number(view.chosen()?.text.split(' ')[1]);
    expect(page).toBeLessThan(192);
    expect(page).toBeGreaterThan(185);
    await press('Home');
    expect(view.chosen()?.kind).toBe('open');
    await press('ArrowUp');
    expect(view.chosen()?.kind).toBe('open');
    await press('ArrowDown');
    expect(inSight()).toContain('text 0');
    await press('End');
    expect(inSight()).toContain('text 199');
    await press('Escape');
    expect(view.chosen()).toBeUndefined();
    expect(viewport.hasAttribute('aria-activedescendant')).toBeFalse();
  });

  it('stands still while paused, and goes on with all that came', async () => {
    const { hear, inSight, settled, view } = await setup();
    await hear(20);
    view.pause();
    await hear(30, 'later');
    expect([inSight().at(-1), view.waiting()]).toEqual(['text 19', 30]);
    view.goOn();
    await settled();
    expect([inSight().at(-1), view.waiting()]).toEqual(['later 29', 0]);
  });

  it('can be filtered while paused, and shows nothing newer for it', async () => {
    const { hear, inSight, settled, view } = await setup();
    await hear(20);
    view.pause();
    await hear(20);
    view.narrow({ text: 'TEXT 7' });
    await settled();
    expect(inSight()).toEqual(['text 7']);
    view.goOn();
    await settled();
    expect(inSight()).toEqual(['text 7', 'text 7']);
    view.showAll();
    await settled();
    expect(view.rows.length).toBe(41);
  });

  it('forgets all when asked', async () => {
    const { hear, list, settled, view } = await setup();
    await hear(20);
    view.choose(view.rows[3]);
    view.clear();
    await settled();
    expect(list.texts('.row')).toEqual([]);
    expect(view.chosen()).toBeUndefined();
    await hear(1, 'new');
    expect(list.texts('.row .preview')).toEqual(['new 0']);
  });

  it('goes to the newest frame of a message when asked, filtered out or not, and only once', async () => {
    const { hear, inSight, settled, socket, view } = await setup();
    socket.say(message(ANN, 'Hello', { id: 'm1' }));
    await hear(300);
    view.narrow({ kind: 'plain' });
    const reveal = TestBed.inject(Reveal);
    reveal.showFrames({ seat: '1', session: ANN.session, messageId: 'm1' });
    await settled();
    expect(view.chosen()?.messageId).toBe('m1');
    expect(inSight().some((text) => text?.includes('Hello'))).toBeTrue();
    view.choose(undefined);
    await show(FrameList);
    expect(view.chosen()).toBeUndefined();
  });

  it('shows as many columns as there is room for', async () => {
    const { list } = await setup();
    const columns = async (width: number) => {
      list.host.style.width = `${width}px`;
      await nextFrame();
      return [...list.host.querySelectorAll('.head span')]
        .filter((head) => head.getBoundingClientRect().width > 0 && head.textContent !== '')
        .map((head) => head.textContent);
    };
    expect(await columns(350)).toEqual(['Time', 'Kind', 'Round trip']);
    expect(await columns(480)).toEqual(['Time', 'Delta', 'Kind', 'Bytes', 'Round trip']);
    expect(await columns(900)).toEqual(['Time', 'Delta', 'Kind', 'Peer', 'Bytes', 'Round trip', 'Text']);
  });

  it('gives the text a line of its own where it has no room, and keeps what is read in its place', async () => {
    const { hear, list, scrollTo, settled, viewport } = await setup();
    await hear(200);
    await scrollTo(28 * 100);
    const rows = () =>
      [...viewport.querySelectorAll<HTMLElement>('.row')].map((row) => ({
        height: row.offsetHeight,
        top: Math.round(row.getBoundingClientRect().top - viewport.getBoundingClientRect().top),
        text: row.querySelector<HTMLElement>('.preview')?.innerText,
      }));
    const atTop = () => rows().find(({ top }) => top === 0);
    expect(atTop()).toEqual({ height: 28, top: 0, text: 'text 99' });
    list.host.style.width = '400px';
    await settled();
    expect(atTop()).toEqual({ height: 52, top: 0, text: 'text 99' });
    const places = rows().map(({ top }) => top);
    expect(places).toEqual(places.map((_, row) => (places[0] ?? 0) + row * 52));
    list.host.style.width = '800px';
    await settled();
    expect(atTop()).toEqual({ height: 28, top: 0, text: 'text 99' });
  });

  it('follows the end with rows of two lines, too', async () => {
    const { hear, inSight, list, settled } = await setup();
    list.host.style.width = '400px';
    await settled();
    await hear(50);
    expect(inSight().at(-1)).toBe('text 49');
  });

  it('says so when there is nothing, and why', async () => {
    const { hear, list, settled, view } = await setup();
    await hear(2);
    expect(list.texts('.nothing')).toEqual([]);
    view.narrow({ text: 'nowhere' });
    await settled();
    expect(list.texts('.nothing')).toEqual(['No frame is like that.']);
    view.showAll();
    view.clear();
    await settled();
    expect(list.texts('.nothing')).toEqual(['Frames appear here as they pass.']);
  });

  it('says in the text who is on the other side, where there is no column for it', async () => {
    const { list, settled, socket } = await setup();
    socket.say(joined(ANN));
    socket.say(message(ANN, 'Hello'));
    await settled();
    const said = async (width: number) => {
      list.host.style.width = `${width}px`;
      await nextFrame();
      return list.host.querySelector<HTMLElement>('[data-kind=message] .preview')?.innerText;
    };
    expect(await said(600)).toBe('Ann"Hello"');
    expect(await said(900)).toBe('"Hello"');
  });

  it('tells the seats apart when there are several', async () => {
    const { list, open, settled } = await setup();
    expect(list.texts('.seat')).toEqual([]);
    open('further');
    await settled();
    expect(list.texts('.seat')).toEqual(['1', '2']);
  });
});
