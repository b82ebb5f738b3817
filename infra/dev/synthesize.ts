import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fingerprint } from './fingerprint.ts';

interface CdkSettings {
  readonly app: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

const GROUPS = process.platform !== 'win32';

/** What `-c name=value` says besides cdk.json. */
export type Context = Readonly<Record<string, string>>;

/** Synthesizes unless the assembly in `outdir` was made of the files as they are, and with that context; whether it had to. */
export async function synthesizeIfChanged(
  project: string,
  outdir: string,
  context: Context = {},
): Promise<boolean> {
  // Inside, so that deleting the assembly deletes the mark.
  const mark = join(outdir, '.fingerprint');
  const now = `${await fingerprint(project)} ${JSON.stringify(context)}`;
  if (now === (await readFile(mark, 'utf8').catch(() => undefined))) return false;
  // An interrupted synthesis must not pass for the one before it.
  await rm(mark, { force: true });
  await synthesize(project, outdir, context);
  await writeFile(mark, now);
  return true;
}

/**
 * Runs the app that `cdk.json` in `project` names, the way the CDK CLI does, and leaves its assembly in `outdir`.
 * A process of its own: aws-cdk-lib takes 100 MB that the runner need not keep.
 */
export async function synthesize(project: string, outdir: string, context: Context = {}): Promise<void> {
  const settings = JSON.parse(await readFile(join(project, 'cdk.json'), 'utf8')) as CdkSettings;
  const child = spawn(settings.app, {
    cwd: project,
    shell: true,
    // A process group of its own, which can be ended whole: the shell is not all there is.
    detached: GROUPS,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // `node` in `app` is this Node.js, however this process was started.
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify({ ...settings.context, ...context }),
      // CloudFormation's schemas are checked by `npm run check`; at every start they would cost three seconds.
      CDK_VALIDATION: 'false',
    },
  });
  // However this process ends, except by SIGKILL, the synthesis goes with it.
  const kill = (): void => {
    if (child.pid === undefined || child.exitCode !== null) return;
    process.kill(GROUPS ? -child.pid : child.pid, 'SIGKILL');
  };
  process.once('exit', kill);
  // Bundlers are talkative: what they said matters when they failed.
  const said: Buffer[] = [];
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk: Buffer) => said.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  process.off('exit', kill);
  if (code === 0) return;
  const output = Buffer.concat(said).toString('utf8');
  throw new Error(
    `${output}\nThe stack could not be synthesized: ${settings.app} ended with ${code ?? 'a signal'}`,
  );
}
