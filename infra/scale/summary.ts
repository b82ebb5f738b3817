import type { Plan, Second } from './simulation.ts';

const count = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** What a simulation has shown, in sentences. */
export function summary({ crowd, dropAt }: Plan, seconds: readonly Second[]): readonly string[] {
  const before = seconds.slice(0, dropAt);
  const after = seconds.slice(dropAt);
  const allHere = seconds[dropAt - 1]?.connected ?? 0;
  const backIn = (share: number): string => {
    const at = after.findIndex(({ connected }) => connected >= allHere * share);
    return at === -1 ? 'never' : `${count.format(at + 1)} s`;
  };
  const most = (part: readonly Second[], of: keyof Second): string =>
    count.format(Math.max(...part.map((second) => second[of])));
  const sum = (part: readonly Second[], of: keyof Second): string =>
    count.format(part.reduce((total, second) => total + second[of], 0));
  return [
    `${count.format(crowd.people)} people in rooms of ${crowd.room} arrive within ${crowd.arrivalMinutes} minutes:`,
    `  at most ${most(before, 'handshakes')} handshakes and ${most(before, 'requests')} requests a second, ${most(before, 'concurrency')} functions at once;`,
    `  ${sum(before, 'handshakesRefused')} handshakes refused, ${sum(before, 'throttled')} requests throttled.`,
    `Then everyone is dropped at once:`,
    `  half are back after ${backIn(0.5)}, 99 % after ${backIn(0.99)}, all after ${backIn(1)};`,
    `  at most ${most(after, 'handshakes')} handshakes and ${most(after, 'requests')} requests a second, ${most(after, 'concurrency')} functions at once;`,
    `  ${sum(after, 'handshakesRefused')} handshakes refused, ${sum(after, 'throttled')} requests throttled, and ${sum(after, 'untold')} frames of presence that the next pong mends.`,
  ];
}
