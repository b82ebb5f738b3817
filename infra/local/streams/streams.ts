import type { Change } from '../dynamodb/changes.ts';
import type { Logger } from '../log.ts';
import type { EventSource } from './event-source.ts';
import { type Deliver, Reader } from './reader.ts';
import { recordOf } from './record.ts';

/** Gives what changes in tables to the functions that are mapped to their streams (PARITY T9). */
export class Streams {
  readonly #readers: readonly { readonly source: EventSource; readonly reader: Reader }[];
  #count = 0;

  constructor(sources: readonly EventSource[], deliver: (source: EventSource) => Deliver, log: Logger) {
    this.#readers = sources.map((source) => ({ source, reader: new Reader(source, deliver(source), log) }));
  }

  /** `caller`: who made the change. */
  changed(change: Change, caller: string): void {
    const readers = this.#readers.filter(({ source }) => source.table === change.table);
    const [first] = readers;
    if (first === undefined) return;
    const at = Date.now();
    const record = recordOf(change, first.source, { caller, count: this.#count, at });
    this.#count += 1;
    for (const { reader } of readers) reader.take(record, at);
  }

  stop(): void {
    for (const { reader } of this.#readers) reader.stop();
  }
}
