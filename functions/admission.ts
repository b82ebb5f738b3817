import { setTimeout as sleep } from 'node:timers/promises';
import { cameBefore, type Member } from './people.ts';

const ATTEMPTS = 4;
const PAUSE_MS = 50;

/**
 * The room as `look` finds it once `member`, listed already, may stay in it; `full` when it may not [P24]. Of those who came
 * at once for the last places, the later ones go when they see it, and the earlier ones wait for that, for a third of a second: one that stays was let in before.
 */
export async function admit(
  member: Member,
  limit: number,
  look: () => Promise<readonly Member[]>,
): Promise<readonly Member[] | 'full'> {
  for (let attempt = 1; ; attempt++) {
    const members = await look();
    if (members.length <= limit) return members;
    const before = members.filter((other) => cameBefore(other, member)).length;
    if (before >= limit || attempt === ATTEMPTS) return 'full';
    await sleep(PAUSE_MS * attempt);
  }
}
