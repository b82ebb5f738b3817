import type { Ping, Pong } from '#protocol';
import { answer } from '../answer.ts';
import type { Registry } from '../connections.ts';
import type { Directory } from '../directory.ts';
import type { Connection } from '../people.ts';
import type { Presence } from '../presence.ts';
import { NOT_MEMBER, type Refusal } from '../refusals.ts';

interface Parts {
  readonly registry: Pick<Registry, 'renew' | 'listed'>;
  readonly directory: Pick<Directory, 'remember'>;
  readonly presence: Pick<Presence, 'send'>;
}

/** Renews the lease, and tells who is listed now [P13]. */
export async function ping(
  { registry, directory, presence }: Parts,
  { id }: Ping,
  sender: Connection,
): Promise<Refusal | undefined> {
  const member = await registry.renew(sender);
  if (member === undefined) return NOT_MEMBER;
  directory.remember(member);
  const members = await registry.listed(sender.room);
  const pong: Pong = { type: 'pong', id, listed: members.map(({ connectionId }) => connectionId) };
  await answer(presence, { connectionId: sender.connectionId, connection: sender }, JSON.stringify(pong));
  return undefined;
}
