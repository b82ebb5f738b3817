import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { RequestTrace } from '../gateway/local/tracing.ts';
import type { LambdaFunction } from './function.ts';
import { Idleness } from './idleness.ts';
import { Instance, type Task } from './instance.ts';
import { findModule } from './load-handler.ts';
import type { InvocationError, Outcome } from './messages.ts';
import type { Surroundings } from './thread.ts';

/** As many instances as can compute at once; more only when those wait for something other than a processor. */
const COMPUTING = Math.max(2, availableParallelism());
/** No more than this, whatever they wait for. AWS's own first limit is 1,000 for an account. */
const MOST = 100;
/** Of events that wait for an instance: 1,000 of the longest frames. More are throttled, as on AWS above 1,000 at once (PARITY L20). */
const MOST_WAITING_BYTES = 32 * 1024 * 1024;
/** Often enough for somebody who waits; each look costs half a millisecond. */
const GROWTH_CHECK_MS = 200;
/** How long an event may have been given to an instance that turns out to be slow. */
const TAKE_BACK_CHECK_MS = 20;
/** With this share of the processors idle, a queue means that the instances are waiting for something else. */
const MOSTLY_IDLE = 0.5;

/** Code that does not load and was written to within this many milliseconds may be half written. */
const WRITING_MS = 1000;

/**
 * The instances of one function and the queue in front of them. Instances stay warm. A new one is started when all are
 * taken and either fewer exist than the processors can run, or the processors are mostly idle all the same: under load,
 * more threads than processors only compete for them.
 */
export class Pool {
  #lambda: LambdaFunction;
  readonly #surroundings: Surroundings;
  readonly #instances = new Set<Instance>();
  /** Those of code that is no longer the function's: they end what they run. */
  readonly #retired = new Set<Instance>();
  readonly #idle: Instance[] = [];
  readonly #queue: Task[] = [];
  #waitingBytes = 0;
  readonly #idleness = new Idleness();
  readonly #starting = new Set<Instance>();
  #growthCheck: NodeJS.Timeout | undefined;
  #takeBackCheck: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(lambda: LambdaFunction, surroundings: Surroundings) {
    this.#lambda = lambda;
    this.#surroundings = surroundings;
  }

  /** The function as new events find it. */
  get lambda(): LambdaFunction {
    return this.#lambda;
  }

  /**
   * Gives events from now on to new instances, of `lambda`, and says in the log when it has loaded. An event that is being
   * handled is handled to its end, or the function's timeout, by the old code.
   */
  replace(lambda: LambdaFunction): void {
    if (this.#stopped) return;
    this.#lambda = lambda;
    for (const instance of this.#instances) {
      this.#retired.add(instance);
      this.#takeBack(instance);
    }
    this.#instances.clear();
    for (const instance of [...this.#idle.splice(0), ...this.#starting]) void instance.terminate();
    this.#starting.clear();
    const first = this.#start();
    void first.loaded.then((error) => {
      if (error === undefined && this.#instances.has(first))
        this.#surroundings.log(`${lambda.name} reloaded`);
    });
  }

  /** Loads a first instance, so that the first event finds it warm. */
  warm(): void {
    if (this.#instances.size === 0) this.#start();
  }

  /** Runs one event, given as JSON text, in the next free instance. `trace`: that of the request to the gateway. */
  invoke(requestId: string, event: string, trace?: RequestTrace): Promise<Outcome> {
    if (this.#waitingBytes + event.length > MOST_WAITING_BYTES) return Promise.resolve(THROTTLED);
    return new Promise((settle) => {
      this.#queue.push({ requestId, event, trace, since: performance.now(), settle });
      this.#waitingBytes += event.length;
      this.#pump();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#growthCheck);
    clearTimeout(this.#takeBackCheck);
    for (const instance of this.#instances) this.#takeBack(instance);
    for (const { settle } of this.#queue.splice(0)) settle(STOPPED);
    const all = [...this.#instances, ...this.#retired];
    await Promise.all(all.map((instance) => instance.terminate()));
  }

  #next(): Task | undefined {
    const waiting = this.#queue.shift();
    this.#waitingBytes -= waiting?.event.length ?? 0;
    return waiting;
  }

  #pump(): void {
    while (this.#queue.length > 0) {
      const instance = this.#idle.pop();
      if (instance === undefined) break;
      this.#runNextOn(instance);
    }
    if (this.#queue.length <= this.#starting.size || this.#stopped) return;
    if (this.#instances.size < COMPUTING) {
      this.#start();
      return;
    }
    for (const instance of this.#instances)
      if (this.#queue.length > 0 && instance.takesNext) this.#giveAhead(instance);
    if (this.#queue.length === 0) return;
    if (this.#growthCheck === undefined) {
      this.#idleness.share();
      this.#growthCheck = setTimeout(() => this.#growWhenIdle(), GROWTH_CHECK_MS);
    }
  }

  #runNextOn(instance: Instance): void {
    const task = this.#next();
    if (task !== undefined) void this.#run(instance, task);
  }

  async #run(instance: Instance, task: Task): Promise<void> {
    const outcome = await instance.run(task);
    if (outcome.type === 'failure' && !this.#stopped) this.#logFailure(task.requestId, outcome.error);
    task.settle(outcome);
    if (!this.#instances.has(instance)) void instance.terminate();
    else if (instance.isIdle) this.#idle.push(instance);
    this.#pump();
  }

  /** Gives the next event to an instance that is nearly done, and takes it back if it is not. */
  #giveAhead(instance: Instance): void {
    this.#runNextOn(instance);
    this.#takeBackCheck ??= setTimeout(() => this.#takeBackFromSlow(), TAKE_BACK_CHECK_MS);
  }

  #takeBackFromSlow(): void {
    this.#takeBackCheck = undefined;
    for (const instance of this.#instances) if (instance.keepsWaiting) this.#takeBack(instance);
    if ([...this.#instances].some(({ hasNext }) => hasNext))
      this.#takeBackCheck = setTimeout(() => this.#takeBackFromSlow(), TAKE_BACK_CHECK_MS);
    this.#pump();
  }

  /** Puts the event back to the head of the queue that an instance was given and has not begun with. */
  #takeBack(instance: Instance): void {
    const task = instance.takeBack();
    if (task === undefined) return;
    if (this.#stopped) task.settle(STOPPED);
    else this.#queue.unshift(task);
    this.#waitingBytes += task.event.length;
  }

  #growWhenIdle(): void {
    this.#growthCheck = undefined;
    // Loading is work too: what is being started has to be there before the next look says anything.
    if (this.#idleness.share() > MOSTLY_IDLE && this.#starting.size === 0) {
      const wanted = Math.min(this.#queue.length, this.#instances.size, MOST - this.#instances.size);
      for (let count = 0; count < wanted; count++) this.#start();
    }
    this.#pump();
  }

  #start(): Instance {
    const instance = new Instance(this.#lambda, this.#surroundings);
    this.#instances.add(instance);
    this.#starting.add(instance);
    void instance.loaded.then((error) => {
      if (!this.#starting.delete(instance)) return;
      if (error === undefined) this.#idle.push(instance);
      else if (this.#queue.length > 0 && isBeingWritten(this.#lambda)) {
        setTimeout(() => this.#pump(), WRITING_MS / 4).unref();
        return;
      } else if (!this.#stopped) this.#failToLoad(error);
      this.#pump();
    });
    void instance.ended.then((accident) => {
      if (accident !== undefined && !this.#stopped) this.#logFailure(accident.requestId, accident.error);
      this.#instances.delete(instance);
      this.#retired.delete(instance);
      const place = this.#idle.indexOf(instance);
      if (place >= 0) this.#idle.splice(place, 1);
      this.#takeBack(instance);
      this.#pump();
    });
    return instance;
  }

  /** A function that does not load fails the event that waited for it; the next event tries again, as on AWS. */
  #failToLoad(error: InvocationError): void {
    this.#logFailure('init', error);
    this.#next()?.settle({ type: 'failure', error });
  }

  #logFailure(requestId: string, { errorType, errorMessage, trace = [] }: InvocationError): void {
    const [head = '', ...frames] = trace;
    const title = head.includes(errorMessage) ? head : `${errorType}: ${errorMessage}`;
    this.#surroundings.log([`${this.#lambda.name} ${requestId} ${title}`, ...frames].join('\n'));
  }
}

/** Whether the code has been written to just now, or taken away. */
function isBeingWritten({ code, handler }: LambdaFunction): boolean {
  const written = statSync(findModule(code, handler) ?? code, { throwIfNoEntry: false });
  return written !== undefined && Math.abs(Date.now() - written.mtimeMs) < WRITING_MS;
}

const THROTTLED: Outcome = {
  type: 'failure',
  error: { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' },
};
const STOPPED: Outcome = {
  type: 'failure',
  error: { errorType: 'Runtime.Stopped', errorMessage: 'The runner is stopping' },
};
