import { byteLength, MAX_FRAME_BYTES } from '#protocol';
import {
  type ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { setTimeout } from 'node:timers/promises';

/** What became of a post. */
export type Outcome = 'sent' | 'gone' | 'too-large' | 'throttled' | 'timeout' | 'forbidden';

export interface Post {
  readonly connectionId: string;
  readonly text: string;
}

/** A post that was tried; one that failed in a way no outcome describes carries its error. */
export type Tried = Post & ({ readonly outcome: Outcome } | { readonly error: unknown });

export interface DeliverySettings {
  /** After this long, none of the posts that one call was given is begun or repeated. One under way has a time limit of its own. */
  readonly deadlineMs?: number;
  /** How many posts are under way at once. */
  readonly concurrency?: number;
}

/** How often a post is tried, when the times before can be taken to have delivered nothing. */
const ATTEMPTS = 3;
/** The wait before a throttled post is tried again, in milliseconds: doubled each time, and up to twice as long by chance. */
const BACKOFF_MS = 50;

/** Sends frames to connections through API Gateway. */
export class Delivery {
  readonly #client: ApiGatewayManagementApiClient;
  readonly #deadlineMs: number;
  readonly #concurrency: number;

  constructor(
    client: ApiGatewayManagementApiClient,
    { deadlineMs = 3_000, concurrency = 25 }: DeliverySettings = {},
  ) {
    this.#client = client;
    this.#deadlineMs = deadlineMs;
    this.#concurrency = concurrency;
  }

  /** Posts to one connection. Throws only for what no outcome describes. */
  post(connectionId: string, text: string): Promise<Outcome> {
    return this.#post({ connectionId, text }, performance.now() + this.#deadlineMs);
  }

  /** Tries every post, whatever becomes of the others, and tells of each in the order given. */
  async postAll(posts: readonly Post[]): Promise<Tried[]> {
    const deadline = performance.now() + this.#deadlineMs;
    const tried: Tried[] = [];
    const queue = posts.entries();
    const worker = async () => {
      for (const [place, post] of queue) tried[place] = await this.#try(post, deadline);
    };
    await Promise.all(Array.from({ length: this.#concurrency }, worker));
    return tried;
  }

  async #try(post: Post, deadline: number): Promise<Tried> {
    try {
      return { ...post, outcome: await this.#post(post, deadline) };
    } catch (error) {
      // One that fails must not keep the frame from the others.
      return { ...post, error };
    }
  }

  async #post({ connectionId, text }: Post, deadline: number): Promise<Outcome> {
    if (byteLength(text) > MAX_FRAME_BYTES) return 'too-large';
    if (performance.now() >= deadline) return 'timeout';
    const command = new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.from(text) });
    for (let attempt = 1; ; attempt++) {
      try {
        // Without options: only then does the client keep the steps that it has put together.
        await this.#client.send(command);
        return 'sent';
      } catch (error) {
        const waitMs = attempt < ATTEMPTS ? waitBeforeRepeating(error, attempt) : undefined;
        if (waitMs === undefined || performance.now() + waitMs >= deadline) return describe(error);
        await setTimeout(waitMs);
      }
    }
  }
}

/**
 * How long to wait before a post is tried again, in milliseconds; undefined for one that may have arrived, or never will.
 * A connection that was cut is nearly always one that API Gateway closed while the instance was frozen, unknown to it.
 */
function waitBeforeRepeating(error: unknown, attempt: number): number | undefined {
  if (outcomeOf(error) === 'throttled') return BACKOFF_MS * 2 ** attempt * (1 + Math.random());
  return wasCut(error) && attempt === 1 ? 0 : undefined;
}

const wasCut = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');

function describe(error: unknown): Outcome {
  const outcome = outcomeOf(error);
  if (outcome === undefined) throw error;
  return outcome;
}

/** By name: the SDK knows a class for some of these only, and gives no status code. */
function outcomeOf(error: unknown): Outcome | undefined {
  if (!(error instanceof Error)) return undefined;
  switch (error.name) {
    case 'GoneException':
      return 'gone';
    case 'BadRequestException':
      return error.message.includes('Invalid connectionId') ? 'gone' : undefined;
    case 'PayloadTooLargeException':
      return 'too-large';
    case 'LimitExceededException':
      return 'throttled';
    case 'ForbiddenException':
      return 'forbidden';
    case 'TimeoutError':
      return 'timeout';
    default:
      return undefined;
  }
}
