import type { Dialect, Peer } from '#protocol';

/** Where a connection stands: what is needed to find it in its room. */
export interface Place {
  readonly connectionId: string;
  readonly room: string;
}

/** What `$connect` learned of a connection. It never changes. */
export interface Connection extends Place {
  readonly dialect: Dialect;
  readonly name?: string;
  /** Who has signed in [P27]. */
  readonly subject?: string;
  readonly connectedAt: number;
}

/** A connection that is listed in its room. */
export interface Member extends Connection {
  readonly session: string;
  /** When it is no longer listed unless it is renewed, in milliseconds since the epoch [P13]. */
  readonly leaseEnd: number;
}

/** The order in which two connections came; it decides which one of a session counts [P16]. */
export const cameBefore = (one: Connection, other: Connection): boolean =>
  one.connectedAt < other.connectedAt ||
  (one.connectedAt === other.connectedAt && one.connectionId < other.connectionId);

/** What others may know of a member: these fields and no others [P9]. */
export const toPeer = ({ connectionId, session, name, subject, dialect, connectedAt }: Member): Peer => ({
  connectionId,
  session,
  ...(name !== undefined && { name }),
  ...(subject !== undefined && { subject }),
  dialect,
  connectedAt,
});
