import type { Peer } from '#protocol';
import { arrived, looked, stepped } from './arrival.ts';
import { opened, retried, written } from './conversation.ts';
import { add, type Refusal } from './outbox.ts';
import { pinged, reopened } from './presence.ts';
import { receipted as told } from './receiver.ts';
import { cancelled, canRetry, type Due, expired, refused, transmitted } from './sender.ts';
import type { Arrival } from './socket.ts';
import type { Phase, State } from './state.ts';

/** Everything that can happen to the state. */
export type Event =
  | { readonly type: 'connecting'; readonly attempt: number }
  | { readonly type: 'opened' }
  | { readonly type: 'frame'; readonly frame: Arrival; readonly at: number }
  | { readonly type: 'pinged'; readonly id: string }
  | ({ readonly type: 'waiting' } & Omit<Phase & { readonly kind: 'waiting' }, 'kind'>)
  | { readonly type: 'disconnected' }
  /** The user wrote a message. */
  | {
      readonly type: 'written';
      readonly peer: Peer;
      readonly id: string;
      readonly text: string;
      readonly at: number;
    }
  /** A message went over the wire; `confirms` says whether its peer sends receipts. */
  | { readonly type: 'transmitted'; readonly due: Due; readonly at: number; readonly confirms: boolean }
  /** A message was refused before it went over the wire. */
  | ({ readonly type: 'refused-here'; readonly id: string } & Refusal)
  | { readonly type: 'cancelled'; readonly session: string; readonly id: string }
  | { readonly type: 'retried'; readonly session: string; readonly id: string; readonly at: number }
  /** Receipts of ours went over the wire. */
  | { readonly type: 'receipted'; readonly session: string; readonly ids: readonly string[] }
  | { readonly type: 'time-passed'; readonly at: number }
  | { readonly type: 'selected'; readonly peer: Peer | undefined }
  | { readonly type: 'looked'; readonly visible: boolean }
  | { readonly type: 'dismissed'; readonly key: number };

/** The state after an event. Pure: time and chance come in with the event. */
export function reduce(state: State, event: Event): State {
  switch (event.type) {
    case 'connecting':
      return { ...state, phase: { kind: 'connecting', attempt: event.attempt } };
    case 'opened':
      return { ...state, presence: reopened(state.presence) };
    case 'frame':
      return arrived(state, event.frame, event.at);
    case 'pinged':
      return { ...state, presence: pinged(state.presence, event.id) };
    case 'waiting': {
      const { attempt, retryAt, why, failedHandshakes } = event;
      return { ...state, phase: { kind: 'waiting', attempt, retryAt, why, failedHandshakes } };
    }
    case 'disconnected':
      return { ...state, phase: { kind: 'disconnected' } };
    case 'written': {
      const { peer, id, text, at } = event;
      const outbox = add(state.outbox, peer.session, event);
      const { stream, next } = outbox.get(peer.session) ?? { stream: id, next: 1 };
      const line = { id, text, at, sent: { stream, seq: next - 1, status: { kind: 'queued' } } } as const;
      return { ...state, outbox, conversations: written(state.conversations, peer, line) };
    }
    case 'transmitted':
      return stepped(state, transmitted(state.outbox, event.due, event.at, event.confirms));
    case 'refused-here':
      return stepped(state, refused(state.outbox, event.id, { code: event.code, reason: event.reason }));
    case 'cancelled':
      return stepped(state, cancelled(state.outbox, event.session, event.id));
    case 'retried':
      return triedAgain(state, event.session, event.id, event.at);
    case 'receipted':
      return { ...state, inbox: told(state.inbox, event.session, event.ids) };
    case 'time-passed':
      return stepped(state, expired(state.outbox, event.at, state.windowMs));
    case 'selected': {
      const { peer } = event;
      const conversations = peer ? opened(state.conversations, peer) : state.conversations;
      return looked({ ...state, selected: peer?.session, conversations });
    }
    case 'looked':
      return looked({ ...state, visible: event.visible });
    case 'dismissed':
      return { ...state, notices: state.notices.filter(({ key }) => key !== event.key) };
  }
}

function triedAgain(state: State, session: string, id: string, at: number): State {
  const { outbox, conversations } = state;
  const line = conversations.get(session)?.lines.find((one) => one.id === id && one.sent !== undefined);
  if (!line?.sent || !canRetry(outbox, session, line.sent)) return state;
  const doubtful = line.sent.status.kind === 'unconfirmed';
  const after = add(outbox, session, { id, text: line.text, at, doubtful });
  const { stream, next } = after.get(session) ?? { stream: id, next: 1 };
  return {
    ...state,
    outbox: after,
    conversations: retried(conversations, session, { id, at, stream, seq: next - 1 }),
  };
}
