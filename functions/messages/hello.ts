import type { Hello } from '#protocol';
import { admit } from '../admission.ts';
import { answer } from '../answer.ts';
import type { Registry, Removal } from '../connections.ts';
import type { Directory } from '../directory.ts';
import { cameBefore, type Connection, type Member, toPeer } from '../people.ts';
import type { Presence } from '../presence.ts';
import { NOT_MEMBER, type Refusal, roomFull } from '../refusals.ts';
import { newSession, type Sessions } from '../sessions.ts';
import { welcomePages } from '../welcome.ts';

interface Parts {
  readonly registry: Pick<Registry, 'enlist' | 'listed' | 'remove'>;
  readonly sessions: Pick<Sessions, 'proves' | 'move' | 'grant' | 'lapse'>;
  readonly directory: Pick<Directory, 'remember' | 'forget'>;
  readonly presence: Pick<Presence, 'send' | 'joined' | 'left' | 'departed'>;
  readonly roomLimit: number;
  readonly build: string;
}

/** Lists a v1 connection, welcomes it, and tells the others [P7] [P20]. Whatever of it was done before is done again. */
export async function hello(parts: Parts, frame: Hello, sender: Connection): Promise<Refusal | undefined> {
  const { registry, sessions, directory, presence, roomLimit, build } = parts;
  const { connectionId, connectedAt, room } = sender;
  if (frame.room !== room) return { code: 'invalid', reason: 'room must be the room of the connection' };

  const proven =
    frame.resume && (await sessions.proves(frame.resume, room, sender.subject)) ? frame.resume : undefined;
  const member = await registry.enlist(sender, proven?.session ?? newSession());
  if (member === undefined) return NOT_MEMBER;
  const { session } = member;
  const recovered = proven?.session === session;
  const resumeKey = await hold(sessions, member, recovered ? proven.key : undefined);

  // Listed first and read second [P20], so that two who come at once cannot both overlook each other or the limit [P24].
  const replaced: Removal[] = [];
  const look = () => roomOf(parts, member, replaced);
  const members = resumeKey === undefined ? [] : await admit(member, roomLimit, look);
  if (resumeKey === undefined || members === 'full' || members.length === 0) {
    if (members === 'full') await registry.remove(sender);
    else await presence.left(sender);
    await presence.departed(room, replaced);
    // If it left before it held its session, nobody else has let that end.
    await sessions.lapse(session, connectionId);
    return members === 'full' ? roomFull(roomLimit) : NOT_MEMBER;
  }
  directory.remember(member);

  const peers = members.filter((other) => other.connectionId !== connectionId).map(toPeer);
  const self = { connectionId, connectedAt, room, session, resumeKey, recovered, build };
  const pages = welcomePages({ type: 'welcome', ...self, peers });
  const to = { connectionId, connection: sender };
  const arrived = await Promise.all(pages.map((page) => answer(presence, to, JSON.stringify(page))));
  // One that has gone meanwhile has left already, and `left` is final; then nothing else tells of those it replaced.
  if (arrived.every(Boolean)) await presence.joined(member, members);
  else await presence.departed(room, replaced);
  return undefined;
}

/** Takes the session to its connection and gives the key that resumes it; undefined when a newer one has it [P16]. */
async function hold(sessions: Parts['sessions'], member: Member, key?: string): Promise<string | undefined> {
  if (key === undefined) return sessions.grant(member.session, member);
  return (await sessions.move(member.session, member)) ? key : undefined;
}

/**
 * Everyone who is listed, after the connections that `member` replaces are out, which `replaced` then tells [P16]; nobody when it is
 * replaced itself, or has left.
 * Read again after the removal: who came before that is seen and told, and who comes later does not see the replaced.
 */
async function roomOf(
  { registry, directory }: Parts,
  member: Member,
  replaced: Removal[],
): Promise<readonly Member[]> {
  for (;;) {
    const members = await registry.listed(member.room);
    const others = members.filter(({ connectionId }) => connectionId !== member.connectionId);
    if (others.length === members.length) return [];
    const rivals = others.filter(({ session }) => session === member.session);
    if (rivals.length === 0) return members;
    if (rivals.some((rival) => cameBefore(member, rival))) return [];
    for (const rival of rivals) {
      directory.forget(rival.connectionId);
      const removal = await registry.remove(rival);
      if (removal) replaced.push(removal);
    }
  }
}
