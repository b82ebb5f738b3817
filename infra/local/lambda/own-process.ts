/** As Lambda's log calls them. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGTERM: 'terminated',
};

/**
 * In a worker: code that ends its own process by a signal ends this thread alone, by `end`, and code that asks for the working
 * directory is told the function's folder, as on AWS: the process is everybody's (PARITY L23).
 */
export function shieldProcess(folder: string, end: (error: Error) => never): void {
  process.cwd = () => folder;
  const kill = process.kill.bind(process);
  process.kill = (pid, signal = 'SIGTERM') => {
    if (pid !== process.pid || signal === 0) return kill(pid, signal);
    const error = new Error(`Runtime exited with error: signal: ${SIGNALS[signal] ?? signal}`);
    error.name = 'Runtime.ExitError';
    end(error);
  };
}
