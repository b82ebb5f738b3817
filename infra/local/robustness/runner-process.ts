import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Limits } from '../limits.ts';
import { type TestApp, writeAssembly } from '../testing/assembly.ts';
import type { Holdings, HostReport, HostRequest, HostSetup } from './messages.ts';

/** A runner in a process of its own. */
export interface RunnerProcess {
  readonly port: number;
  readonly webSocketUrl: string;
  readonly managementUrl: string;
  holdings(): Promise<Holdings>;
  /** Stops the runner; what it held when it had stopped, and the code with which its process ended by itself. */
  stop(): Promise<{ readonly holdings: Holdings; readonly exitCode: number | null }>;
  /** Ends the process whatever it does, and removes its files. */
  remove(): Promise<void>;
}

/** Runs `app` in a new process. */
export async function runInProcess(app: TestApp, limits: Partial<Limits> = {}): Promise<RunnerProcess> {
  const { directory, remove } = await writeAssembly(app);
  const setup: HostSetup = { assembly: directory, limits };
  const child = fork(join(import.meta.dirname, 'host.ts'), [JSON.stringify(setup)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const said = reports(child);
  const ready = await said('ready');
  const ask = async (request: HostRequest): Promise<Holdings> => {
    const answer = said('holdings');
    child.send(request);
    return (await answer).holdings;
  };
  return {
    ...ready,
    holdings: () => ask('holdings'),
    async stop() {
      const holdings = await ask('stop');
      const [exitCode] = await exited;
      return { holdings, exitCode };
    },
    async remove() {
      child.kill('SIGKILL');
      await exited;
      await remove();
    },
  };
}

/** The next report of a type; rejects when the process ends before. */
function reports(child: ChildProcess) {
  return <Type extends HostReport['type']>(type: Type): Promise<Extract<HostReport, { type: Type }>> =>
    new Promise((resolve, reject) => {
      const end = (): void => {
        child.off('message', listen);
        child.off('exit', fail);
      };
      const listen = (report: HostReport): void => {
        if (!isOf(report, type)) return;
        end();
        resolve(report);
      };
      const fail = (code: number | null): void => {
        end();
        reject(new Error(`the runner's process ended with ${code ?? 'a signal'}`));
      };
      child.on('message', listen);
      child.on('exit', fail);
    });
}

const isOf = <Type extends HostReport['type']>(
  report: HostReport,
  type: Type,
): report is Extract<HostReport, { type: Type }> => report.type === type;
