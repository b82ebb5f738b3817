import { QUOTAS } from '../quotas.ts';
import type { Second } from './simulation.ts';

interface Curve {
  readonly title: string;
  readonly of: keyof Second;
  /** A line that the curve should stay below. */
  readonly quota?: number;
}

const CURVES: readonly Curve[] = [
  { title: 'people connected', of: 'connected' },
  { title: 'handshakes a second', of: 'handshakes', quota: QUOTAS.newConnections },
  { title: 'requests a second', of: 'requests', quota: QUOTAS.requests.rate },
  { title: 'functions at once', of: 'concurrency', quota: QUOTAS.concurrency },
];

const WIDTH = 900;
const HEIGHT = 150;
const GAP = 40;
const LEFT = 70;
const RIGHT = 30;

const count = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** The curves of a simulation, one below the other, as an SVG picture that fits light and dark. */
export function plot(seconds: readonly Second[]): string {
  const panels = CURVES.map((curve, place) => panel(curve, seconds, GAP + place * (HEIGHT + GAP)));
  const bottom = GAP + CURVES.length * (HEIGHT + GAP);
  const minutes = Array.from({ length: Math.floor(seconds.length / 300) + 1 }, (_, five) => five * 5);
  const ticks = minutes.map(
    (minute) =>
      `<text x="${round(xOf(minute * 60, seconds.length))}" y="${bottom - GAP / 2}" text-anchor="middle">${minute} min</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + RIGHT} ${bottom}" role="img" aria-label="What a simulated crowd asks of the account">`,
    `<style>${STYLE}</style>`,
    ...panels,
    ...ticks,
    '</svg>\n',
  ].join('\n');
}

const STYLE =
  'text{font:13px system-ui,sans-serif;fill:#555}.curve{fill:none;stroke:#0b7a86;stroke-width:1.5}.quota{stroke:#c0392b;stroke-dasharray:5 4}.axis{stroke:#999}' +
  '@media(prefers-color-scheme:dark){text{fill:#aaa}.curve{stroke:#7fd3dc}}';

function panel({ title, of, quota }: Curve, seconds: readonly Second[], top: number): string {
  const values = seconds.map((second) => second[of]);
  const most = Math.max(...values, quota ?? 0, 1);
  const yOf = (value: number): number => top + HEIGHT - (HEIGHT * value) / most;
  const points = values.map((value, at) => `${round(xOf(at, seconds.length))},${round(yOf(value))}`);
  const label = `${title}, at most ${count.format(Math.max(...values))}${quota === undefined ? '' : ` (quota ${count.format(quota)})`}`;
  return [
    `<text x="${LEFT}" y="${top - 8}">${label}</text>`,
    `<line class="axis" x1="${LEFT}" x2="${LEFT + WIDTH}" y1="${top + HEIGHT}" y2="${top + HEIGHT}"/>`,
    `<text x="${LEFT - 8}" y="${top + 5}" text-anchor="end">${count.format(most)}</text>`,
    ...(quota === undefined
      ? []
      : [
          `<line class="quota" x1="${LEFT}" x2="${LEFT + WIDTH}" y1="${round(yOf(quota))}" y2="${round(yOf(quota))}"/>`,
        ]),
    `<polyline class="curve" points="${points.join(' ')}"/>`,
  ].join('\n');
}

const xOf = (second: number, seconds: number): number => LEFT + (WIDTH * second) / seconds;
const round = (value: number): number => Math.round(value * 10) / 10;
