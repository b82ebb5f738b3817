// Runs inside a worker thread: one execution environment of one function. As on AWS it handles one event at a time,
// keeps its module state between events, and is frozen from one answer to the next event.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { invoke } from './invoke.ts';
import { provideLayers } from './layer-modules.ts';
import { loadHandler } from './load-handler.ts';
import { silenceConsole } from './logging.ts';
import { describeError, type Invocation, type Report, type WorkerSetup } from './messages.ts';
import { provideModuleTypes } from './module-types.ts';
import { redirectOutput } from './output.ts';
import { redirectOutgoing } from './outgoing.ts';
import { shieldProcess } from './own-process.ts';
import { preload } from './preloads.ts';
import { beginPathsAt } from './relative-paths.ts';
import { provideRuntimeModules } from './runtime-modules.ts';
import { openShortCuts } from './short-cuts.ts';
import { traceHeader } from './trace.ts';
import { Turns } from './turns.ts';
import { WatchedCalls } from './watched-calls.ts';

const setup = workerData as WorkerSetup;
const turns = new Turns(setup.turns);

function report(message: Report): void {
  parentPort?.postMessage(message);
}

function die(thrown: unknown, exitCode: number): never {
  report({ type: 'fatal', error: describeError(thrown) });
  process.exit(exitCode);
}

/** Blocks the thread until there is an invocation for it. */
function nextInvocation(): Invocation {
  for (;;) {
    turns.wait();
    const received: { readonly message: Invocation } | undefined = receiveMessageOnPort(setup.inbox);
    if (received !== undefined && turns.claim(received.message.turn)) return received.message;
  }
}

// The exit codes of the Lambda runtime interface client.
process.on('uncaughtException', (error) => die(error, 129));
process.on('unhandledRejection', (reason) => die(reason, 128));
delete process.env['NODE_COMPILE_CACHE'];
delete process.env['NODE_OPTIONS'];
if (setup.nodeOptions !== undefined) process.env['NODE_OPTIONS'] = setup.nodeOptions;
// The runtime is asked last: hooks that are registered later come first.
provideLayers(setup.layers, setup.nodeVersion);
provideRuntimeModules(setup.nodeVersion);
for (const folder of [setup.code, ...setup.layers]) provideModuleTypes(folder, setup.nodeVersion);
beginPathsAt(setup.code);
shieldProcess(setup.code, (error) => die(error, 137));
silenceConsole(process.env['AWS_LAMBDA_LOG_LEVEL']);
redirectOutput((text) => report({ type: 'output', text }));
const calls = new WatchedCalls(report);
const shortCuts = openShortCuts(setup.shortCuts, report);
redirectOutgoing(
  setup.destinations,
  shortCuts.map(({ takes, send }) => ({ takes, send: calls.around(send) })),
);

try {
  await preload(setup.code, setup.nodeOptions ?? '');
  const handler = await loadHandler(setup.code, setup.handler, setup.nodeVersion);
  report({ type: 'ready' });
  const serveNext = (): void => {
    const invocation = nextInvocation();
    process.env['_X_AMZN_TRACE_ID'] = traceHeader();
    calls.watch(invocation.isWatched);
    invoke(handler, invocation, setup, (outcome) => {
      report({ type: 'outcome', outcome });
      // Not from inside this call: one event after the other would grow the stack.
      setImmediate(serveNext);
    });
  };
  serveNext();
} catch (error) {
  die(error, 1);
}
