import type { Resume } from '#protocol';
import { type Conversation, type Conversations, isOpen, type Line } from './conversation.ts';
import { type Outbox, statusOf } from './outbox.ts';
import type { Inbox } from './receiver.ts';
import { INITIAL, type State } from './state.ts';

/** What must not be lost: who we are, what nobody has confirmed, and how far we have shown what we were told. */
export interface Vital {
  readonly resume: Resume;
  readonly outbox: Outbox;
  readonly streams: Inbox['streams'];
}

/** What is on screen. */
export interface Transcript {
  readonly conversations: Conversations;
  readonly selected?: string;
}

/** All that the next client of a tab goes on with. */
export type Memories = Vital & Transcript;

/** Where a tab keeps it. */
export interface Memory {
  recall(): Memories | undefined;
  keep(vital: Vital): void;
  /** Of as much as there is room for. */
  keepTranscript(transcript: Transcript): void;
}

/** The state in which a client begins that remembers. Nobody is there yet. */
export function restored({ resume, outbox, streams, conversations, selected }: Memories): State {
  return {
    ...INITIAL,
    outbox,
    inbox: { ...INITIAL.inbox, streams },
    conversations: new Map(
      [...conversations].map(([session, conversation]) => [session, reconciled(conversation, outbox)]),
    ),
    session: resume.session,
    ...(selected !== undefined && { selected }),
  };
}

/** The outbox is stored before the transcript, and the last moments of that may be missing. */
function reconciled(conversation: Conversation, outbox: Outbox): Conversation {
  const { pending = [], stream = '' } = outbox.get(conversation.peer.session) ?? {};
  const waiting = new Map(pending.map((message) => [message.id, message]));
  const lines = conversation.lines.map((line): Line => {
    if (!line.sent) return line;
    const message = waiting.get(line.id);
    waiting.delete(line.id);
    if (message) return { ...line, sent: { ...line.sent, status: statusOf(message) } };
    return isOpen(line, conversation.peer)
      ? { ...line, sent: { ...line.sent, status: { kind: 'unconfirmed' } } }
      : line;
  });
  const missing = [...waiting.values()].map((message): Line => {
    const { id, text, at, seq } = message;
    return { id, text, at, sent: { stream, seq, status: statusOf(message) } };
  });
  return { ...conversation, lines: [...lines, ...missing] };
}
