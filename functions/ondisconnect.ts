/** `$disconnect`: a connection has closed [P21]. */
import type { Registry } from './connections.ts';
import type { DisconnectEvent, GatewayResponse } from './events.ts';
import type { Log } from './log.ts';
import { parts } from './parts.ts';
import type { Presence } from './presence.ts';

interface Parts {
  readonly registry: Pick<Registry, 'find'>;
  readonly presence: Pick<Presence, 'left'>;
  readonly log: Pick<Log, 'fault'>;
}

export const onDisconnect =
  ({ registry, presence, log }: Parts) =>
  async (event: DisconnectEvent): Promise<GatewayResponse> => {
    try {
      const connection = await registry.find(event.requestContext.connectionId);
      if (connection) await presence.left(connection);
      return { statusCode: 200, body: 'Disconnected! Good-bye WebSocket App!' };
    } catch (error) {
      // The connection is closed: nobody is left to tell, and its lease takes the rest away.
      log.fault('the connection was not removed', event, error);
      return { statusCode: 500, body: 'Failed to disconnect' };
    }
  };

export const handler = onDisconnect(parts);
