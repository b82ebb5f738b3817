import { extname } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { RequestTrace } from '../gateway/local/tracing.ts';
import { COMPILE_CACHE } from '../compile-cache.ts';
import type { Logger } from '../log.ts';
import type { Connections } from './connections.ts';
import { environmentOf } from './environment.ts';
import type { LambdaFunction } from './function.ts';
import type {
  AnswerMessage,
  CallReport,
  Invocation,
  InvocationError,
  Outcome,
  Report,
  WorkerSetup,
} from './messages.ts';
import type { Destinations } from './destinations.ts';
import { Lines } from './output.ts';
import { connectionsCall } from './watched-calls.ts';

/** What an instance needs of the runner. */
export interface Surroundings {
  readonly destinations: Destinations;
  readonly log: Logger;
  /** Where calls to `@connections` go past HTTP; where it is missing they go by HTTP. */
  readonly connections?: Connections;
}

/** A handler's garbage is short-lived: V8's default of 48 MB for it, in each thread, is memory and no speed. */
const YOUNG_MB = 8;

interface Running {
  readonly invocation: Invocation;
  readonly trace: RequestTrace | undefined;
  readonly timer: NodeJS.Timeout;
  readonly settle: (outcome: Outcome) => void;
}

/** One execution environment of a function: a worker thread that handles one event at a time. */
export class Instance {
  readonly #lambda: LambdaFunction;
  readonly #worker: Worker;
  readonly #wake = new Int32Array(new SharedArrayBuffer(4));
  readonly #inbox: MessagePort;
  #running: Running | undefined;
  #lastRequestId = 'init';
  #isFresh = true;
  #fatal: InvocationError | undefined;

  /** Resolves to undefined when the function has loaded, or to the error that kept it from loading. */
  readonly loaded: Promise<InvocationError | undefined>;
  /** Resolves when the thread has ended, for whatever reason. */
  readonly ended: Promise<void>;

  constructor(lambda: LambdaFunction, { destinations, log, connections }: Surroundings) {
    this.#lambda = lambda;
    const { port1, port2 } = new MessageChannel();
    this.#inbox = port1;
    const answers = new MessageChannel();
    this.#worker = new Worker(new URL(`./worker${extname(import.meta.url)}`, import.meta.url), {
      name: lambda.name,
      env: { ...environmentOf(lambda), NODE_COMPILE_CACHE: COMPILE_CACHE },
      execArgv: ['--enable-source-maps'],
      resourceLimits: { maxOldGenerationSizeMb: lambda.memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
      transferList: [port2, answers.port2],
      workerData: {
        handler: lambda.handler,
        code: lambda.code,
        nodeVersion: lambda.nodeVersion,
        arn: lambda.arn,
        destinations,
        inbox: port2,
        ...(connections && { calls: { answers: answers.port2, standing: connections.standing.shared } }),
        wake: this.#wake.buffer,
      } satisfies WorkerSetup,
    });
    const output = new Lines((line) => log(`${lambda.name} ${this.#lastRequestId} ${line}`));

    const loaded = Promise.withResolvers<InvocationError | undefined>();
    const ended = Promise.withResolvers<undefined>();
    this.loaded = loaded.promise;
    this.ended = ended.promise;
    this.#worker.on('message', (report: Report) => {
      if (report.type === 'ready') loaded.resolve(undefined);
      else if (report.type === 'output') output.add(report.text);
      else if (report.type === 'fatal') this.#fatal = report.error;
      else if (report.type === 'outcome') {
        output.end();
        this.#settle(report.outcome);
      } else if (report.type === 'called') this.#running?.trace?.called(report.call, report.before);
      else if (connections !== undefined) serve(report, connections, answers.port1, this.#running?.trace);
    });
    this.#worker.on('error', (error: Error) => {
      this.#fatal ??= { errorType: error.name, errorMessage: error.message };
    });
    this.#worker.on('exit', (code) => {
      port1.close();
      answers.port1.close();
      output.end();
      const error = this.#fatal ?? {
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: ${this.#lastRequestId} Error: Runtime exited with error: exit status ${code}`,
      };
      loaded.resolve(error);
      // First, so that whoever hears of the failure knows already that this instance takes no more.
      ended.resolve(undefined);
      this.#settle({ type: 'failure', error });
    });
  }

  /** Whether it has not handled anything yet. */
  get isFresh(): boolean {
    return this.#isFresh;
  }

  /** Hands over one event. The instance must have loaded and be idle. */
  run(requestId: string, event: string, trace?: RequestTrace): Promise<Outcome> {
    const { timeoutMs } = this.#lambda;
    const invocation: Invocation = {
      ...{ requestId, event, deadline: Date.now() + timeoutMs },
      isWatched: trace !== undefined,
    };
    this.#lastRequestId = requestId;
    this.#isFresh = false;
    return new Promise((settle) => {
      const timer = setTimeout(() => void this.#timeOut(requestId), timeoutMs);
      this.#running = { invocation, trace, timer, settle };
      this.#inbox.postMessage(invocation);
      Atomics.store(this.#wake, 0, 1);
      Atomics.notify(this.#wake, 0);
    });
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  async #timeOut(requestId: string): Promise<void> {
    const seconds = (this.#lambda.timeoutMs / 1000).toFixed(2);
    this.#fatal = {
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
    };
    await this.terminate();
  }

  #settle(outcome: Outcome): void {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    clearTimeout(running.timer);
    running.settle(outcome);
  }
}

function serve(
  report: CallReport,
  connections: Connections,
  answers: MessagePort,
  trace: RequestTrace | undefined,
): void {
  if (report.type === 'post') {
    connections.post(report.call, trace);
    return;
  }
  const { id, call } = report;
  const answered = connections.answer(call, trace);
  if (answered !== undefined) answers.postMessage({ id, ...answered } satisfies AnswerMessage);
  else trace?.called({ ...connectionsCall(call), ms: 0 }, performance.now()); // PARITY X6
}
