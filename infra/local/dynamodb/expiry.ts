import { isRecord } from '../template/values.ts';
import { type Call, RefusedCall } from './calls.ts';
import type { Table } from './table.ts';

/** AWS promises no time ("within a few days"); nobody should come to count on this one. */
export const SWEEP_EVERY_MS = 3 * 60_000;

/** A sweep reads this much of a table and leaves the rest to the next one, so that it never is in anybody's way. */
const PAGE = 100;
const PAGES = 50;
/** AWS leaves rows alone that expired longer ago: most of them were never meant as a time in seconds. */
const FIVE_YEARS_S = 5 * 365 * 24 * 60 * 60;

/** Deletes the rows whose time to live has passed, some time later (PARITY T2). */
export class Expiry {
  readonly #tables: readonly Table[];
  readonly #call: Call;
  readonly #everyMs: number;
  /** Where the next sweep of a table goes on. */
  readonly #reached = new Map<Table, unknown>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(tables: readonly Table[], call: Call, everyMs: number) {
    this.#tables = tables.filter(({ ttl }) => ttl !== undefined);
    this.#call = call;
    this.#everyMs = everyMs;
  }

  start(): void {
    if (this.#tables.length === 0) return;
    this.#timer = setTimeout(() => {
      void this.#sweepAll().finally(() => {
        if (!this.#stopped) this.start();
      });
    }, this.#everyMs);
    this.#timer.unref();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #sweepAll(): Promise<void> {
    for (const table of this.#tables) {
      try {
        await this.#sweep(table);
      } catch {
        // The database has ended, which it says itself, or the table was deleted: the next sweep begins anew.
        this.#reached.delete(table);
      }
    }
  }

  async #sweep(table: Table): Promise<void> {
    const now = Math.floor(Date.now() / 1000);
    const expired = {
      expression: '#ttl < :now AND #ttl >= :oldest',
      names: { '#ttl': table.ttl },
      values: { ':now': { N: String(now) }, ':oldest': { N: String(now - FIVE_YEARS_S) } },
    };
    const keyNames = Object.fromEntries(table.key.map((name, index) => [`#key${index}`, name]));
    for (let page = 0; page < PAGES && !this.#stopped; page += 1) {
      const answer = await this.#call('Scan', {
        TableName: table.name,
        Limit: PAGE,
        FilterExpression: expired.expression,
        ProjectionExpression: Object.keys(keyNames).join(),
        ExpressionAttributeNames: { ...expired.names, ...keyNames },
        ExpressionAttributeValues: expired.values,
        ...(this.#reached.has(table) && { ExclusiveStartKey: this.#reached.get(table) }),
      });
      if (!isRecord(answer)) return;
      for (const Key of Array.isArray(answer['Items']) ? answer['Items'].filter(isRecord) : []) {
        // On condition, because a function may have given the row more time since.
        await this.#call('DeleteItem', {
          TableName: table.name,
          Key,
          ConditionExpression: expired.expression,
          ExpressionAttributeNames: expired.names,
          ExpressionAttributeValues: expired.values,
        }).catch(passOver('ConditionalCheckFailedException'));
      }
      const { LastEvaluatedKey } = answer;
      if (LastEvaluatedKey === undefined) {
        this.#reached.delete(table);
        return;
      }
      this.#reached.set(table, LastEvaluatedKey);
    }
  }
}

const passOver =
  (exception: string) =>
  (error: unknown): void => {
    if (!(error instanceof RefusedCall && error.is(exception))) throw error;
  };
