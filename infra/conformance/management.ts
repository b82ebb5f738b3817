import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { EndpointSettings } from './endpoint-settings.ts';
import { NotAsked } from './not-asked.ts';
import { isRecord } from './seen-event.ts';

/** An answer of `@connections`, as it came over the wire. */
export interface ManagementAnswer {
  readonly status: number;
  readonly errorType: string;
  readonly body: string;
  /** The name by which the SDK knows the error; empty when there is none. */
  readonly errorName: string;
}

/** Calls `@connections` by the SDK, which signs with the credentials of its default chain. */
export class Management {
  readonly #url: string;
  readonly #region: string;

  constructor({ managementUrl, region }: Pick<EndpointSettings, 'managementUrl' | 'region'>) {
    this.#url = managementUrl.replace(/\/$/, '');
    this.#region = region;
  }

  /** `path` makes the path that is signed and sent of the usual one. */
  post(ConnectionId: string, Data: string, path?: (usual: string) => string): Promise<ManagementAnswer> {
    return this.#call((client) => {
      if (path !== undefined) changePath(client, path);
      return client.send(new PostToConnectionCommand({ ConnectionId, Data }));
    });
  }
  get(ConnectionId: string): Promise<ManagementAnswer> {
    return this.#call((client) => client.send(new GetConnectionCommand({ ConnectionId })));
  }
  delete(ConnectionId: string): Promise<ManagementAnswer> {
    return this.#call((client) => client.send(new DeleteConnectionCommand({ ConnectionId })));
  }

  /** The headers of a handshake at `url` that the SDK has signed: those of a `GetConnection` that is never sent, of another path. */
  async signedHandshake(url: string): Promise<Readonly<Record<string, string>>> {
    const { origin, pathname } = new URL(url.replace(/^ws/, 'http'));
    const client = new ApiGatewayManagementApiClient({ endpoint: origin, region: this.#region });
    changePath(client, () => pathname);
    let headers: Readonly<Record<string, string>> = {};
    client.middlewareStack.add(
      () => (args) => {
        if (isSigned(args.request)) ({ headers } = args.request);
        return Promise.reject(new Taken());
      },
      { step: 'finalizeRequest', priority: 'low', name: 'take' },
    );
    try {
      await client.send(new GetConnectionCommand({ ConnectionId: 'none' }));
    } catch (error) {
      if (!(error instanceof Taken)) throw orNotAsked(error);
    } finally {
      client.destroy();
    }
    return headers;
  }

  /** A call that nobody has signed. */
  async unsigned(connectionId: string): Promise<ManagementAnswer> {
    const response = await fetch(`${this.#url}/@connections/${encodeURIComponent(connectionId)}`, {
      method: 'POST',
      body: 'x',
    });
    const errorType = response.headers.get('x-amzn-errortype') ?? '';
    return { status: response.status, errorType, body: await response.text(), errorName: '' };
  }

  /** With a client of its own, which tries once: what is asked is the endpoint, not the SDK. */
  async #call(send: (client: ApiGatewayManagementApiClient) => Promise<unknown>): Promise<ManagementAnswer> {
    const client = new ApiGatewayManagementApiClient({
      endpoint: this.#url,
      region: this.#region,
      maxAttempts: 1,
    });
    const seen = watch(client);
    try {
      await send(client);
      return { ...(await seen), errorName: '' };
    } catch (error) {
      const errorName = error instanceof Error ? error.name : String(error);
      if (!isRecord(error) || error['$response'] === undefined) throw orNotAsked(error);
      return { ...(await seen), errorName };
    } finally {
      client.destroy();
    }
  }
}

/** Thrown in place of a request that was only to be signed. */
class Taken extends Error {}

/** An error of a call, which was none without credentials. */
const orNotAsked = (error: unknown): unknown =>
  error instanceof Error && error.name === 'CredentialsProviderError'
    ? new NotAsked('needs AWS credentials (for the runner any will do)', { cause: error })
    : error;

/** The answer to the client's one call, between the wire and the SDK's reading of it. */
function watch(client: ApiGatewayManagementApiClient): Promise<Omit<ManagementAnswer, 'errorName'>> {
  const { promise, resolve } = Promise.withResolvers<Omit<ManagementAnswer, 'errorName'>>();
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (isResponse(response)) {
        const bytes = await bytesOf(response.body);
        const errorType = response.headers['x-amzn-errortype'] ?? '';
        resolve({ status: response.statusCode, errorType, body: bytes.toString('utf8') });
        response.body = bytes;
      }
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'watch' },
  );
  return promise;
}

function changePath(client: ApiGatewayManagementApiClient, path: (usual: string) => string): void {
  client.middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      if (isRequest(request)) request.path = path(request.path);
      return next(args);
    },
    { step: 'build', priority: 'low', name: 'changePath' },
  );
}

interface RawResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  body: unknown;
}

const isRequest = (value: unknown): value is { path: string } =>
  isRecord(value) && typeof value['path'] === 'string';
const isSigned = (value: unknown): value is { headers: Readonly<Record<string, string>> } =>
  isRecord(value) && isRecord(value['headers']) && 'authorization' in value['headers'];
const isResponse = (value: unknown): value is RawResponse =>
  isRecord(value) && typeof value['statusCode'] === 'number';

async function bytesOf(body: unknown): Promise<Buffer> {
  if (!isIterable(body)) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const isIterable = (body: unknown): body is AsyncIterable<Uint8Array> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
