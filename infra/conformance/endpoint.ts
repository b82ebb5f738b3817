import { type ClientOptions, WebSocket } from 'ws';
import type { EndpointSettings } from './endpoint-settings.ts';
import { Management } from './management.ts';
import { NotAsked } from './not-asked.ts';
import { Visitor } from './visitor.ts';
import { within } from './within.ts';

export interface Visit {
  readonly query?: string;
  readonly protocols?: readonly string[];
  readonly options?: ClientOptions;
  /** The URL, where it is not the main API's. */
  readonly url?: string;
}

/** An endpoint with the conformance handlers, and everybody who has visited it. */
export class Endpoint {
  readonly settings: EndpointSettings;
  readonly management: Management;
  readonly #visitors = new Set<Visitor>();

  constructor(settings: EndpointSettings) {
    this.settings = settings;
    this.management = new Management(settings);
  }

  get selectionUrl(): string {
    return given(this.settings.selectionUrl, '--selection-url');
  }
  get authorizerUrl(): string {
    return given(this.settings.authorizerUrl, '--authorizer-url');
  }
  get mappingUrl(): string {
    return given(this.settings.mappingUrl, '--mapping-url');
  }
  get signedUrl(): string {
    return given(this.settings.signedUrl, '--signed-url');
  }

  /** Rejects with a sentence when nobody answers at its URL: that says nothing of any promise. */
  async reach(): Promise<void> {
    try {
      await this.knock({});
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`${this.settings.url} is not there to be asked: ${why}`, { cause: error });
    }
  }

  /** Connects; rejects when the handshake is refused. */
  async visit(visit: Visit = {}): Promise<Visitor> {
    const visitor = new Visitor(this.#socket(visit), this.settings.patienceMs);
    this.#visitors.add(visitor);
    await visitor.opened;
    return visitor;
  }

  /** The answer to a handshake, refused or not: `101`, or the status with the body. */
  async knock(
    visit: Visit,
  ): Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }> {
    const socket = this.#socket(visit);
    // Its end is no news here.
    socket.on('error', () => undefined);
    try {
      return await within(
        this.settings.patienceMs,
        'no answer to the handshake',
        new Promise((resolve, reject) => {
          socket.once('upgrade', ({ headers }) => resolve({ status: 101, body: '', headers }));
          socket.once('unexpected-response', (_request, response) => {
            let body = '';
            response.setEncoding('utf8').on('data', (text: string) => (body += text));
            response.on('end', () =>
              resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
            );
          });
          socket.once('error', reject);
          socket.once('close', () => reject(new Error('the handshake ended without an answer')));
        }),
      );
    } finally {
      socket.terminate();
    }
  }

  /** Begins a handshake and leaves it to the caller. */
  begin(visit: Visit): WebSocket {
    const socket = this.#socket(visit);
    socket.on('error', () => undefined);
    return socket;
  }

  close(): void {
    for (const visitor of this.#visitors) visitor.socket.terminate();
  }

  #socket({ query = '', protocols = [], options = {}, url = this.settings.url }: Visit): WebSocket {
    return new WebSocket(`${url}${query}`, [...protocols], { perMessageDeflate: false, ...options });
  }
}

function given(url: string | undefined, flag: string): string {
  if (url === undefined) throw new NotAsked(`needs ${flag}`);
  return url;
}
