import type { Endpoint } from './endpoint.ts';
import { NotAsked } from './not-asked.ts';

/** One promise of PARITY.md that a client can see kept or broken. */
export interface Check {
  /** The row of PARITY.md. */
  readonly row: string;
  readonly promise: string;
  /** What is to be seen, as text: exactly, or of a form. */
  readonly expected: string | RegExp;
  /** Whether it takes minutes on AWS, or sends a lot. */
  readonly slow?: true;
  see(endpoint: Endpoint): Promise<string>;
}

export interface Finding {
  readonly row: string;
  readonly promise: string;
  readonly expected: string;
  readonly seen: string;
  /** `unknown`: it was not asked, and `seen` says why. */
  readonly verdict: 'pass' | 'fail' | 'unknown';
}

/** Makes one check of an endpoint. What goes wrong on the way is what was seen. */
export async function make(check: Check, endpoint: Endpoint): Promise<Finding> {
  const { row, promise, expected } = check;
  const finding = (seen: string, verdict: Finding['verdict']): Finding => ({
    row,
    promise,
    expected: typeof expected === 'string' ? expected : String(expected),
    seen,
    verdict,
  });
  try {
    const seen = await check.see(endpoint);
    const kept = typeof expected === 'string' ? seen === expected : expected.test(seen);
    return finding(seen, kept ? 'pass' : 'fail');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return finding(message, error instanceof NotAsked ? 'unknown' : 'fail');
  }
}

/** Makes many, some at a time, and gives the findings in the order of the checks. */
export async function makeAll(
  checks: readonly Check[],
  endpoint: Endpoint,
  atOnce: number,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const waiting = [...checks.entries()];
  const take = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, check] = next;
      findings[index] = await make(check, endpoint);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, take));
  return findings;
}
