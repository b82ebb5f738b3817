import type { Hello } from '#protocol';
import { answer } from '../answer.ts';
import type { Registry } from '../connections.ts';
import type { Directory } from '../directory.ts';
import { type Connection, toPeer } from '../people.ts';
import type { Presence } from '../presence.ts';
import { NOT_MEMBER, type Refusal, roomFull } from '../refusals.ts';
import { newSession, type Sessions } from '../sessions.ts';
import { welcomePages } from '../welcome.ts';

interface Parts {
  readonly registry: Pick<Registry, 'enlist' | 'listed' | 'remove'>;
  readonly sessions: Pick<Sessions, 'open'>;
  readonly directory: Pick<Directory, 'remember'>;
  readonly presence: Pick<Presence, 'send' | 'joined'>;
  readonly roomLimit: number;
  readonly build: string;
}

/** Lists a v1 connection, welcomes it, and tells the others [P7] [P20]. */
export async function hello(parts: Parts, frame: Hello, sender: Connection): Promise<Refusal | undefined> {
  const { registry, sessions, directory, presence, roomLimit, build } = parts;
  const { connectionId, connectedAt, room } = sender;
  if (frame.room !== room) return { code: 'invalid', reason: 'room must be the room of the connection' };

  const member = await registry.enlist(sender, newSession());
  if (member === 'absent') return NOT_MEMBER;
  if (member === 'already-listed') return { code: 'invalid', reason: 'hello was already said' };

  // Listed first and read second [P20], so that two who come at once cannot both overlook each other or the limit [P24].
  const members = await registry.listed(room);
  if (members.length > roomLimit) {
    await registry.remove(sender);
    return roomFull(roomLimit);
  }
  directory.remember(member);

  const { session } = member;
  const resumeKey = await sessions.open(session, sender);
  const peers = members.filter((other) => other.connectionId !== connectionId).map(toPeer);
  const self = { connectionId, connectedAt, room, session, resumeKey, recovered: false, build };
  const pages = welcomePages({ type: 'welcome', ...self, peers });
  const to = { connectionId, connection: sender };
  const arrived = await Promise.all(pages.map((page) => answer(presence, to, JSON.stringify(page))));
  // One that has gone meanwhile has left already, and `left` is final.
  if (arrived.every(Boolean)) await presence.joined(member, members);
  return undefined;
}
