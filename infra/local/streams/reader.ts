import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome } from '../lambda/messages.ts';
import type { Logger } from '../log.ts';
import { isRecord } from '../template/values.ts';
import type { EventSource } from './event-source.ts';
import type { StreamRecord } from './record.ts';

/** Runs one event, as JSON text, in the function. */
export type Deliver = (event: string) => Promise<Outcome>;

interface Waiting {
  readonly record: StreamRecord;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Of records that wait; the oldest go when there are more. AWS keeps those of a day. */
const MOST = 10_000;
/** Before a batch is tried again: at first, and at most. AWS does not say. */
const RETRY_MS = 250;
const MOST_RETRY_MS = 60_000;

/** Gives the records of a stream to a function, in batches and in their order: none before the batch ahead of it is done with. */
export class Reader {
  readonly #source: EventSource;
  readonly #deliver: Deliver;
  readonly #log: Logger;
  readonly #waiting: Waiting[] = [];
  readonly #stopped = new AbortController();
  #isRunning = false;
  #arrived: () => void = () => undefined;

  constructor(source: EventSource, deliver: Deliver, log: Logger) {
    this.#source = source;
    this.#deliver = deliver;
    this.#log = log;
  }

  take(record: StreamRecord, at: number): void {
    if (!this.#source.lets(record)) return;
    this.#waiting.push({ record, at });
    if (this.#waiting.length > MOST) this.#giveUp(this.#waiting.splice(0, 1), 'more wait than are kept');
    this.#arrived();
    if (!this.#isRunning) void this.#run();
  }

  /** Begins with nothing more; what runs is for whoever ends the functions. */
  stop(): void {
    this.#stopped.abort();
  }

  async #run(): Promise<void> {
    const { batchSize } = this.#source;
    this.#isRunning = true;
    while (this.#waiting.length > 0 && !this.#stopped.signal.aborted) {
      await this.#fill();
      await this.#handle(this.#waiting.splice(0, batchSize), 0);
    }
    this.#isRunning = false;
  }

  /** Waits until there is a whole batch, or for as long as the mapping wants. */
  async #fill(): Promise<void> {
    const { batchSize, windowMs } = this.#source;
    const full = new Promise<void>((resolve) => {
      this.#arrived = () => {
        if (this.#waiting.length >= batchSize) resolve();
      };
      this.#arrived();
    });
    if (windowMs > 0) await Promise.race([full, this.#pause(windowMs)]);
  }

  async #handle(batch: readonly Waiting[], tried: number): Promise<void> {
    const { retries, maxAgeMs, bisects } = this.#source;
    if (this.#stopped.signal.aborted) return;
    const left = await this.#attempt(batch);
    if (left.length === 0) return;
    if (bisects && left.length === batch.length && batch.length > 1) {
      const middle = Math.ceil(batch.length / 2);
      await this.#handle(batch.slice(0, middle), tried);
      await this.#handle(batch.slice(middle), tried);
      return;
    }
    if (tried >= retries) {
      this.#giveUp(left, `attempts made: ${tried + 1}`);
      return;
    }
    await this.#pause(Math.min(RETRY_MS * 2 ** tried, MOST_RETRY_MS));
    const young = left.filter(({ at }) => Date.now() - at < maxAgeMs);
    if (young.length < left.length)
      this.#giveUp(left.slice(0, left.length - young.length), 'they are too old');
    if (young.length > 0) await this.#handle(young, tried + 1);
  }

  /** Runs the function, and tells what of the batch is to be tried again. */
  async #attempt(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const outcome = await this.#deliver(JSON.stringify({ Records: batch.map(({ record }) => record) }));
    if (outcome.type === 'failure') return batch;
    if (!this.#source.reportsFailures) return [];
    const failed = failuresIn(outcome.payload);
    if (failed.length === 0) return [];
    // From the first that failed on; all, when what the function names is not of this batch.
    const places = failed.map((id) => batch.findIndex(({ record }) => record.dynamodb.SequenceNumber === id));
    return batch.slice(Math.max(0, Math.min(...places)));
  }

  #giveUp({ length }: { readonly length: number }, why: string): void {
    if (this.#stopped.signal.aborted) return;
    const { logicalId, table } = this.#source;
    this.#log(`WARNING ${logicalId} gives up on ${length} of the changes of ${table}: ${why}`);
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#stopped.signal, ref: false }).catch(() => undefined);
  }
}

/** What a function says that it could not handle; an identifier that is missing stands for the whole batch. */
function failuresIn(payload: string | undefined): unknown[] {
  const result: unknown = payload === undefined ? undefined : JSON.parse(payload);
  const failures = isRecord(result) ? (result['batchItemFailures'] ?? []) : [];
  return Array.isArray(failures)
    ? failures.map((one: unknown) => (isRecord(one) ? one['itemIdentifier'] : undefined))
    : [undefined];
}
