import { SYNTHESIS_MS } from '../whole-path/assembly.ts';
import { patiently } from '../whole-path/patience.ts';
import { dice } from './dice.ts';
import { play } from './play.ts';
import { A_LITTLE, FORGOTTEN, type Scenario } from './scenario.ts';
import { soakStack } from './stack.ts';

describe('What clients promise of messages, in a short soak', () => {
  patiently();
  beforeAll(() => soakStack(), SYNTHESIS_MS);

  const soak = async (scenario: Scenario, messages: number, pace: number) => {
    const seed = Math.floor(Math.random() * 2 ** 32);
    const options = { assembly: await soakStack(), messages, pace, random: dice(seed) };
    const outcome = await play(scenario, options);
    return { ...outcome, seed };
  };

  it('holds inside the window with everything going wrong at once: shown once, in order, and confirmed', async () => {
    const { isKept, ...found } = await soak(A_LITTLE, 200, 20);
    expect(isKept).withContext(JSON.stringify(found)).toBeTrue();
    expect(found.shown + found.withdrawn).toBeGreaterThanOrEqual(200);
  });

  it('holds beyond it: whatever was not shown is said to be unconfirmed or refused', async () => {
    const { isKept, ...found } = await soak(FORGOTTEN, 60, 40);
    expect(isKept).withContext(JSON.stringify(found)).toBeTrue();
    expect(found.unconfirmed + found.refused).toBeGreaterThan(0);
  });
});
