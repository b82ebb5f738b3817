import type { Ping, Pong } from '#protocol';
import { answer } from '../answer.ts';
import type { Registry } from '../connections.ts';
import type { Directory } from '../directory.ts';
import { type Connection, type Member, toPeer } from '../people.ts';
import { pongWith } from '../pong.ts';
import type { Presence } from '../presence.ts';
import { NOT_MEMBER, type Refusal } from '../refusals.ts';

interface Parts {
  readonly registry: Pick<Registry, 'renew' | 'listed'>;
  readonly directory: Pick<Directory, 'remember'>;
  readonly presence: Pick<Presence, 'send'>;
}

/** Renews the lease, and tells who is listed now and who of them is news [P13]. */
export async function ping(
  { registry, directory, presence }: Parts,
  { id, known }: Ping,
  sender: Connection,
): Promise<Refusal | undefined> {
  const member = await registry.renew(sender);
  if (member === undefined) return NOT_MEMBER;
  directory.remember(member);
  const members = await registry.listed(sender.room);
  const pong: Pong = { type: 'pong', id, listed: members.map(({ connectionId }) => connectionId) };
  const strangers = known === undefined ? [] : strangersTo(member, members, new Set(known));
  const text = JSON.stringify(pongWith(pong, strangers.map(toPeer)));
  await answer(presence, { connectionId: sender.connectionId, connection: sender }, text);
  return undefined;
}

/** Who is listed besides the receiver and a connection that it has replaced [P16], and not known to it. */
const strangersTo = ({ session }: Member, members: readonly Member[], known: ReadonlySet<string>): Member[] =>
  members.filter((other) => other.session !== session && !known.has(other.connectionId));
