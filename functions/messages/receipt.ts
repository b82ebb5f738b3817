import type { Receipt, ReceiptRequest } from '#protocol';
import type { Directory } from '../directory.ts';
import { mayReach } from '../invitation.ts';
import type { Connection } from '../people.ts';
import type { Presence } from '../presence.ts';
import { NOT_MEMBER, type Refusal, refusalFor } from '../refusals.ts';

interface Parts {
  readonly directory: Pick<Directory, 'find' | 'member'>;
  readonly presence: Pick<Presence, 'send'>;
}

/** Forwards a receipt to a v1 peer; nobody is told whether it arrived [P14]. */
export async function receipt(
  { directory, presence }: Parts,
  { forward: to, ids }: ReceiptRequest,
  sender: Connection,
): Promise<Refusal | undefined> {
  const member = await directory.member(sender);
  if (member === undefined) return NOT_MEMBER;
  const receiver = await directory.find(to);
  if (receiver?.dialect !== 'v1' || !mayReach(member.room, receiver.room)) return undefined;
  const frame: Receipt = { type: 'receipt', from: member.connectionId, session: member.session, ids };
  // Called for what it throws: a function that may not post is a fault here too.
  refusalFor(await presence.send(to, receiver.room, JSON.stringify(frame)));
  return undefined;
}
