import { MARKED_MS, TRAVEL_MS, Travels } from './travels.ts';

const A = { x: 0, y: 0 };
const B = { x: 10, y: 20 };

/** A layer with two lines and two dots, and a screen that is drawn when a test says so. */
function setup() {
  const layer = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  for (const name of ['line', 'line', 'circle', 'circle'])
    layer.append(document.createElementNS('http://www.w3.org/2000/svg', name));
  let waiting: FrameRequestCallback | undefined;
  const screen = {
    requestAnimationFrame: (draw: FrameRequestCallback) => {
      waiting = draw;
      return 1;
    },
    cancelAnimationFrame: () => (waiting = undefined),
  };
  const begun = performance.now();
  spyOn(performance, 'now').and.returnValue(begun);
  const shown = (name: string) => [...layer.querySelectorAll(`${name}[visibility=visible]`)];
  const draw = (after: number) => {
    const drawing = waiting;
    waiting = undefined;
    drawing?.(begun + after);
  };
  return { travels: new Travels(layer, screen), shown, draw, isDrawing: () => waiting !== undefined };
}

describe('Travels', () => {
  it('shows nothing, and draws nothing, while no message is on its way', () => {
    const { isDrawing, shown } = setup();
    expect([shown('line').length, shown('circle').length, isDrawing()]).toEqual([0, 0, false]);
  });

  it('moves a dot from one to the other, and marks the way for a while', () => {
    const { draw, isDrawing, shown, travels } = setup();
    travels.begin('a b', A, B, false);
    const [dot] = shown('circle');
    draw(TRAVEL_MS / 2);
    expect([dot?.getAttribute('cx'), dot?.getAttribute('cy')]).toEqual(['5', '10']);
    draw(TRAVEL_MS);
    expect([shown('circle').length, shown('line').length, isDrawing()]).toEqual([0, 1, true]);
    draw(MARKED_MS);
    expect([shown('line').length, isDrawing()]).toEqual([0, false]);
  });

  it('only marks the way when nothing is to move', () => {
    const { shown, travels } = setup();
    travels.begin('a b', A, B, true);
    expect([shown('circle').length, shown('line').length]).toEqual([0, 1]);
    expect(shown('line')[0]?.getAttribute('y2')).toBe('20');
  });

  it('marks a way once, however many messages take it, and draws no more dots than it has', () => {
    const { draw, shown, travels } = setup();
    for (let count = 0; count < 100; count++) travels.begin('a b', A, B, false);
    expect([shown('circle').length, shown('line').length]).toEqual([2, 1]);
    draw(MARKED_MS);
    travels.begin('b a', B, A, false);
    expect([shown('circle').length, shown('line').length]).toEqual([1, 1]);
  });

  it('takes everything away at once', () => {
    const { isDrawing, shown, travels } = setup();
    travels.begin('a b', A, B, false);
    travels.clear();
    expect([shown('line').length, shown('circle').length, isDrawing()]).toEqual([0, 0, false]);
  });
});
