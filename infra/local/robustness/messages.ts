import type { Limits } from '../limits.ts';

/** What the process is started with, as JSON. */
export interface HostSetup {
  readonly assembly: string;
  readonly limits: Partial<Limits>;
}

/** What it is asked: what it holds, or what it still holds after it has stopped the runner; then it must end by itself. */
export type HostRequest = 'holdings' | 'stop';

/** What a process holds, after garbage was collected. */
export interface Holdings {
  /** Worker threads that have not ended. */
  readonly workers: number;
  /** How many of each type keep the process alive: sockets, servers, timers. */
  readonly handles: Readonly<Record<string, number>>;
  readonly heapBytes: number;
  /** Buffers, outside the heap. */
  readonly externalBytes: number;
  readonly rssBytes: number;
  /** Warnings of Node.js, and lines of log about mistakes of the runner's own. */
  readonly complaints: readonly string[];
}

export type HostReport =
  | {
      readonly type: 'ready';
      readonly port: number;
      readonly webSocketUrl: string;
      readonly managementUrl: string;
    }
  | { readonly type: 'holdings'; readonly holdings: Holdings };
