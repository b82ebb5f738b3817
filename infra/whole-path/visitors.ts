import { ACTION } from '#protocol';
import type { ClientOptions } from '../../web/src/app/connection/client.ts';
import { Page } from './page.ts';
import {
  type Approach,
  connect,
  connectProgram,
  connectTerminal,
  type Program,
  type RawClient,
  type Terminal,
} from './raw-client.ts';
import { newRoom, type Stage } from './stage.ts';
import { undoing } from './undoing.ts';

/** Verbs that open clients of the suite's stage. Whoever still is there when a spec ends is taken away. */
export function visitors(stage: () => Stage) {
  const undo = undoing();
  const cutAfterwards = <T extends { readonly client: RawClient }>(visitor: T): T => {
    undo(() => visitor.client.socket.terminate());
    return visitor;
  };
  return {
    undo,
    open: async (approach: Approach): Promise<RawClient> =>
      cutAfterwards({ client: await connect(stage().url, approach) }).client,
    openTerminal: async (room = newRoom(), name = ''): Promise<Terminal> =>
      cutAfterwards(await connectTerminal(stage().url, { room, name })),
    openProgram: async (room = newRoom()): Promise<Program> =>
      cutAfterwards(await connectProgram(stage().url, room)),
    openPage: (room: string, name: string, options: Partial<ClientOptions> = {}): Page => {
      const page = new Page({ url: stage().url, WebSocket: globalThis.WebSocket, ...options, room, name });
      undo(() => page.client.close());
      return page;
    },
  };
}

/** The connection still answers, and nothing else was said. */
export async function expectAliveTerminal({ client, id }: Terminal): Promise<void> {
  expect(await client.ask(JSON.stringify({ action: ACTION }))).toBe(`YOUR ID: ${id}`);
  expect(client.waiting).toEqual([]);
}

/** The connection still answers, nothing else was said, and nobody else is in its room. */
export async function expectAliveProgram({ client, id }: Program): Promise<void> {
  const pong = await client.ask(JSON.stringify({ action: ACTION, type: 'ping', id: 'alive' }));
  expect(pong).toBe(JSON.stringify({ type: 'pong', id: 'alive', listed: [id] }));
  expect(client.waiting).toEqual([]);
}
