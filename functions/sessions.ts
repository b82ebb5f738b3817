/**
 * Sessions: who a partner of conversations is, across connections. The third kind of item in the registry's table:
 *
 *   session   pk `session#<session>`  sk `session`   keyHash, connectionId, room, expiresAt
 */
import { RESUME_WINDOW_MS } from '#protocol';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { CONNECTION_LIFE_MS } from './connections.ts';
import type { Place } from './people.ts';
import { expiryAfter, type Key, type Table } from './table.ts';

const sessionKey = (session: string): Key => ({ pk: `session#${session}`, sk: 'session' });

/** A new public id. */
export const newSession = (): string => randomUUID();

/** The sessions of v1 connections. */
export class Sessions {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Writes a new session and gives the secret that resumes it. Only a hash of it is kept. */
  async open(session: string, { connectionId, room }: Place): Promise<string> {
    const resumeKey = randomBytes(32).toString('base64url');
    await this.#table.put(sessionKey(session), {
      keyHash: { S: createHash('sha256').update(resumeKey).digest('base64url') },
      connectionId: { S: connectionId },
      room: { S: room },
      expiresAt: expiryAfter(this.#table.now(), CONNECTION_LIFE_MS),
    });
    return resumeKey;
  }

  /** Lets a session end soon, unless it has moved to another connection by now. */
  async lapse(session: string, connectionId: string): Promise<void> {
    await this.#table.update(
      sessionKey(session),
      { expiresAt: expiryAfter(this.#table.now(), RESUME_WINDOW_MS) },
      { text: '#connectionId = :lost', values: { ':lost': { S: connectionId } } },
    );
  }
}
