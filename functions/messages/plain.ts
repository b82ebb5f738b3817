import { type Malformed, type Message, parsePlainRequest, type PlainRequest } from '#protocol';
import { randomUUID } from 'node:crypto';
import { answer, type Sender } from '../answer.ts';
import type { Directory } from '../directory.ts';
import type { Count } from '../metrics.ts';
import { invalid, NOT_MEMBER, type Refusal, refuse } from '../refusals.ts';
import { forward, type ForwardParts } from './forward.ts';

export interface PlainParts extends ForwardParts {
  readonly directory: Pick<Directory, 'find' | 'member'>;
  readonly now: () => number;
  readonly count: Count;
}

/** Does what a plain client's frame asks, and gives the line that refuses it if it cannot be done [P32]. */
export async function handlePlain(
  parts: PlainParts,
  body: string,
  sender: Sender,
): Promise<string | undefined> {
  const refusal = await act(parts, parsePlainRequest(body), sender);
  return refusal && refuse(parts, 'plain', refusal);
}

async function act(
  parts: PlainParts,
  request: PlainRequest | Malformed,
  sender: Sender,
): Promise<Refusal | undefined> {
  switch (request.type) {
    case 'malformed':
      return invalid(request);
    case 'who-am-i':
      await answer(parts.presence, sender, `YOUR ID: ${sender.connectionId}`);
      return undefined;
    case 'message':
      return message(parts, request.forward, request.data, sender);
  }
}

async function message(parts: PlainParts, to: string, data: string, { connection }: Sender) {
  const member = connection && (await parts.directory.member(connection));
  if (member === undefined) return NOT_MEMBER;
  const { connectionId: from, session, subject, room } = member;
  const who = { from, session, ...(subject !== undefined && { subject }) };
  const frame: Message = { type: 'message', ...who, id: randomUUID(), data, sentAt: parts.now() };
  return forward(parts, { to, from: room }, (dialect) =>
    dialect === 'plain' ? data : JSON.stringify(frame),
  );
}
