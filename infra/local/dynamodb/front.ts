import { crc32 } from 'node:zlib';
import { isRecord } from '../template/values.ts';
import { type Change, writeAndTell, writesRows } from './changes.ts';
import { WANTS_ROW, writeOrShow } from './conditional.ts';
import { Exclusion } from './exclusion.ts';
import { type Ask, Refusal, type Reply } from './reply.ts';
import type { Answer, TableCall } from './short-cut.ts';
import { Tokens } from './tokens.ts';
import { readTogether, writeTogether } from './transaction.ts';

/** Answers a call as dynalite does. */
export type Backend = (call: TableCall, ended: (answer: Answer) => void) => void;

/** The tables whose changes somebody wants to know, by name, and who is told of one; `caller`: who made it. */
export interface Streams {
  readonly tables: readonly string[];
  readonly tell: (change: Change, caller: string) => void;
}

const CONDITIONAL = new Set(['DeleteItem', 'PutItem', 'UpdateItem']);

type Composed = (ask: Ask, input: Record<string, unknown>) => Promise<Reply>;

/** What dynalite lacks of DynamoDB, made of calls that it has, while nobody else's run (PARITY T11, T12). */
export class Front {
  readonly #backend: Backend;
  readonly #streams: Streams;
  readonly #exclusion = new Exclusion();
  readonly #tokens = new Tokens();
  readonly #composed: Readonly<Record<string, Composed>> = {
    TransactGetItems: readTogether,
    TransactWriteItems: async (ask, input) => {
      if (this.#tokens.knows(input)) return { status: 200, body: {} };
      const reply = await writeTogether(ask, input);
      if (reply.status === 200) this.#tokens.remember(input);
      return reply;
    },
  };

  constructor(backend: Backend, streams: Streams) {
    this.#backend = backend;
    this.#streams = streams;
  }

  /** The operations that it adds to dynalite's. */
  get operations(): readonly string[] {
    return Object.keys(this.#composed);
  }

  answer(call: TableCall, ended: (answer: Answer) => void): void {
    const composed = this.#composedFor(call);
    if (composed === undefined) {
      this.#exclusion.together((done) =>
        this.#backend(call, (answer) => {
          done();
          ended(answer);
        }),
      );
      return;
    }
    this.#exclusion.alone((done) => {
      void this.#compose(call, composed).then((answer) => {
        done();
        ended(answer);
      });
    });
  }

  #composedFor(call: TableCall): Composed | undefined {
    const operation = operationOf(call.headers);
    const composed = this.#compositionOf(operation, call);
    if (!writesRows(operation) || !this.#streams.tables.some((name) => call.body.includes(`"${name}"`))) {
      return composed;
    }
    return (ask, input) =>
      writeAndTell(ask, operation, input, {
        write: () => composed?.(ask, input) ?? ask(operation, input),
        tell: (change) => {
          if (this.#streams.tables.includes(change.table)) this.#streams.tell(change, callerOf(call.headers));
        },
      });
  }

  #compositionOf(operation: string, { body }: TableCall): Composed | undefined {
    if (CONDITIONAL.has(operation) && body.includes(WANTS_ROW)) {
      return (ask, input) => writeOrShow(ask, operation, input);
    }
    return Object.hasOwn(this.#composed, operation) ? this.#composed[operation] : undefined;
  }

  async #compose(call: TableCall, composed: Composed): Promise<Answer> {
    // Who may not list the tables, unsigned or in bad JSON, may not do this either.
    const admitted = await this.#ask(call, 'ListTables', call.body);
    if (admitted.status !== 200 || call.method !== 'POST') return admitted;
    const ask: Ask = async (operation, input) => {
      const { status, body } = await this.#ask(call, operation, JSON.stringify(input));
      return { status, body: record(body) };
    };
    const reply = await composed(ask, record(call.body)).catch((error: unknown) => {
      if (error instanceof Refusal) return error.reply;
      throw error;
    });
    const body = JSON.stringify(reply.body);
    const headers = {
      ...admitted.headers,
      'x-amz-crc32': String(crc32(body)),
      'Content-Length': String(Buffer.byteLength(body)),
    };
    return { status: reply.status, headers, body };
  }

  #ask(call: TableCall, operation: string, body: string): Promise<Answer> {
    const headers = { ...call.headers, 'x-amz-target': `DynamoDB_20120810.${operation}` };
    return new Promise((resolve) => this.#backend({ ...call, headers, body }, resolve));
  }
}

/** The operation that is asked for; empty where none is. */
export const operationOf = (headers: TableCall['headers']): string =>
  headers['x-amz-target']?.split('.')[1] ?? '';

/** Who asks: the session of a function's credentials is named after it, as on AWS. */
export const callerOf = (headers: TableCall['headers']): string =>
  headers['x-amz-security-token'] ?? 'somebody';

function record(json: string): Record<string, unknown> {
  const value: unknown = JSON.parse(json);
  return isRecord(value) ? value : {};
}
