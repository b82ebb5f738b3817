import '../../functions/testing/environment.ts';
import { GoneException } from '@aws-sdk/client-apigatewaymanagementapi';
import { parseServerFrame } from '#protocol';
import { createParts } from '../../functions/parts.ts';
import { reduce } from '../../web/src/app/connection/reducer.ts';
import { Naming } from './naming.ts';
import { Seat } from './seat.ts';
import { Steps } from './steps.ts';
import { ModelTable, type TableInput } from './table.ts';

export type Parts = ReturnType<typeof createParts>;
export type Reduce = typeof reduce;

export interface WorldOptions {
  /** How many frames may be lost. */
  readonly losses?: number;
  /** How many items a query gives at once. */
  readonly pageSize?: number;
  /** Makes a mistake of the functions; `table` is what they write to. */
  readonly breakParts?: (parts: Parts, table: ModelTable) => void;
  /** Makes a mistake of the table. */
  readonly breakTable?: (table: ModelTable) => void;
  /** Makes a mistake of the client. */
  readonly reduce?: Reduce;
}

/** A connection as API Gateway has it. */
interface Socket {
  isOpen: boolean;
  receive(text: string): void;
}

const ENVIRONMENT = {
  tableName: 'connections',
  roomLimit: 200,
  build: '0.1.0',
  functionName: 'model',
  stackName: 'model',
  doors: { origins: [], terminals: true },
  frameRate: { rate: 1e6, burst: 1e6 },
};

/** One is taken for each call of a function, over all worlds: worlds come one after the other. */
const SEATS: Seat[] = [];

/** The functions, their table and API Gateway, where every SDK call and every arrival of a frame waits to be chosen. */
export class World {
  readonly clock = { now: 1_800_000_000_000 };
  readonly table: ModelTable;
  readonly steps: Steps;
  readonly reduce: Reduce;
  /** What the functions have logged, and what was said that never may be. */
  readonly complaints: string[] = [];
  readonly #naming = new Naming();
  readonly #sockets = new Map<string, Socket>();
  readonly #calls = new Map<string, unknown[]>();
  readonly #said = new Set<string>();
  readonly #breakParts: (parts: Parts, table: ModelTable) => void;
  #seats = 0;

  constructor({
    losses = 0,
    pageSize,
    breakParts = () => undefined,
    breakTable = () => undefined,
    reduce: client = reduce,
  }: WorldOptions = {}) {
    this.table = new ModelTable(pageSize);
    breakTable(this.table);
    this.steps = new Steps(losses);
    this.reduce = client;
    this.#breakParts = breakParts;
  }

  /** Lets a new instance of the functions do something, with what it is built of. */
  async invoke<T>(call: string, run: (parts: Parts) => Promise<T>): Promise<T> {
    const seat = (SEATS[this.#seats++] ??= new Seat());
    const history: unknown[] = [];
    this.#calls.set(call, history);
    const ask = <A>(what: string, execute: () => A): Promise<A> =>
      new Promise((resolve, reject) => {
        this.steps.offer(`${call}: ${what}`, () => {
          try {
            const answer = execute();
            history.push([what, answer]);
            resolve(answer);
          } catch (error) {
            history.push([what, String(error)]);
            // What the SDK throws.
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
      });
    seat.host = {
      table: (command, input) => {
        this.#naming.of(call, JSON.stringify(input));
        const what = this.#naming.known(`${command} ${JSON.stringify(keyIn(input))}`);
        return ask(what, () => this.table.execute(command, input));
      },
      post: (connectionId, text) => {
        this.#naming.of(call, text);
        return ask(`post to ${connectionId}: ${summary(text)}`, () => this.#post(connectionId, text));
      },
    };
    const write = (line: string) => this.complaints.push(line);
    const parts = createParts(ENVIRONMENT, seat, {
      now: () => this.clock.now,
      write,
      print: () => undefined,
    });
    this.#breakParts(parts, this.table);
    try {
      return await run(parts);
    } finally {
      this.#calls.delete(call);
    }
  }

  /** A handshake begins, during which every post fails. */
  connect(connectionId: string, receive: (text: string) => void): Socket {
    const socket = { isOpen: false, receive };
    this.#sockets.set(connectionId, socket);
    return socket;
  }

  /** A connection closes, and what was on its way to it is nowhere. */
  close(connectionId: string): void {
    this.#sockets.delete(connectionId);
    this.steps.withdraw(arrivalAt(connectionId));
  }

  /** All that decides what can happen from here, in words that do not depend on chance. */
  state(visitors: unknown): string {
    const calls = [...this.#calls].sort(([one], [other]) => (one < other ? -1 : 1));
    const items = this.#naming.known(this.table.items.map((item) => JSON.stringify(item)).join('\n'));
    const { pending, losses } = this.steps;
    const rest = this.#naming.known(JSON.stringify([calls, visitors]));
    return [...items.split('\n').sort(), ...pending, losses, rest].join('\n');
  }

  #post(connectionId: string, text: string): void {
    const socket = this.#sockets.get(connectionId);
    if (!socket?.isOpen) throw new GoneException({ message: 'Gone', $metadata: {} });
    const frame = parseServerFrame(text);
    if (frame.type === 'malformed') this.complaints.push(`malformed: ${text}`);
    if (frame.type === 'left') this.#once(`${connectionId} is told that ${frame.connectionId} left`);
    const label = `${arrivalAt(connectionId)}${this.#naming.known(text)}`;
    this.steps.offer(label, () => socket.receive(text), frame.type !== 'pong');
  }

  #once(what: string): void {
    if (this.#said.has(what)) this.complaints.push(`twice: ${what}`);
    this.#said.add(what);
  }
}

const arrivalAt = (connectionId: string): string => `at ${connectionId}: `;

const keyIn = ({ Key, RequestItems, ExpressionAttributeValues, ExclusiveStartKey }: TableInput): unknown =>
  Key ?? (RequestItems ? 'batch' : [ExpressionAttributeValues, ExclusiveStartKey]);

const summary = (text: string): string => {
  const frame = parseServerFrame(text);
  return frame.type === 'joined'
    ? `joined ${frame.peer.connectionId}`
    : frame.type === 'left'
      ? `left ${frame.connectionId}`
      : frame.type;
};
