import type { Outcome } from '../lambda/messages.ts';
import { until } from '../dynamodb/testing.ts';
import type { EventSource } from './event-source.ts';
import { Reader } from './reader.ts';
import { recordOf } from './record.ts';

const FAILED: Outcome = { type: 'failure', error: { errorType: 'Error', errorMessage: 'no' } };
const DONE: Outcome = { type: 'success', payload: undefined };
const failing = (...ids: unknown[]): Outcome => ({
  type: 'success',
  payload: JSON.stringify({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) }),
});
/** A record's place in the stream, as its sequence number. */
const at = (place: number): string => String(100_000_000_000_000_000_000n + BigInt(place));

const SOURCE = {
  logicalId: 'Reader',
  table: 'rows',
  batchSize: 100,
  windowMs: 0,
  retries: Infinity,
  maxAgeMs: 1e9,
  bisects: false,
  reportsFailures: false,
  lets: () => true,
};

/** A reader whose function answers as `answers` say, one by one, and then that all is well. */
function reading(about: Partial<EventSource>, ...answers: Outcome[]) {
  const batches: number[][] = [];
  const log: string[] = [];
  const source = { ...SOURCE, ...about } as EventSource;
  const reader = new Reader(
    source,
    (event) => {
      const { Records } = JSON.parse(event) as { Records: { dynamodb: { SequenceNumber: string } }[] };
      batches.push(Records.map(({ dynamodb }) => Number(BigInt(dynamodb.SequenceNumber) - BigInt(at(0)))));
      return Promise.resolve(answers.shift() ?? DONE);
    },
    (line) => log.push(line),
  );
  const take = (...places: number[]): void => {
    for (const count of places) {
      const change = { table: 'rows', key: {}, before: undefined, after: {} };
      const about = { caller: 'writer', count, at: Date.now() };
      reader.take(recordOf(change, { streamArn: 'arn', view: 'KEYS_ONLY' }, about), about.at);
    }
  };
  return { batches, log, reader, take, handed: (count: number) => until(() => batches.length >= count) };
}

describe('The reader of a stream', () => {
  it('hands on what has come while the function ran, in order, and no more than a batch [T9]', async () => {
    const { batches, take, handed } = reading({ batchSize: 2 });
    take(1, 2, 3, 4, 5);
    await handed(3);
    expect(batches.flat()).toEqual([1, 2, 3, 4, 5]);
    expect(Math.max(...batches.map(({ length }) => length))).toBe(2);
  });

  it('waits for a batch to be full, for as long as the mapping wants [T9]', async () => {
    const full = reading({ batchSize: 2, windowMs: 1e6 });
    full.take(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(full.batches).toEqual([]);
    full.take(2);
    await full.handed(1);
    expect(full.batches).toEqual([[1, 2]]);
    full.reader.stop();

    const late = reading({ batchSize: 2, windowMs: 10 });
    late.take(1);
    await late.handed(1);
    expect(late.batches).toEqual([[1]]);
  });

  it('tries a batch again until it succeeds, before the next [T9]', async () => {
    const { batches, log, take, handed } = reading({ batchSize: 2, windowMs: 1000 }, FAILED, FAILED);
    take(1, 2, 3, 4);
    await handed(4);
    expect(batches).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
      [3, 4],
    ]);
    expect(log).toEqual([]);
  });

  it('gives up after as many attempts as the mapping allows, and says so [T9]', async () => {
    const { batches, log, take, handed } = reading({ retries: 1 }, FAILED, FAILED);
    take(1);
    await handed(2);
    take(2);
    await handed(3);
    expect(batches).toEqual([[1], [1], [2]]);
    expect(log).toEqual(['WARNING Reader gives up on 1 of the changes of rows: attempts made: 2']);
  });

  it('gives up on what has become too old [T9]', async () => {
    const { batches, log, take, handed } = reading({ maxAgeMs: 1 }, FAILED);
    take(1);
    await until(() => log.length > 0);
    take(2);
    await handed(2);
    expect(batches).toEqual([[1], [2]]);
    expect(log).toEqual(['WARNING Reader gives up on 1 of the changes of rows: they are too old']);
  });

  it('halves a batch that fails, where the mapping says so [T9]', async () => {
    const { batches, take, handed } = reading(
      { bisects: true, batchSize: 4, windowMs: 1000, retries: 0 },
      FAILED,
      FAILED,
      FAILED,
    );
    take(1, 2, 3, 4);
    await handed(5);
    expect(batches).toEqual([[1, 2, 3, 4], [1, 2], [1], [2], [3, 4]]);
  });

  for (const [says, answer, again] of [
    ['from the first that the function names on', failing(at(3), at(2)), [2, 3]],
    ['whole, when the function names one that is not in it', failing('other'), [1, 2, 3]],
    ['whole, when the function names none', failing(undefined), [1, 2, 3]],
  ] as const) {
    it(`tries a batch again ${says} [T9]`, async () => {
      const { batches, take, handed } = reading(
        { reportsFailures: true, batchSize: 3, windowMs: 1000 },
        answer,
        failing(),
      );
      take(1, 2, 3);
      await handed(2);
      take(4, 5, 6);
      await handed(3);
      expect(batches).toEqual([[1, 2, 3], [...again], [4, 5, 6]]);
    });
  }

  it('passes over what the filter does not let through [T9]', async () => {
    const { batches, take, handed } = reading({
      lets: (record) => JSON.stringify(record).includes(at(2)),
    });
    take(1, 2, 3);
    await handed(1);
    expect(batches).toEqual([[2]]);
  });

  it('hands on nothing more once it is stopped [T9]', async () => {
    const { batches, log, reader, take, handed } = reading({}, FAILED);
    take(1);
    await handed(1);
    reader.stop();
    take(2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(batches).toEqual([[1]]);
    expect(log).toEqual([]);
  });
});
