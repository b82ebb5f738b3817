// `npm run simulate`: a crowd arrives, talks, is dropped all at once and comes back, against the quotas of one account.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { office } from './crowd.ts';
import { plot } from './plot.ts';
import { type Plan, simulate } from './simulation.ts';
import { summary } from './summary.ts';

const USAGE = `npm run simulate -- [flags]

  --people N     how many arrive (100000)
  --room N       how many share a room (20)
  --seed N       the dice (1)
  --plot FILE    where the curves go, as SVG (simulation.svg)
  --help         this text
`;

const SECONDS = 40 * 60;
const DROP_AT = 20 * 60;

function readPlan(args: readonly string[]): (Plan & { readonly file: string }) | undefined {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      people: { type: 'string', default: '100000' },
      room: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      plot: { type: 'string', default: 'simulation.svg' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const people = whole('--people', values.people);
  const room = Math.min(people, whole('--room', values.room));
  const seed = whole('--seed', values.seed);
  return { crowd: { ...office(people), room }, seed, seconds: SECONDS, dropAt: DROP_AT, file: values.plot };
}

function whole(flag: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`${flag} must be a whole number from 1 on, not ${text}`);
  return Number(text);
}

const plan = readPlan(process.argv.slice(2));
if (plan) {
  const seconds = simulate(plan);
  await writeFile(plan.file, plot(seconds));
  process.stdout.write([...summary(plan, seconds), `The curves are in ${plan.file}.`, ''].join('\n'));
} else {
  process.stdout.write(USAGE);
}
