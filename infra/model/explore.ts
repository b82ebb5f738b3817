import { createHash } from 'node:crypto';
import { Play, type Scenario } from './scenario.ts';

/** What went wrong, and all that had happened before. */
export interface Counterexample {
  readonly problem: string;
  readonly happened: readonly string[];
}

/** What an exploration found. */
export interface Exploration {
  readonly states: number;
  readonly endings: number;
  readonly counterexample?: Counterexample;
}

/**
 * Every interleaving of a scenario, up to those that lead to a state that was seen before. Functions cannot be set back, so
 * that each branch is played again from the beginning.
 */
export async function explore(scenario: Scenario): Promise<Exploration> {
  const seen = new Set<string>();
  const branches: (readonly string[])[] = [[]];
  let endings = 0;
  for (let branch = branches.pop(); branch !== undefined; branch = branches.pop()) {
    const play = await Play.begin(scenario);
    for (const choice of branch) await play.take(choice);
    for (let state = hashOf(play.state); !seen.has(state); state = hashOf(play.state)) {
      seen.add(state);
      const [first, ...others] = play.choices;
      if (first === undefined) {
        endings++;
        const counterexample = await verdictOn(play);
        if (counterexample) return { states: seen.size, endings, counterexample };
        break;
      }
      for (const other of others) branches.push([...play.happened, other]);
      await play.take(first);
    }
  }
  return { states: seen.size, endings };
}

/** One interleaving: `choose` says which of so many choices comes next. */
export async function walk(
  scenario: Scenario,
  choose: (count: number) => number,
): Promise<Counterexample | undefined> {
  const play = await Play.begin(scenario);
  for (let { choices } = play; choices.length > 0; choices = play.choices) {
    await play.take(choices[choose(choices.length)] ?? '');
  }
  return verdictOn(play);
}

async function verdictOn(play: Play): Promise<Counterexample | undefined> {
  const happened = [...play.happened];
  const problem = await play.verdict();
  return problem === undefined ? undefined : { problem, happened };
}

const hashOf = (state: string): string => createHash('sha1').update(state).digest('base64');
