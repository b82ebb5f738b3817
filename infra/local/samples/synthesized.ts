import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PLACE = join(import.meta.dirname, '../../../.local/specs');

/** The assembly of a sample, synthesized by its own app in a process of its own, as `cdk synth` does, and what removes it. */
export async function synthesized(
  sample: string,
): Promise<{ assembly: string; remove: () => Promise<void> }> {
  await mkdir(PLACE, { recursive: true });
  const assembly = await mkdtemp(join(PLACE, `${sample}-`));
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, sample, 'app.ts')], {
    // CloudFormation's schemas are no question here, and would cost seconds.
    env: { ...process.env, CDK_OUTDIR: assembly, CDK_VALIDATION: 'false' },
  });
  return { assembly, remove: () => rm(assembly, { recursive: true, force: true }) };
}
