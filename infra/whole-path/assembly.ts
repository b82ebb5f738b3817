import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../dev/synthesize.ts';

export const PROJECT = join(import.meta.dirname, '../..');

/** The first suite that needs it may wait for the stack to be synthesized. */
export const SYNTHESIS_MS = 120_000;

let synthesized: Promise<string> | undefined;

/** The folder of the synthesized stack: made once for all suites, gone with the process. */
export const assembly = (): Promise<string> => (synthesized ??= synthesizeOnce());

async function synthesizeOnce(): Promise<string> {
  const folder = await temporaryFolder('whole-path-');
  await synthesize(PROJECT, folder);
  return folder;
}

/** A new folder that is removed when the process ends. */
export async function temporaryFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
