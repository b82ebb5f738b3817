import './environment.ts';
import { parseServerFrame, SUBPROTOCOL } from '#protocol';
import type { GatewayResponse } from '../events.ts';
import { withFaultsTold } from '../faults.ts';
import { onConnect } from '../onconnect.ts';
import { onDisconnect } from '../ondisconnect.ts';
import { onError } from '../onerror.ts';
import { onMessage } from '../onmessage.ts';
import { createParts } from '../parts.ts';
import { startDatabase } from './database.ts';
import { startGateway } from './gateway.ts';

export interface Handshake {
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string[]>;
  /** Whom an authorizer has found to have signed in. */
  readonly subject?: string;
}

/** The four routes over a real table and the real SDK, and verbs for what happens on a stage. */
export async function startStage({
  roomLimit = 200,
  terminals = true,
  frameRate = { rate: 1e6, burst: 1e6 },
} = {}) {
  const database = await startDatabase();
  const gateway = await startGateway();
  const clock = { now: Date.now() };
  const environment = {
    tableName: database.tableName,
    roomLimit,
    build: '0.1.0',
    functionName: 'test',
    stackName: 'test',
    doors: { origins: ['https://page.example'], terminals },
    frameRate,
  };
  const logged: string[] = [];
  const counted: string[] = [];
  const parts = createParts(
    environment,
    { database: database.client, gateway: gateway.client },
    { now: () => clock.now, write: (line) => logged.push(line), print: (line) => counted.push(line) },
  );
  const routes = {
    connect: onConnect(parts),
    disconnect: onDisconnect(parts),
    error: withFaultsTold(parts, onError(parts)),
    message: withFaultsTold(parts, onMessage(parts)),
  };
  let requests = 0;
  const context = (connectionId: string) => ({
    connectionId,
    requestId: `request${++requests}`,
    connectedAt: clock.now,
  });

  const stage = {
    ...parts,
    client: database.client,
    gateway,
    /** Every call that reached a server since the last time this was asked, as `<service>.<operation>`. */
    takeCalls: () => [...database.calls.splice(0), ...gateway.calls.splice(0)],
    clock,
    /** The lines of the functions' log. */
    logged,
    /** The lines of their metrics. */
    counted,
    connect: (
      connectionId: string,
      { query, headers = {}, subject }: Handshake = {},
    ): Promise<GatewayResponse> =>
      routes.connect({
        requestContext: {
          ...context(connectionId),
          ...(subject !== undefined && { authorizer: { subject } }),
        },
        multiValueHeaders: headers,
        ...(query && { queryStringParameters: query }),
      }),
    disconnect: (connectionId: string) => routes.disconnect({ requestContext: context(connectionId) }),
    /** A frame that `sendMessageRoute` takes. */
    send: (connectionId: string, frame: object) =>
      routes.message({
        requestContext: context(connectionId),
        body: JSON.stringify({ action: 'sendMessageRoute', ...frame }),
      }),
    /** A text that `$default` takes. */
    sendUnrouted: (connectionId: string, body: string) =>
      routes.error({ requestContext: context(connectionId), body }),
    /** Connects in v1 and says hello. */
    async join(connectionId: string, room = 'lobby', name?: string) {
      const query = { room, ...(name !== undefined && { name }) };
      await stage.connect(connectionId, { query, headers: { 'Sec-WebSocket-Protocol': [SUBPROTOCOL] } });
      await stage.send(connectionId, { type: 'hello', room });
    },
    /** What has been posted to a connection and not been taken yet, as it came. */
    takeTexts(connectionId: string): string[] {
      const mine = gateway.posts.filter((post) => post.connectionId === connectionId);
      const others = gateway.posts.filter((post) => post.connectionId !== connectionId);
      gateway.posts.splice(0, gateway.posts.length, ...others);
      return mine.map(({ text }) => text);
    },
    /** The same, as a v1 client reads it. */
    takeFrames: (connectionId: string) => stage.takeTexts(connectionId).map(parseServerFrame),
    async close() {
      await database.close();
      await gateway.close();
    },
  };
  return stage;
}

export type Stage = Awaited<ReturnType<typeof startStage>>;
