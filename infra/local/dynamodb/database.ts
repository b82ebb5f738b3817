import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Logger } from '../log.ts';
import { isRecord } from '../template/values.ts';
import type { Table } from './table.ts';

/** The tables of all stacks, served by dynalite on a port of the loopback interface. */
export class Database {
  readonly #tables: readonly Table[];
  readonly #log: Logger;
  #worker: Worker | undefined;
  #port = 0;
  #stopped = false;

  constructor(tables: readonly Table[], log: Logger) {
    this.#tables = tables;
    this.#log = log;
  }

  get port(): number {
    return this.#port;
  }

  async start(): Promise<void> {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { port: this.#port } });
    this.#worker = worker;
    worker.on('error', (error: Error) => this.#log(`dynamodb ${error.message}`));
    worker.on('exit', () => void this.#comeBack());
    const [port] = (await once(worker, 'message')) as [number];
    this.#port = port;
    for (const { name, create } of this.#tables) {
      await this.#call('CreateTable', create);
      await this.#untilActive(name);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#worker?.terminate();
  }

  /** Functions hold connections to the port, so what crashed comes back on the same one. */
  async #comeBack(): Promise<void> {
    if (this.#stopped) return;
    this.#log('dynamodb ended and is started again; the tables are empty');
    try {
      await this.start();
    } catch (error) {
      // It ended again while its tables were made: its end starts it once more.
      this.#log(`dynamodb ${String(error)}`);
    }
  }

  /** It answers CreateTable before the table can be used. */
  async #untilActive(name: string): Promise<void> {
    for (;;) {
      const described = await this.#call('DescribeTable', { TableName: name });
      const table = isRecord(described) ? described['Table'] : undefined;
      if (isRecord(table) && table['TableStatus'] === 'ACTIVE') return;
    }
  }

  async #call(operation: string, input: unknown): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${this.#port}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20000101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-date': '20000101T000000Z',
      },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`${operation} was refused: ${await response.text()}`);
    return response.json();
  }
}
