import { byteLength, MAX_FRAME_BYTES } from '#protocol';
import {
  type ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';

/** What became of a post. */
export type Outcome = 'sent' | 'gone' | 'too-large' | 'throttled' | 'timeout' | 'forbidden';

export interface Post {
  readonly connectionId: string;
  readonly text: string;
}

/** A post that was tried; one that failed in a way no outcome describes carries its error. */
export type Tried = Post & ({ readonly outcome: Outcome } | { readonly error: unknown });

export interface DeliverySettings {
  /** How long one call may take, all its posts and their repetitions together. */
  readonly deadlineMs?: number;
  /** How many posts are under way at once. */
  readonly concurrency?: number;
}

/** Sends frames to connections through API Gateway. */
export class Delivery {
  readonly #client: ApiGatewayManagementApiClient;
  readonly #deadlineMs: number;
  readonly #concurrency: number;

  constructor(
    client: ApiGatewayManagementApiClient,
    { deadlineMs = 5_000, concurrency = 25 }: DeliverySettings = {},
  ) {
    this.#client = client;
    this.#deadlineMs = deadlineMs;
    this.#concurrency = concurrency;
  }

  /** Posts to one connection. Throws only for what no outcome describes. */
  post(connectionId: string, text: string): Promise<Outcome> {
    return this.#post({ connectionId, text }, AbortSignal.timeout(this.#deadlineMs));
  }

  /** Tries every post, whatever becomes of the others, and tells of each in the order given. */
  async postAll(posts: readonly Post[]): Promise<Tried[]> {
    const deadline = AbortSignal.timeout(this.#deadlineMs);
    const tried: Tried[] = [];
    const queue = posts.entries();
    const worker = async () => {
      for (const [place, post] of queue) tried[place] = await this.#try(post, deadline);
    };
    await Promise.all(Array.from({ length: this.#concurrency }, worker));
    return tried;
  }

  async #try(post: Post, deadline: AbortSignal): Promise<Tried> {
    try {
      return { ...post, outcome: await this.#post(post, deadline) };
    } catch (error) {
      // One that fails must not keep the frame from the others.
      return { ...post, error };
    }
  }

  async #post({ connectionId, text }: Post, deadline: AbortSignal): Promise<Outcome> {
    if (byteLength(text) > MAX_FRAME_BYTES) return 'too-large';
    const command = new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.from(text) });
    try {
      await this.#client.send(command, { abortSignal: deadline });
      return 'sent';
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome === undefined) throw error;
      return outcome;
    }
  }
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
    case 'AbortError':
    case 'TimeoutError':
      return 'timeout';
    default:
      return undefined;
  }
}
