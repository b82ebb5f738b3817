import { subscribe } from 'node:diagnostics_channel';
import { ClientRequest, IncomingMessage } from 'node:http';
import type { OutgoingCall } from '../gateway/local/hops.ts';
import { parseManagementPath } from '../gateway/management.ts';
import type { Send, Target } from './local-request.ts';
import type { CalledReport } from './messages.ts';

type Outgoing = Omit<OutgoingCall, 'status' | 'ms'>;

/**
 * Tells of the calls that the handler makes while an invocation is watched: those past HTTP, and by Node's diagnostics
 * channels those of its HTTP clients. Never what is in them.
 */
export class WatchedCalls {
  readonly #report: (report: CalledReport) => void;
  readonly #begun = new WeakMap<ClientRequest, number>();
  #isWatching = false;
  #isSubscribed = false;

  constructor(report: (report: CalledReport) => void) {
    this.#report = report;
  }

  /** Says whether the invocation that begins now is watched. */
  watch(isWatched: boolean): void {
    this.#isWatching = isWatched;
    if (!isWatched || this.#isSubscribed) return;
    this.#isSubscribed = true;
    subscribe('http.client.request.start', (message) => {
      if (!this.#isWatching) return;
      const request = requestIn(message);
      if (request) this.#begun.set(request, performance.now());
    });
    subscribe('http.client.response.finish', (message) => this.#ended(message));
    subscribe('http.client.request.error', (message) => this.#ended(message));
  }

  /** A way past HTTP, watched. */
  around(send: Send): Send {
    return async (request) => {
      if (!this.#isWatching) return send(request);
      const before = performance.now();
      const call = describe(request.headers.get('x-amz-target'), request);
      try {
        const answer = await send(request);
        this.#tell(call, answer.status, before);
        return answer;
      } catch (error) {
        this.#tell(call, undefined, before);
        throw error;
      }
    };
  }

  #ended(message: unknown): void {
    const request = requestIn(message);
    if (request === undefined) return;
    const before = this.#begun.get(request);
    if (before === undefined) return;
    this.#begun.delete(request);
    this.#tell(describe(request.getHeader('x-amz-target'), request), statusIn(message), before);
  }

  #tell(call: Outgoing, status: number | undefined, before: number): void {
    const ms = performance.now() - before;
    this.#report({ type: 'called', call: { ...call, ...(status !== undefined && { status }), ms }, before });
  }
}

interface Called {
  readonly method: string;
  readonly path: string;
  /** Of a request by HTTP. */
  readonly host?: string;
}

function describe(target: unknown, { method, path, host }: Called): Outgoing {
  if (typeof target === 'string' && target.startsWith('DynamoDB_'))
    return { service: 'dynamodb', operation: target.split('.')[1] ?? '' };
  // A path may hold what is nobody else's business; a host does not.
  return host !== undefined && connectionsPath(path) === undefined
    ? { service: 'http', operation: `${method} ${host}` }
    : connectionsCall({ method, path });
}

const connectionsPath = (path: string) => parseManagementPath(path.split('?')[0] ?? '');

/** A call of `@connections`, of which no more is told than whose it is. */
export function connectionsCall({ method, path }: Pick<Target, 'method' | 'path'>): Outgoing {
  const connectionId = connectionsPath(path)?.connectionId;
  return {
    service: '@connections',
    operation: method,
    ...(connectionId !== undefined && { connectionId }),
  };
}

const field = (message: unknown, name: string): unknown =>
  typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined;

function requestIn(message: unknown): ClientRequest | undefined {
  const request = field(message, 'request');
  return request instanceof ClientRequest ? request : undefined;
}

function statusIn(message: unknown): number | undefined {
  const response = field(message, 'response');
  return response instanceof IncomingMessage ? response.statusCode : undefined;
}
