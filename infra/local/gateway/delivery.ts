import { MAX_BACKLOG_BYTES } from '../limits.ts';
import type { Connection } from './connection.ts';
import type { Faults } from './faults.ts';
import type { RequestTrace, Told } from './local/tracing.ts';

/** A post that is put behind the next ones goes out after so long, even if none follow. */
const HELD_BACK_MS = 100;

type Client = Pick<Connection, 'send'> & Told;

interface Post {
  readonly text: string;
  /** That of the request on whose account it is posted, when it is followed. */
  readonly trace: RequestTrace | undefined;
}

/** What of one connection is on its way. */
interface Way {
  /** Posts that keep their places. */
  readonly queue: Post[];
  /** When the last of them goes out. */
  lastAt: number;
  /** Bytes that wait, in their places or not. */
  waiting: number;
}

/** Brings posts to their clients: at once and in order, unless the faults in force want it otherwise (PARITY X7 to X9). */
export class Delivery {
  readonly #faults: Faults;
  readonly #ways = new WeakMap<Client, Way>();

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  /** Whether the post was taken, as `Connection.send` says it. */
  post(client: Client, text: string, promised = false, trace?: RequestTrace): boolean {
    const post = { text, trace };
    const taken = this.#bring(client, post, promised);
    if (taken && this.#faults.strikes('duplicate')) this.#bring(client, post, promised);
    return taken;
  }

  #bring(client: Client, post: Post, promised: boolean): boolean {
    const delay = this.#faults.delay();
    const late = this.#faults.strikes('reorder');
    const known = this.#ways.get(client);
    if (delay === 0 && !late && (known === undefined || known.queue.length === 0))
      return send(client, post, promised);

    const way = known ?? { queue: [], lastAt: 0, waiting: 0 };
    this.#ways.set(client, way);
    const bytes = Buffer.byteLength(post.text);
    if (!promised && way.waiting + bytes > MAX_BACKLOG_BYTES) return false;
    way.waiting += bytes;
    const now = performance.now();
    if (late) {
      sendLater(() => post, client, way, delay + HELD_BACK_MS);
    } else {
      // Whatever the jitter, a post does not overtake the one before: that is the other fault.
      way.lastAt = Math.max(way.lastAt, now + delay);
      way.queue.push(post);
      sendLater(() => way.queue.shift(), client, way, way.lastAt - now);
    }
    return true;
  }
}

function send(client: Client, { text, trace }: Post, promised = false): boolean {
  const taken = client.send(text, promised);
  if (taken) trace?.sent(client, text);
  return taken;
}

function sendLater(next: () => Post | undefined, client: Client, way: Way, afterMs: number): void {
  setTimeout(() => {
    const post = next();
    if (post === undefined) return;
    way.waiting -= Buffer.byteLength(post.text);
    send(client, post);
  }, afterMs).unref();
}
