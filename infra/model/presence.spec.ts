import fc from 'fast-check';
import { type Counterexample, explore, walk } from './explore.ts';
import { MUTANTS } from './mutants.ts';
import type { Scenario } from './scenario.ts';
import type { Deed } from './visitor.ts';

/** Two things at once, and what is then true in every order of all SDK calls and all arrivals. */
const EVERY_ORDER: readonly (readonly [string, Scenario])[] = [
  ['[P20] when two join at once', { visitors: { A: { then: ['joins'] }, B: { then: ['joins'] } } }],
  [
    '[P20] when two join at once, and the room is read one by one',
    { visitors: { A: { then: ['joins'] }, B: { then: ['joins'] } }, options: { pageSize: 1 } },
  ],
  [
    '[P13] when two join at once, and two frames are lost',
    { visitors: { A: { then: ['joins'] }, B: { then: ['joins'] } }, options: { losses: 2 } },
  ],
  [
    '[P21] when one joins and another leaves',
    { visitors: { A: { then: ['joins'] }, B: { before: ['joins'], then: ['leaves'] } } },
  ],
  [
    '[P13] when one joins and another leaves, and two frames are lost',
    {
      visitors: { A: { then: ['joins'] }, B: { before: ['joins'], then: ['leaves'] } },
      options: { losses: 2 },
    },
  ],
  [
    '[P22] when one joins and leaves before it was announced',
    { visitors: { A: { before: ['joins'] }, B: { then: ['joins', 'leaves'] } } },
  ],
  [
    '[P13] [P22] when one joins and leaves, and two frames are lost',
    { visitors: { A: { before: ['joins'] }, B: { then: ['joins', 'leaves'] } }, options: { losses: 2 } },
  ],
  [
    '[P15] [P16] when one resumes, and $disconnect of its former connection runs late',
    { visitors: { A: { before: ['joins'], then: ['leaves', 'joins'] }, B: { before: ['joins'] } } },
  ],
  [
    '[P15] [P16] when one resumes, and two frames are lost',
    {
      visitors: { A: { before: ['joins'], then: ['leaves', 'joins'] }, B: { before: ['joins'] } },
      options: { losses: 2 },
    },
  ],
  [
    '[P13] when $disconnect never runs, and another joins',
    { visitors: { A: { then: ['joins'] }, B: { before: ['joins'], then: ['vanishes'] } } },
  ],
  [
    '[P16] when one resumes whose $disconnect never runs',
    { visitors: { A: { before: ['joins'], then: ['vanishes', 'joins'] }, B: { before: ['joins'] } } },
  ],
  [
    '[P21] when one of two tabs is closed: the other stays listed',
    {
      visitors: {
        A1: { before: ['joins'], then: ['leaves'] },
        A2: { before: ['joins'] },
        B: { before: ['joins'] },
      },
    },
  ],
];

/** What to choose, one after the other. */
const tape = fc.array(fc.nat(), { minLength: 40, maxLength: 120, size: 'max' });

describe('Presence, over the real functions and the real client', () => {
  for (const [when, scenario] of EVERY_ORDER) {
    it(`${when}: nobody is missed, nobody is a ghost, and no session is lost, in every order`, async () => {
      const { states, endings, counterexample } = await explore(scenario);
      expect(counterexample).toBeUndefined();
      expect(endings).toBeGreaterThan(0);
      expect(states).toBeGreaterThan(endings);
    });
  }

  const lives: fc.Arbitrary<{ readonly before: readonly Deed[]; readonly then: readonly Deed[] }> =
    fc.constantFrom(
      { before: [], then: ['joins'] },
      { before: [], then: ['joins', 'leaves'] },
      { before: [], then: ['joins', 'leaves', 'joins'] },
      { before: ['joins'], then: [] },
      { before: ['joins'], then: ['leaves'] },
      { before: ['joins'], then: ['vanishes'] },
      { before: ['joins'], then: ['leaves', 'joins'] },
      { before: ['joins'], then: ['vanishes', 'joins'] },
      { before: ['joins'], then: ['leaves', 'joins', 'leaves', 'joins'] },
      { before: ['joins'], then: ['leaves', 'joins', 'leaves'] },
    );
  const three = fc.record({
    visitors: fc.record({ A: lives, B: lives, C: lives }),
    options: fc.record({ losses: fc.nat({ max: 3 }), pageSize: fc.constantFrom(1, 100) }),
  });

  it('[P20] [P21] [P22] the same holds for any three, in many orders', async () => {
    const property = fc.asyncProperty(three, tape, async (scenario, choices) => {
      const counterexample = await walk(scenario, chooser(choices));
      if (counterexample) throw new Error(JSON.stringify(counterexample, null, 2));
    });
    await expectAsync(fc.assert(property, { numRuns: 600 })).toBeResolved();
  });

  describe('finds the mistake when', () => {
    for (const { mistake, scenario, problem } of MUTANTS) {
      it(`${mistake}, and finds none without it`, async () => {
        expect((await search(scenario))?.problem).toMatch(problem);
        const { losses = 0 } = scenario.options ?? {};
        const sound = { visitors: scenario.visitors, options: { losses } };
        expect(await searchByChance(sound, 200)).toBeUndefined();
      });
    }
  });
});

/** Looks at some orders, and, if nothing is wrong in those, at every one. */
const search = async (scenario: Scenario): Promise<Counterexample | undefined> =>
  (await searchByChance(scenario, 1_000)) ?? (await explore(scenario)).counterexample;

/** Looks at some orders, the same each time. */
async function searchByChance(scenario: Scenario, orders: number): Promise<Counterexample | undefined> {
  for (const choices of fc.sample(tape, { numRuns: orders, seed: 1 })) {
    const counterexample = await walk(scenario, chooser(choices));
    if (counterexample) return counterexample;
  }
  return undefined;
}

/** Takes its choices from a list, and the first one when that is used up. */
function chooser(choices: readonly number[]): (count: number) => number {
  const left = [...choices];
  return (count) => (left.shift() ?? 0) % count;
}
