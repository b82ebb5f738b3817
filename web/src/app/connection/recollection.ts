import { type Peer, REFUSAL_CODES, type Resume } from '#protocol';
import type { Conversation, Line } from './conversation.ts';
import {
  type Guard,
  isFlag,
  isListOf,
  isNumber,
  isObjectOf,
  isOneOf,
  isPairOf,
  isText,
  maybe,
} from './guards.ts';
import type { Memories } from './memory.ts';
import type { Pair, Pending, Refusal, Status, Stream } from './outbox.ts';
import type { StoredFlow, StoredTranscript, StoredVital, Version } from './stored.ts';

const isRefusal = isObjectOf<Refusal>({
  code: isOneOf(...REFUSAL_CODES, 'not-sent', 'not-invited'),
  reason: isText,
});
const isBare = isObjectOf<{ readonly kind: 'sent' | 'delivered' | 'cancelled' }>({
  kind: isOneOf('sent', 'delivered', 'cancelled'),
});
const isOpen = isObjectOf<{ readonly kind: 'queued' | 'unconfirmed'; readonly refusal?: Refusal }>({
  kind: isOneOf('queued', 'unconfirmed'),
  refusal: maybe(isRefusal),
});
const isRefused = isObjectOf<{ readonly kind: 'refused' }>({ kind: isOneOf('refused') });
const isStatus: Guard<Status> = (value): value is Status =>
  isBare(value) || isOpen(value) || (isRefused(value) && isRefusal(value));

const isPeer = isObjectOf<Peer>({
  connectionId: isText,
  session: isText,
  name: maybe(isText),
  subject: maybe(isText),
  dialect: isOneOf('plain', 'v1'),
  connectedAt: isNumber,
});
const isLine = isObjectOf<Line>({
  id: isText,
  text: isText,
  at: isNumber,
  sent: maybe(isObjectOf<NonNullable<Line['sent']>>({ stream: isText, seq: isNumber, status: isStatus })),
});
const isConversation = isObjectOf<Conversation>({
  peer: isPeer,
  lines: isListOf(isLine),
  unread: isNumber,
  newFrom: maybe(isText),
  dropped: maybe(isNumber),
  awaySince: maybe(isNumber),
});
const isPair = isObjectOf<Pair>({ ours: isText, theirs: isText });
const isPending = isObjectOf<Pending>({
  id: isText,
  seq: isNumber,
  text: isText,
  bytes: isNumber,
  at: isNumber,
  dueAt: isNumber,
  pair: maybe(isPair),
  sends: isNumber,
  refusal: maybe(isRefusal),
  doubtful: isFlag,
});
const isStream = isObjectOf<Stream>({
  stream: isText,
  next: isNumber,
  pending: isListOf(isPending),
  former: maybe(
    isListOf(
      isObjectOf<{ readonly stream: string; readonly next: number }>({ stream: isText, next: isNumber }),
    ),
  ),
  latest: maybe(isObjectOf<NonNullable<Stream['latest']>>({ at: isNumber, pair: isPair })),
});
const isFlow = isObjectOf<StoredFlow>({ session: isText, next: isNumber, shown: isListOf(isText) });
const isVital = isObjectOf<StoredVital>({
  version: isOneOf<[Version]>(1),
  resume: isObjectOf<Resume>({ session: isText, key: isText }),
  outbox: isListOf(isPairOf(isText, isStream)),
  streams: isListOf(isPairOf(isText, isFlow)),
});
const isTranscript = isObjectOf<StoredTranscript>({
  version: isOneOf<[Version]>(1),
  selected: maybe(isText),
  conversations: isListOf(isConversation),
});

/** What the texts say; undefined when the first is none of ours. Without the second there is nothing on screen. */
export function recollect(vitalText: string | null, transcriptText: string | null): Memories | undefined {
  const vital = parsed(vitalText);
  if (!isVital(vital)) return undefined;
  const transcript = parsed(transcriptText);
  const { selected, conversations } = isTranscript(transcript)
    ? transcript
    : { selected: undefined, conversations: [] };
  return {
    resume: vital.resume,
    outbox: new Map(vital.outbox),
    streams: new Map(vital.streams.map(([key, flow]) => [key, { ...flow, held: new Map() }])),
    conversations: new Map(conversations.map((conversation) => [conversation.peer.session, conversation])),
    ...(selected !== undefined && { selected }),
  };
}

function parsed(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Somebody else wrote it: JSON.parse cannot be asked first.
    return undefined;
  }
}
