import type { MessagePort, Worker } from 'node:worker_threads';
import type { RequestTrace } from '../gateway/local/tracing.ts';
import { serve } from './connections.ts';
import type { LambdaFunction } from './function.ts';
import type { Invocation, InvocationError, Outcome, Report } from './messages.ts';
import { Lines } from './output.ts';
import { startThread, type Surroundings } from './thread.ts';
import { Turns } from './turns.ts';

/** What Lambda allows for loading; where the function's timeout is longer, that, because Lambda tries once more within it (PARITY L28). */
const LOAD_LIMIT_MS = 10_000;

/** One event for the function. */
export interface Task {
  readonly requestId: string;
  /** As JSON text. */
  readonly event: string;
  /** Of the request to the gateway. */
  readonly trace: RequestTrace | undefined;
  /** Since when it waits, by `performance.now()`. */
  readonly since: number;
  readonly settle: (outcome: Outcome) => void;
}

/** A task that the worker has, or is to have. */
interface Given {
  readonly task: Task;
  readonly turn: number;
  readonly answered: (outcome: Outcome) => void;
}
interface Running extends Given {
  readonly startedAt: number;
  readonly timer: NodeJS.Timeout;
}

/** What ended an environment between two events, and the event before. */
export interface Accident {
  readonly requestId: string;
  readonly error: InvocationError;
}

/** An instance that handles an event within this many milliseconds may have the next one waiting for it. */
const QUICK_MS = 10;

/**
 * One execution environment of a function: a worker thread that handles one event at a time. It may be given the next one
 * while it handles the last, and then goes on without sleeping: waking a thread can cost more than the event does.
 */
export class Instance {
  readonly #lambda: LambdaFunction;
  readonly #worker: Worker;
  readonly #turns = new Turns();
  readonly #inbox: MessagePort;
  #running: Running | undefined;
  #next: Given | undefined;
  #nextIsTaken = false;
  #lastMs = Infinity;
  #lastRequestId = 'init';
  #isFresh = true;
  #isOver = false;
  #fatal: InvocationError | undefined;
  #isTimedOut = false;
  /** The last event that was answered. */
  #answeredId: string | undefined;

  /** Resolves to undefined when the function has loaded, or to the error that kept it from loading. */
  readonly loaded: Promise<InvocationError | undefined>;
  /** Resolves when the thread has ended: to what it was ended by, when no event failed of it. */
  readonly ended: Promise<Accident | undefined>;

  constructor(lambda: LambdaFunction, surroundings: Surroundings) {
    const { log, connections, loadLimitMs = LOAD_LIMIT_MS } = surroundings;
    this.#lambda = lambda;
    const { worker, inbox, answers } = startThread(lambda, surroundings, this.#turns.shared);
    this.#worker = worker;
    this.#inbox = inbox;
    const output = new Lines((line) => log(`${lambda.name} ${this.#lastRequestId} ${line}`));

    const loaded = Promise.withResolvers<InvocationError | undefined>();
    const ended = Promise.withResolvers<Accident | undefined>();
    this.loaded = loaded.promise;
    this.ended = ended.promise;
    const loadMs = Math.max(loadLimitMs, lambda.timeoutMs);
    const loading = setTimeout(() => void this.#failAfter(loadMs, 'init', 'Loading'), loadMs);
    this.#worker.on('message', (report: Report) => {
      if (report.type === 'ready') {
        clearTimeout(loading);
        loaded.resolve(undefined);
      } else if (report.type === 'output') output.add(report.text);
      else if (report.type === 'fatal') this.#fatal = report.error;
      else if (report.type === 'outcome') {
        output.end();
        const ended = this.#end();
        this.#answeredId = ended?.task.requestId;
        if (this.#next !== undefined && !this.#nextIsTaken) this.#begin(this.#next);
        ended?.answered(report.outcome);
      } else if (report.type === 'called') this.#running?.task.trace?.called(report.call, report.before);
      else if (connections !== undefined) serve(report, connections, answers, this.#running?.task.trace);
    });
    this.#worker.on('error', (error: Error) => {
      this.#fatal ??= { errorType: error.name, errorMessage: error.message };
    });
    this.#worker.on('exit', (code) => {
      // At once: its last outcome may have come in this same turn, and must not make it look idle.
      this.#isOver = true;
      clearTimeout(loading);
      inbox.close();
      answers.close();
      output.end();
      const error = this.#fatal ?? {
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: ${this.#lastRequestId} Error: Runtime exited with error: exit status ${code}`,
      };
      loaded.resolve(error);
      const failed = this.#keepUnbegun() ? undefined : this.#end();
      // First, so that whoever hears of the failure knows already that this instance takes no more.
      ended.resolve(failed === undefined ? this.#accident() : undefined);
      failed?.answered({ type: 'failure', error });
    });
  }

  /** Whether it is alive and handles nothing. */
  get isIdle(): boolean {
    return this.#running === undefined && !this.#isOver;
  }

  /** Whether it is busy, though not for long, and may be given one more event meanwhile. */
  get takesNext(): boolean {
    return (
      this.#next === undefined && this.#lastMs < QUICK_MS && this.#turns.isOpen && this.#runsFor() < QUICK_MS
    );
  }

  /** Whether it was given an event that it has not begun with. */
  get hasNext(): boolean {
    return this.#next !== undefined;
  }

  /** Whether that waits longer than was expected. */
  get keepsWaiting(): boolean {
    return this.#next !== undefined && this.#runsFor() > QUICK_MS;
  }

  /** Hands over one event. The instance must have loaded, and be idle or take a next one. */
  run(task: Task): Promise<Outcome> {
    return new Promise((answered) => {
      const given = { task, turn: this.#turns.next(), answered };
      const { requestId, event, trace } = task;
      this.#inbox.postMessage({
        turn: given.turn,
        requestId,
        event,
        isWatched: trace !== undefined,
      } satisfies Invocation);
      if (this.#running === undefined) this.#begin(given);
      else this.#next = given;
      this.#turns.offer(given.turn);
    });
  }

  /** Takes the event back that it has not begun with; what `run` promised for it never comes. */
  takeBack(): Task | undefined {
    if (!this.#takeNext()) return undefined;
    const task = this.#next?.task;
    this.#next = undefined;
    this.#nextIsTaken = false;
    return task;
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #runsFor(): number {
    return this.#running === undefined ? Infinity : performance.now() - this.#running.startedAt;
  }

  #begin(given: Given): void {
    const { requestId, trace, since } = given.task;
    this.#next = undefined;
    this.#lastRequestId = requestId;
    trace?.started(this.#lambda.name, this.#isFresh, performance.now() - since);
    this.#isFresh = false;
    const timer = setTimeout(() => void this.#timeOut(requestId), this.#lambda.timeoutMs);
    this.#running = { ...given, startedAt: performance.now(), timer };
  }

  #end(): Running | undefined {
    const running = this.#running;
    if (running === undefined) return undefined;
    this.#running = undefined;
    this.#lastMs = performance.now() - running.startedAt;
    clearTimeout(running.timer);
    return running;
  }

  /** Whether the thread has ended before it began with the event that it had, which may then be taken back (PARITY L32). */
  #keepUnbegun(): boolean {
    const running = this.#running;
    if (running === undefined || this.#isTimedOut || !this.#turns.takeBack(running.turn)) return false;
    this.#end();
    this.#next = running;
    this.#nextIsTaken = true;
    return true;
  }

  #accident(): Accident | undefined {
    const [requestId, error] = [this.#answeredId, this.#fatal];
    return requestId === undefined || error === undefined ? undefined : { requestId, error };
  }

  /** Whether the worker will not begin with the next event. */
  #takeNext(): boolean {
    this.#nextIsTaken ||= this.#next !== undefined && this.#turns.takeBack(this.#next.turn);
    return this.#nextIsTaken;
  }

  async #timeOut(requestId: string): Promise<void> {
    // A worker that has begun with the next event has ended this one: its outcome is on the way.
    if (this.#next !== undefined && !this.#takeNext()) return;
    await this.#failAfter(this.#lambda.timeoutMs, requestId, 'Task');
  }

  async #failAfter(ms: number, requestId: string, what: string): Promise<void> {
    this.#isTimedOut = true;
    this.#fatal = {
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: ${what} timed out after ${(ms / 1000).toFixed(2)} seconds`,
    };
    await this.terminate();
  }
}
