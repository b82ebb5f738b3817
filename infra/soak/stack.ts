import { join } from 'node:path';
import { type Context, synthesizeIfChanged } from '../dev/synthesize.ts';

const PROJECT = join(import.meta.dirname, '../..');
const OUTDIR = join(PROJECT, '.local/soak.out');

/** As fast as time passes at most for the clients of a soak. */
export const FASTEST = 40;

/**
 * Rates are counted in real time, and a client says in a real second what it says in so many seconds of its own. The stack's settings
 * [P26], times that: what a client may say in a second of its own is what it may say on AWS.
 */
const RATES: Context = {
  frameRate: String(100 * FASTEST),
  frameBurst: String(200 * FASTEST),
  rateLimit: String(5000 * FASTEST),
  burstLimit: String(2500 * FASTEST),
};

/** The folder of the stack that a soak runs, synthesized unless it is there. */
export async function soakStack(): Promise<string> {
  await synthesizeIfChanged(PROJECT, OUTDIR, RATES);
  return OUTDIR;
}
