import { once } from 'node:events';
import { extname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MessageChannel, Worker } from 'node:worker_threads';
import { COMPILE_CACHE } from '../compile-cache.ts';
import type { Logger } from '../log.ts';
import { ACCOUNT, REGION } from '../template/identities.ts';
import { isRecord, TemplateError } from '../template/values.ts';
import { type Call, callsTo, RefusedCall } from './calls.ts';
import type { Change } from './changes.ts';
import { differences } from './existing.ts';
import { Expiry, SWEEP_EVERY_MS } from './expiry.ts';
import { Reception } from './reception.ts';
import type { Tables } from './short-cut.ts';
import type { Table } from './table.ts';
import type { DatabaseMessage, DatabaseSettings } from './worker.ts';

export interface DatabaseOptions {
  /** The folder to keep the tables in; without one they are in memory. */
  readonly data?: string | undefined;
  /** How often rows that have expired are looked for. */
  readonly sweepEveryMs?: number;
  /** The names of the tables whose changes are told. */
  readonly streams?: readonly string[];
}

/** Who deletes the rows that have expired, as streams say it on AWS. */
export const DYNAMODB = 'dynamodb.amazonaws.com';

/** Between two attempts to start again what has ended: at first none, because calls wait for it. */
const PAUSES_MS = [0, 100, 1000, 5000];
/** What a request leaves behind is short-lived: V8's default of 48 MB for it is memory and no speed. */
const YOUNG_MB = 8;
/** A table is active at once; one that is not was left behind half made. */
const ACTIVE_WITHIN_MS = 5000;

/** The tables of all stacks, served by dynalite on a port of the loopback interface. */
export class Database {
  readonly #tables: readonly Table[];
  readonly #log: Logger;
  readonly #data: string | undefined;
  readonly #streams: readonly string[];
  #changed: (change: Change, caller: string) => void = () => undefined;
  readonly #call: Call;
  readonly #expiry: Expiry;
  #worker: Worker | undefined;
  /** The worker, while it has all tables. */
  #ready: Worker | undefined;
  /** Where functions reach it, and where the worker of the moment listens: the same until a crash. */
  #port = 0;
  #workerPort = 0;
  #reception: Reception | undefined;
  #stopped = false;

  constructor(
    tables: readonly Table[],
    log: Logger,
    { data, sweepEveryMs = SWEEP_EVERY_MS, streams = [] }: DatabaseOptions = {},
  ) {
    this.#tables = tables;
    this.#log = log;
    this.#data = data;
    this.#streams = streams;
    this.#call = callsTo(() => this.#workerPort, DYNAMODB);
    this.#expiry = new Expiry(tables, this.#call, sweepEveryMs);
  }

  get port(): number {
    return this.#port;
  }

  /** Tells `listener` what changes in the tables with streams, and who does it: `DYNAMODB`, of rows that have expired. */
  onChange(listener: (change: Change, caller: string) => void): void {
    this.#changed = listener;
  }

  /** A way past HTTP for one more thread, until the next crash; undefined after one, while the worker is not back. */
  shortCut(): Tables | undefined {
    if (this.#ready === undefined) return undefined;
    const { port1, port2 } = new MessageChannel();
    this.#ready.postMessage(port1, [port1]);
    return { port: this.#port, calls: port2 };
  }

  async start(): Promise<void> {
    await this.#open();
    this.#port = this.#workerPort;
    this.#expiry.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#expiry.stop();
    this.#reception?.close();
    await this.#worker?.terminate();
  }

  /** Starts the worker and makes the tables; when that fails no worker is left. */
  async #open(): Promise<void> {
    if (this.#stopped) return;
    const settings: DatabaseSettings = { data: this.#data, streams: this.#streams };
    const worker = new Worker(new URL(`./worker${extname(import.meta.url)}`, import.meta.url), {
      workerData: settings,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: COMPILE_CACHE,
        // They stand in the ARNs that it describes its tables with.
        AWS_ACCOUNT_ID: ACCOUNT,
        AWS_REGION: REGION,
      },
    });
    this.#worker = worker;
    let failure: Error | undefined;
    worker.on('error', (error: Error) => {
      failure = error;
    });
    try {
      const [{ port }] = (await once(worker, 'message')) as [DatabaseMessage & { type: 'listening' }];
      this.#workerPort = port;
      worker.on('message', (message: DatabaseMessage) => this.#hear(message));
      for (const table of this.#tables) await this.#make(table);
    } catch (error) {
      await worker.terminate();
      if (this.#data === undefined || error instanceof TemplateError) throw error;
      throw new Error(`The tables in ${this.#data} cannot be opened; does another runner use them?`, {
        cause: error,
      });
    }
    const ended = (): void => {
      this.#ready = undefined;
      void this.#comeBack(failure?.message ?? 'ended');
    };
    this.#ready = worker;
    if (worker.threadId < 0) ended();
    else worker.once('exit', ended);
  }

  /** Functions know the port, so what crashed comes back behind the same one. */
  async #comeBack(reason: string): Promise<void> {
    const kept =
      this.#data === undefined ? 'the tables are empty' : `the tables are as ${this.#data} has them`;
    if (!this.#stopped) this.#log(`dynamodb crashed (${reason}) and is started again: ${kept}`);
    this.#reception?.direct(undefined);
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      await delay(PAUSES_MS[attempt] ?? PAUSES_MS.at(-1), undefined, { ref: false });
      try {
        this.#reception ??= await Reception.open(this.#port);
        await this.#open();
        this.#reception.direct(this.#workerPort);
        break;
      } catch (error) {
        this.#log(`dynamodb ${String(error)}`);
      }
    }
    // Stopped meanwhile.
    if (this.#stopped) this.#reception?.close();
  }

  #hear(message: DatabaseMessage): void {
    const { type } = message;
    if (type === 'changed') this.#changed(message.change, message.caller);
    if (type !== 'unknown') return;
    const { caller, operation } = message;
    this.#log(`dynamodb ${caller} called ${operation}, which the local tables do not have`);
  }

  async #make(table: Table): Promise<void> {
    const { logicalId, name, create } = table;
    try {
      await this.#call('CreateTable', create);
    } catch (error) {
      if (!(error instanceof RefusedCall)) throw error;
      if (!error.is('ResourceInUseException')) throw new TemplateError(`${logicalId}: ${error.message}`);
    }
    const different = differences(table, await this.#active(name));
    if (different.length === 0) return;
    throw new TemplateError(
      `${logicalId}: ${name} in ${this.#data} differs from the template in ${different.join(', ')}; ` +
        'remove that folder, or name another',
    );
  }

  /** The table's description once it can be used: CreateTable is answered before. */
  async #active(name: string): Promise<unknown> {
    for (const since = Date.now(); Date.now() - since < ACTIVE_WITHIN_MS;) {
      const described = await this.#call('DescribeTable', { TableName: name });
      const table = isRecord(described) ? described['Table'] : undefined;
      if (isRecord(table) && table['TableStatus'] === 'ACTIVE') return table;
    }
    throw new Error(`${name} does not become active`);
  }
}
