import { type Dialect, parseClientFrame } from '#protocol';
import type { Connection } from './people.ts';
import type { Presence } from './presence.ts';

/** Who sent the frame that is being handled; the registry may not, or no longer, know a connection of that id. */
export interface Sender {
  readonly connectionId: string;
  readonly connection: Connection | undefined;
}

/** The dialect to answer a frame in: its connection's, and where that is unknown, the one the frame is written in. */
export function dialectOf({ connection }: Sender, body: string): Dialect {
  if (connection) return connection.dialect;
  return parseClientFrame(body).type === 'malformed' ? 'plain' : 'v1';
}

/** Posts back to the sender of a frame; whether it was still there. */
export async function answer(
  presence: Pick<Presence, 'send'>,
  { connectionId, connection }: Sender,
  text: string,
): Promise<boolean> {
  const outcome = await presence.send(connectionId, connection?.room, text);
  if (outcome === 'sent' || outcome === 'gone') return outcome === 'sent';
  // Never silence [P32]: thrown, it makes API Gateway send a frame of its own, which no rate limit keeps back.
  throw new Error(`the answer was not delivered: ${outcome}`);
}
