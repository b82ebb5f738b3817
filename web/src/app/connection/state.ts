import type { MessageRequest, Peer, Welcome } from '#protocol';
import {
  acquainted,
  type Conversations,
  opened,
  read,
  received,
  refused,
  restarted,
  sent,
} from './conversation.ts';
import type { Ending } from './link.ts';
import {
  heardFrom,
  joined,
  knownIn,
  left,
  NOBODY,
  pinged,
  ponged,
  type Presence,
  reopened,
  welcomed,
} from './presence.ts';
import type { Arrival } from './socket.ts';

/** Where the connection stands. */
export type Phase =
  /** Not asked for yet, or ended by the user. */
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'connected'; readonly since: number }
  | {
      readonly kind: 'waiting';
      /** The number of the attempt that comes next. */
      readonly attempt: number;
      readonly retryAt: number;
      readonly why: Ending;
      readonly failedHandshakes: number;
    };

/** Who we are to the others. */
export type Me = Pick<Welcome, 'connectionId' | 'session' | 'room' | 'connectedAt' | 'build'>;

/** Trouble that belongs to no message. */
export interface Notice {
  readonly key: number;
  readonly at: number;
  readonly from: 'gateway' | 'server' | 'here';
  readonly text: string;
}

/** How many notices are kept: the newest tell what goes on, and a flood must not fill the page. */
const MOST_NOTICES = 5;

/** All that the page shows of the connection. */
export interface State {
  readonly phase: Phase;
  readonly me?: Me;
  readonly presence: Presence;
  readonly conversations: Conversations;
  /** The session whose conversation is on screen. */
  readonly selected?: string | undefined;
  /** Whether somebody can see the page. */
  readonly visible: boolean;
  readonly notices: readonly Notice[];
  readonly nextNotice: number;
}

export const INITIAL: State = {
  phase: { kind: 'disconnected' },
  presence: NOBODY,
  conversations: new Map(),
  visible: true,
  notices: [],
  nextNotice: 0,
};

/** Everything that can happen to the state. */
export type Event =
  | { readonly type: 'connecting'; readonly attempt: number }
  | { readonly type: 'opened' }
  | { readonly type: 'frame'; readonly frame: Arrival; readonly at: number }
  | { readonly type: 'pinged'; readonly id: string }
  | ({ readonly type: 'waiting' } & Omit<Phase & { readonly kind: 'waiting' }, 'kind'>)
  | { readonly type: 'disconnected' }
  | { readonly type: 'sent'; readonly peer: Peer; readonly request: MessageRequest; readonly at: number }
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
    case 'sent': {
      const { peer, request, at } = event;
      return { ...state, conversations: sent(state.conversations, peer, request, at) };
    }
    case 'selected': {
      const { peer } = event;
      const conversations = peer ? opened(state.conversations, peer) : state.conversations;
      return seen({ ...state, selected: peer?.session, conversations });
    }
    case 'looked':
      return seen({ ...state, visible: event.visible });
    case 'dismissed':
      return { ...state, notices: state.notices.filter(({ key }) => key !== event.key) };
  }
}

/** What is on screen is read, when somebody looks. */
const seen = (state: State): State =>
  state.visible && state.selected !== undefined
    ? { ...state, conversations: read(state.conversations, state.selected) }
    : state;

function arrived(state: State, frame: Arrival, at: number): State {
  const { presence, conversations } = state;
  switch (frame.type) {
    case 'welcome': {
      const { connectionId, session, room, connectedAt, build } = frame;
      return {
        ...state,
        // A later page of the same welcome changes nothing of this.
        phase: state.phase.kind === 'connected' ? state.phase : { kind: 'connected', since: at },
        me: { connectionId, session, room, connectedAt, build },
        presence: welcomed(presence, frame),
        conversations: acquainted(
          state.me?.session === session ? conversations : restarted(conversations),
          frame.peers,
        ),
      };
    }
    case 'joined':
      return {
        ...state,
        presence: joined(presence, frame.peer),
        conversations: acquainted(conversations, [frame.peer]),
      };
    case 'left':
      return { ...state, presence: left(presence, frame.connectionId) };
    case 'pong':
      return {
        ...state,
        presence: ponged(presence, frame.id, frame.listed, frame.peers),
        conversations: acquainted(conversations, frame.peers ?? []),
      };
    case 'message': {
      const { from, session, id, data: text, sentAt, stream } = frame;
      const known = knownIn(presence, from) ?? conversations.get(session)?.peer;
      const peer: Peer = {
        // A message that has no place in a stream comes from a terminal [P33].
        ...(known ?? { dialect: stream === undefined ? 'plain' : 'v1', connectedAt: sentAt }),
        connectionId: from,
        session,
      };
      return seen({
        ...state,
        presence: heardFrom(presence, peer),
        conversations: received(conversations, peer, { id, text, at: sentAt }),
      });
    }
    case 'refused': {
      const { id, code, reason } = frame;
      const marked =
        id === undefined ? undefined : refused(conversations, id, { kind: 'refused', code, reason });
      return marked
        ? { ...state, conversations: marked }
        : noticed(state, 'server', `${code}: ${reason}`, at);
    }
    case 'gateway-trouble': {
      const request = frame.requestId === undefined ? '' : ` (request ${frame.requestId})`;
      return noticed(state, 'gateway', `${frame.message}${request}`, at);
    }
    case 'malformed':
      return noticed(state, 'here', frame.reason, at);
    case 'receipt':
      // Carried, and not acted on in this version.
      return state;
  }
}

function noticed(state: State, from: Notice['from'], text: string, at: number): State {
  const { notices, nextNotice } = state;
  return {
    ...state,
    notices: [...notices, { key: nextNotice, at, from, text }].slice(-MOST_NOTICES),
    nextNotice: nextNotice + 1,
  };
}
