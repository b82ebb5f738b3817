import type { Message, Peer } from '#protocol';
import {
  acquainted,
  attended,
  lookedAt,
  marked,
  read,
  received,
  receiptedLate,
  refusedLate,
} from './conversation.ts';
import type { Step } from './outbox.ts';
import { heardFrom, joined, knownIn, left, peersIn, ponged, welcomed } from './presence.ts';
import { receive } from './receiver.ts';
import { receipted, refused, restarted } from './sender.ts';
import type { Arrival } from './socket.ts';
import type { Notice, State } from './state.ts';

/** How many notices are kept: the newest tell what goes on, and a flood must not fill the page. */
const MOST_NOTICES = 5;

/** What became of messages is shown where they stand. */
export const stepped = (state: State, { outbox, changes }: Step): State =>
  outbox === state.outbox ? state : { ...state, outbox, conversations: marked(state.conversations, changes) };

/** What is on screen is read, when somebody looks. */
const seen = (state: State): State =>
  state.visible && state.selected !== undefined
    ? { ...state, conversations: read(state.conversations, state.selected) }
    : state;

/** Somebody begins to look at the page, or at another conversation. */
export const looked = (state: State): State =>
  state.visible && state.selected !== undefined
    ? { ...state, conversations: lookedAt(state.conversations, state.selected) }
    : state;

/** The state after something arrived: a frame, or what is none. */
export function arrived(state: State, frame: Arrival, at: number): State {
  const after = taken(state, frame, at);
  if (after.presence === state.presence) return after;
  const here = new Set(peersIn(after.presence).map(({ session }) => session));
  return { ...after, conversations: attended(after.conversations, here, at) };
}

function taken(state: State, frame: Arrival, at: number): State {
  const { presence, conversations } = state;
  switch (frame.type) {
    case 'welcome': {
      const { connectionId, session, room, connectedAt, build } = frame;
      // To everyone, another session is somebody else: its streams begin anew.
      const same = state.session === session ? state : stepped(state, restarted(state.outbox, session));
      return {
        ...same,
        // A later page of the same welcome changes nothing of this.
        phase: state.phase.kind === 'connected' ? state.phase : { kind: 'connected', since: at },
        me: { connectionId, session, room, connectedAt, build },
        session,
        presence: welcomed(presence, frame),
        conversations: acquainted(same.conversations, frame.peers),
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
    case 'message':
      return heard(state, frame);
    case 'receipt': {
      const { session, ids } = frame;
      const { outbox, conversations: now } = stepped(state, receipted(state.outbox, session, ids));
      return { ...state, outbox, conversations: receiptedLate(now, session, ids) };
    }
    case 'refused': {
      const { id = '', about, reason } = frame;
      const code = about === 'receiver' ? 'not-invited' : frame.code;
      const step = refused(state.outbox, id, { code, reason });
      if (step.changes.length > 0) return stepped(state, step);
      const late = refusedLate(conversations, id, { kind: 'refused', code, reason });
      return late
        ? { ...state, conversations: late }
        : noticed(state, 'server', `${frame.code}: ${reason}`, at);
    }
    case 'gateway-trouble': {
      const request = frame.requestId === undefined ? '' : ` (request ${frame.requestId})`;
      return noticed(state, 'gateway', `${frame.message}${request}`, at);
    }
    case 'malformed':
      return noticed(state, 'here', frame.reason, at);
  }
}

/** A message to us: those that are next in their streams are shown, from whichever connection they came. */
function heard(state: State, frame: Message): State {
  const { inbox, released } = receive(state.inbox, frame);
  const presence = heardFrom(state.presence, senderOf(state, frame));
  const conversations = released.reduce(
    (all, message) =>
      received(all, senderOf(state, message), { id: message.id, text: message.data, at: message.sentAt }),
    state.conversations,
  );
  return seen({ ...state, inbox, presence, conversations });
}

function senderOf({ presence, conversations }: State, message: Message): Peer {
  const { from, session, subject, sentAt, stream } = message;
  const known = knownIn(presence, from);
  if (known) return { ...known, connectionId: from, session };
  // A message that has no place in a stream comes from a terminal [P33]. An unknown connection of a known session is
  // either so new that its `joined` is still to come, or an old one: the time at which it wrote tells.
  const dialect = stream === undefined ? 'plain' : 'v1';
  return {
    dialect,
    ...conversations.get(session)?.peer,
    ...(subject !== undefined && { subject }),
    ...{ connectionId: from, session, connectedAt: sentAt },
  };
}

function noticed(state: State, from: Notice['from'], text: string, at: number): State {
  const { notices, nextNotice } = state;
  return {
    ...state,
    notices: [...notices, { key: nextNotice, at, from, text }].slice(-MOST_NOTICES),
    nextNotice: nextNotice + 1,
  };
}
