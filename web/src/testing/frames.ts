import type { Joined, Left, Message, Peer, Refused, Welcome } from '#protocol';

/** A peer, of which a test says only what matters to it. */
export const peer = (connectionId: string, about: Partial<Peer> = {}): Peer => ({
  connectionId,
  session: `session-${connectionId.replace('=', '')}`,
  dialect: 'v1',
  connectedAt: 1000,
  ...about,
});

/** The connectionId that `welcome` gives. */
export const ME = 'me=';

export const welcome = (peers: readonly Peer[] = [], about: Partial<Welcome> = {}): Welcome => ({
  type: 'welcome',
  connectionId: ME,
  connectedAt: 1000,
  room: 'lobby',
  session: 'session-me',
  resumeKey: 'key',
  recovered: false,
  peers,
  page: 1,
  pages: 1,
  build: '0.1.0',
  ...about,
});

export const joined = (who: Peer): Joined => ({ type: 'joined', peer: who });

export const left = ({ connectionId }: Peer): Left => ({ type: 'left', connectionId });

let messages = 0;

/** A message that is shown at once: each has an id of its own, and begins a stream of that name. */
export const message = (from: Peer, data: string, about: Partial<Message> = {}): Message => ({
  type: 'message',
  from: from.connectionId,
  session: from.session,
  id: `m${++messages}`,
  ...(from.dialect === 'v1' && { stream: `s${messages}`, seq: 0, base: 0 }),
  data,
  sentAt: 2000,
  ...about,
});

export const refused = (about: Partial<Refused> = {}): Refused => ({
  type: 'refused',
  code: 'gone',
  reason: 'no connection has that id',
  ...about,
});
