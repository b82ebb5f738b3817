import { type ClientOptions, WebSocket } from 'ws';
import type { Limits } from '../limits.ts';
import type { Runner, StartOptions } from '../runner.ts';
import { start } from '../start.ts';
import { type TestApp, writeAssembly } from './assembly.ts';

/** A client that keeps what it got, in order. */
export interface TestClient {
  readonly socket: WebSocket;
  readonly send: (frame: unknown) => void;
  /** The next text that has not been taken yet. */
  readonly next: () => Promise<string>;
  /** Code and reason, once closed. */
  readonly closed: Promise<{ code: number; reason: string }>;
}

/** A running app, its lines of log, and clients of it. */
export interface Running {
  readonly runner: Runner;
  /** The folder of its assembly. */
  readonly directory: string;
  readonly log: readonly string[];
  /** The text after `marker` in the next line of log that has it and has not been taken yet. */
  readonly logged: (marker: string) => Promise<string>;
  /** Rejects when the handshake is refused, with the status in the message. */
  readonly connect: (query?: string, options?: ClientOptions, protocols?: string[]) => Promise<TestClient>;
}

const cleanups: (() => Promise<void>)[] = [];

/** Ends what `run` started; for `afterEach`. */
export async function stopAll(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

/** Starts `app` on a free port. */
export async function run(
  app: TestApp,
  limits: Partial<Limits> = {},
  options: Partial<StartOptions> = {},
): Promise<Running> {
  const { directory, remove } = await writeAssembly(app);
  cleanups.push(remove);
  return { ...(await runAssembly({ assembly: directory, limits, ...options })), directory };
}

/** Starts an assembly, or a template, on a free port. */
export async function runAssembly(options: StartOptions): Promise<Omit<Running, 'directory'>> {
  const log: string[] = [];
  const lines = new Arrivals<string>();
  const runner = await start({
    ...options,
    log: (line) => {
      log.push(line);
      lines.add(line);
    },
  });
  cleanups.push(() => runner.stop());
  const url = runner.endpoints[0]?.webSocketUrl ?? '';
  return {
    runner,
    log,
    async logged(marker) {
      const line = await lines.take((one) => one.includes(marker));
      return line.slice(line.indexOf(marker) + marker.length);
    },
    connect: (query = '', options = {}, protocols = []) => connect(`${url}${query}`, options, protocols),
  };
}

function connect(url: string, options: ClientOptions, protocols: string[]): Promise<TestClient> {
  const socket = new WebSocket(url, protocols, { perMessageDeflate: false, ...options });
  const texts = new Arrivals<string>();
  socket.on('message', (text: Buffer) => texts.add(text.toString('utf8')));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString('utf8') }));
  });
  cleanups.push(async () => {
    socket.terminate();
    await closed;
  });
  const client: TestClient = {
    socket,
    send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    next: () => texts.take(() => true),
    closed,
  };
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(client));
    socket.once('error', reject);
  });
}

/** What has arrived and was not taken, and who waits for it. */
class Arrivals<T> {
  readonly #arrived: T[] = [];
  readonly #waiting: { fits: (one: T) => boolean; take: (one: T) => void }[] = [];

  add(one: T): void {
    const index = this.#waiting.findIndex(({ fits }) => fits(one));
    if (index < 0) this.#arrived.push(one);
    else this.#waiting.splice(index, 1)[0]?.take(one);
  }

  take(fits: (one: T) => boolean): Promise<T> {
    const index = this.#arrived.findIndex(fits);
    const [found] = index < 0 ? [] : this.#arrived.splice(index, 1);
    return found === undefined
      ? new Promise((take) => this.#waiting.push({ fits, take }))
      : Promise.resolve(found);
  }
}
