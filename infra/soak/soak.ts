// `npm run soak`: real clients talk through the real functions on the runner while everything goes wrong, and nothing may be lost.
import { dice, diceFrom } from './dice.ts';
import { type Flags, readFlags, USAGE } from './flags.ts';
import { type Outcome, play } from './play.ts';
import { ALL_AT_ONCE, BEYOND, type Scenario, SINGLE } from './scenario.ts';
import { soakStack } from './stack.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const COLUMNS = [
  'welcomes',
  'written',
  'shown',
  'missing',
  'twice',
  'outOfOrder',
  'unconfirmed',
  'refused',
  'withdrawn',
  'silent',
  'untrue',
] as const;
const TITLES = { ...Object.fromEntries(COLUMNS.map((name) => [name, name])), outOfOrder: 'disorder' };
const MOST_SUSPECTS = 20;

const row = (name: string, cells: readonly (string | number)[]): string =>
  name.padEnd(30) + cells.map((cell) => String(cell).padStart(12)).join('');

interface Run {
  readonly scenario: Scenario;
  readonly messages: number;
  readonly rooms: number;
  readonly pace?: number;
}

function report(outcome: Outcome): void {
  const { name, seconds, isKept, suspects } = outcome;
  print(
    `${row(name, [...COLUMNS.map((column) => outcome[column]), `${seconds.toFixed(0)} s`])}${isKept ? '' : '  BROKEN'}`,
  );
  if (!isKept) for (const suspect of suspects.slice(0, MOST_SUSPECTS)) print(`    ${suspect}`);
}

async function soak({ seed, messages, only }: Flags): Promise<boolean> {
  const assembly = await soakStack();
  print(`seed ${seed}: the same traffic and the same faults come from npm run soak -- --seed ${seed}\n`);
  print(row('', [...Object.values(TITLES), 'took']));
  const random = dice(seed);
  // What is left is for all at once, which takes longest.
  const share = Math.floor(messages * 0.05);
  const inside: readonly Run[] = [
    ...SINGLE.map((scenario) => ({ scenario, messages: share, rooms: 3 })),
    { scenario: ALL_AT_ONCE, messages: messages - share * SINGLE.length, rooms: 4, pace: 15 },
  ];
  const beyond: readonly Run[] = BEYOND.map((scenario) => ({ scenario, messages: share, rooms: 3 }));
  const playAll = async (runs: readonly Run[], title: string): Promise<boolean> => {
    const outcomes: Outcome[] = [];
    for (const { scenario, ...size } of runs) {
      const own = diceFrom(random);
      if (only !== undefined && !scenario.name.includes(only)) continue;
      const outcome = await play(scenario, { assembly, ...size, random: own });
      report(outcome);
      outcomes.push(outcome);
    }
    const sums = COLUMNS.map((column) => outcomes.reduce((sum, outcome) => sum + outcome[column], 0));
    print(`${row(title, sums)}\n`);
    return outcomes.every(({ isKept }) => isKept);
  };
  const kept = [await playAll(inside, 'inside the window'), await playAll(beyond, 'beyond the window')];
  return kept.every(Boolean);
}

const flags = readFlags(process.argv.slice(2));
if (flags.help) print(USAGE);
else process.exitCode = (await soak(flags)) ? 0 : 1;
