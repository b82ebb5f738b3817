import { RESUME_WINDOW_MS, type Welcome } from '#protocol';
import type { Conversations } from './conversation.ts';
import type { Ending } from './link.ts';
import type { Outbox } from './outbox.ts';
import { NOBODY, type Presence } from './presence.ts';
import { type Inbox, NOTHING_HEARD } from './receiver.ts';

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
      /** Infinity until somebody asks for it. */
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

/** All that the page shows of the connection. */
export interface State {
  readonly phase: Phase;
  readonly me?: Me;
  readonly presence: Presence;
  readonly conversations: Conversations;
  /** What we have to say and nobody has confirmed. */
  readonly outbox: Outbox;
  /** What we were told, and receipts that are due. */
  readonly inbox: Inbox;
  /** Our session, to which the streams in both belong; kept through a reload. */
  readonly session?: string;
  /** How long a session that was lost is kept, in milliseconds [P15]. */
  readonly windowMs: number;
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
  outbox: new Map(),
  inbox: NOTHING_HEARD,
  windowMs: RESUME_WINDOW_MS,
  visible: true,
  notices: [],
  nextNotice: 0,
};
