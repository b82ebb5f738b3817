/**
 * Sessions: who a partner of conversations is, across connections. The third kind of item in the registry's table:
 *
 *   session   pk `session#<session>`  sk `session`   keyHashes, connectionId, connectedAt, room, subject?, expiresAt
 *
 * `connectionId` is where the session is now, and `connectedAt` is that connection's: a session moves to newer ones only.
 */
import { RESUME_WINDOW_MS, type Resume } from '#protocol';
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { CONNECTION_LIFE_MS } from './connections.ts';
import type { Connection } from './people.ts';
import { expiryAfter, type Item, type Key, type Table } from './table.ts';

/** How many keys a session may have: each `hello` that was not known to be answered makes another [P7]. */
const MOST_KEYS = 8;

const sessionKey = (session: string): Key => ({ pk: `session#${session}`, sk: 'session' });

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** A new public id. */
export const newSession = (): string => randomUUID();

/** The sessions of v1 connections. */
export class Sessions {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * Gives a secret that resumes the session of a listed connection: the first one, or one more. Only its hash is kept. Undefined when
   * the session is at another connection by now, or has enough keys.
   */
  async grant(session: string, connection: Connection): Promise<string | undefined> {
    const resumeKey = randomBytes(32).toString('base64url');
    const item = await this.#table.upsert(
      sessionKey(session),
      this.#at(connection),
      { keyHashes: { SS: [hashOf(resumeKey).toString('base64url')] } },
      {
        text: '#connectionId = :mine AND size(#keyHashes) < :most',
        values: { ':mine': { S: connection.connectionId }, ':most': { N: String(MOST_KEYS) } },
      },
    );
    return item && resumeKey;
  }

  /** Whether the key is one of a session that can be resumed in that room [P15], and by whom who has signed in [P27]. */
  async proves({ session, key }: Resume, room: string, subject?: string): Promise<boolean> {
    const item = await this.#table.get(sessionKey(session));
    if (item?.['room']?.S !== room || item['subject']?.S !== subject) return false;
    const hash = hashOf(key);
    const kept = (item['keyHashes']?.SS ?? []).map((text) => Buffer.from(text, 'base64url'));
    return kept.some((other) => timingSafeEqual(other, hash));
  }

  /** Moves a session to a connection, again if need be; false when it has ended or is at a newer one [P16]. */
  async move(session: string, connection: Connection): Promise<boolean> {
    const { connectionId, connectedAt, room } = connection;
    const item = await this.#table.update(sessionKey(session), this.#at(connection), {
      text: '#room = :room AND (#connectedAt < :mineSince OR (#connectedAt = :mineSince AND #connectionId <= :mine))',
      values: {
        ':room': { S: room },
        ':mineSince': { N: String(connectedAt) },
        ':mine': { S: connectionId },
      },
    });
    return item !== undefined;
  }

  /** Lets a session end soon, unless it has moved to another connection by now. */
  async lapse(session: string, connectionId: string): Promise<void> {
    await this.#table.update(
      sessionKey(session),
      { expiresAt: expiryAfter(this.#table.now(), RESUME_WINDOW_MS) },
      { text: '#connectionId = :lost', values: { ':lost': { S: connectionId } } },
    );
  }

  #at({ connectionId, connectedAt, room, subject }: Connection): Item {
    return {
      connectionId: { S: connectionId },
      connectedAt: { N: String(connectedAt) },
      room: { S: room },
      ...(subject !== undefined && { subject: { S: subject } }),
      expiresAt: expiryAfter(this.#table.now(), CONNECTION_LIFE_MS),
    };
  }
}
