import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import { ACTION, type Peer, type RefusalCode, SUBPROTOCOL, type Welcome } from '#protocol';
import { until } from './until.ts';

/** Where and as what to connect; `extra` goes to the WebSocket library. */
export interface Approach {
  readonly room?: string;
  readonly name?: string;
  readonly subprotocols?: readonly string[];
  readonly extra?: ClientOptions;
}

/** A socket and nothing around it: says any bytes, and keeps every frame as it came. */
export class RawClient {
  readonly socket: WebSocket;
  readonly #texts: string[] = [];
  #ending: { readonly code: number; readonly reason: string } | undefined;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => this.#texts.push(data.toString('utf8')));
    socket.on('close', (code, reason) => (this.#ending = { code, reason: reason.toString('utf8') }));
    // A socket that the server cuts may report a failing write as well; its ending says what matters.
    socket.on('error', () => undefined);
  }

  /** What has come and has not been taken by `next`. */
  get waiting(): readonly string[] {
    return this.#texts;
  }

  /** The next frame, byte for byte. */
  next(): Promise<string> {
    return until('a frame', () => {
      if (this.#ending !== undefined && this.#texts.length === 0)
        throw new Error(`the socket has closed: ${JSON.stringify(this.#ending)}`);
      return this.#texts.shift();
    });
  }

  /** Sends a text, or bytes that claim to be text. */
  say(frame: string | Buffer): void {
    this.socket.send(frame, { binary: false });
  }

  /** Sends an object that the route of messages takes. */
  send(frame: object): void {
    this.say(JSON.stringify({ action: ACTION, ...frame }));
  }

  /** Sends and gives what comes next. */
  async ask(frame: string | Buffer): Promise<string> {
    this.say(frame);
    return this.next();
  }

  /** How the socket ended. */
  ended(): Promise<{ readonly code: number; readonly reason: string }> {
    return until('the socket to close', () => this.#ending);
  }

  /** Leaves as a well-behaved client does. */
  async leave(): Promise<void> {
    this.socket.close(1000);
    await this.ended();
  }
}

/** A connection of the plain dialect that knows its own id. */
export interface Terminal {
  readonly client: RawClient;
  readonly id: string;
}

/** A connection of v1 that has been welcomed. */
export interface Program {
  readonly client: RawClient;
  readonly id: string;
  readonly welcome: Welcome;
}

function webSocket(url: string, { room, name, subprotocols = [], extra = {} }: Approach): WebSocket {
  const address = new URL(url);
  if (room !== undefined) address.searchParams.set('room', room);
  if (name !== undefined) address.searchParams.set('name', name);
  // Uncompressed, so that a frame is as long on the wire as its text.
  return new WebSocket(address, [...subprotocols], {
    perMessageDeflate: false,
    handshakeTimeout: 10_000,
    ...extra,
  });
}

/** Connects; rejects when the handshake is refused. */
export async function connect(url: string, approach: Approach = {}): Promise<RawClient> {
  const client = new RawClient(webSocket(url, approach));
  await once(client.socket, 'open');
  return client;
}

/** Connects in the plain dialect and asks who it is. */
export async function connectTerminal(url: string, approach: Approach = {}): Promise<Terminal> {
  const client = await connect(url, approach);
  const answer = await client.ask(JSON.stringify({ action: ACTION, data: 'who am i' }));
  const id = /^YOUR ID: (\S+)$/.exec(answer)?.[1];
  if (id === undefined) throw new Error(`no id in ${answer}`);
  return { client, id };
}

/** Connects in v1, says hello and is welcomed. */
export async function connectProgram(url: string, room: string, name?: string): Promise<Program> {
  const client = await connect(url, {
    room,
    ...(name !== undefined && { name }),
    subprotocols: [SUBPROTOCOL],
  });
  client.send({ type: 'hello', room });
  const welcome = JSON.parse(await client.next()) as Welcome;
  return { client, id: welcome.connectionId, welcome };
}

/** The status with which a handshake is refused. */
export async function refusalOf(url: string, approach: Approach): Promise<number | undefined> {
  const socket = webSocket(url, approach);
  const failed = Promise.withResolvers<number | undefined>();
  socket.on('error', (error) => failed.reject(error));
  socket.on('unexpected-response', (request, response) => {
    failed.resolve(response.statusCode);
    response.resume();
    request.destroy();
  });
  socket.on('open', () => {
    socket.terminate();
    failed.reject(new Error('the handshake was accepted'));
  });
  return failed.promise;
}

/** The bytes of a refusal in v1. */
export const refused = (code: RefusalCode, reason: string, id?: string): string =>
  JSON.stringify({ type: 'refused', ...(id !== undefined && { id }), code, reason });

/** The peer that a `joined` tells of. */
export const peerIn = (frame: string): Peer => (JSON.parse(frame) as { readonly peer: Peer }).peer;
