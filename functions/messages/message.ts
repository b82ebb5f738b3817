import type { Message, MessageRequest } from '#protocol';
import type { Directory } from '../directory.ts';
import type { Connection } from '../people.ts';
import { NOT_MEMBER, type Refusal } from '../refusals.ts';
import { forward, type ForwardParts } from './forward.ts';

interface Parts extends ForwardParts {
  readonly directory: Pick<Directory, 'find' | 'member'>;
  readonly now: () => number;
}

/** Forwards a message of a v1 client [P10] [P11] [P12]. */
export async function message(
  parts: Parts,
  { forward: to, id, stream, seq, base, data }: MessageRequest,
  sender: Connection,
): Promise<Refusal | undefined> {
  const member = await parts.directory.member(sender);
  if (member === undefined) return NOT_MEMBER;
  const { connectionId: from, session, subject, room } = member;
  const sentAt = parts.now();
  const who = { from, session, ...(subject !== undefined && { subject }) };
  const frame: Message = { type: 'message', ...who, id, stream, seq, base, data, sentAt };
  return forward(parts, { to, from: room }, (dialect) =>
    dialect === 'plain' ? data : JSON.stringify(frame),
  );
}
