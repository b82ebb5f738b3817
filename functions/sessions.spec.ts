import { createHash } from 'node:crypto';
import type { Connection } from './people.ts';
import { Sessions } from './sessions.ts';
import { Table } from './table.ts';
import { startDatabase } from './testing/database.ts';

const MINUTE = 60_000;

describe('Sessions', () => {
  let database: Awaited<ReturnType<typeof startDatabase>>;
  let table: Table;
  let sessions: Sessions;
  let now: number;
  let first: Connection;
  let second: Connection;

  beforeEach(async () => {
    now = Date.now();
    database = await startDatabase();
    table = new Table(database.client, database.tableName, () => now);
    sessions = new Sessions(table);
    first = { connectionId: 'A1=', room: 'lobby', dialect: 'v1', connectedAt: now };
    second = { ...first, connectionId: 'A2=', connectedAt: now + 1 };
  });
  afterEach(() => database.close());

  const stored = (session: string) => table.get({ pk: `session#${session}`, sk: 'session' });
  async function granted(session = 's', connection = first): Promise<string> {
    const key = await sessions.grant(session, connection);
    if (key === undefined) throw new Error('no key was granted');
    return key;
  }
  const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

  it('[P9] keeps a hash of the resume key, and not the key', async () => {
    const key = await granted();
    expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const item = await stored('s');
    expect(item?.['keyHashes']).toEqual({ SS: [sha256(key)] });
    expect(JSON.stringify(item)).not.toContain(key);
  });

  it('[P7] grants a connection more keys, which all work, and no more than eight', async () => {
    const keys: string[] = [];
    for (let time = 0; time < 8; time++) keys.push(await granted());
    for (const key of keys) expect(await sessions.proves({ session: 's', key }, 'lobby')).toBeTrue();
    expect(await sessions.grant('s', first)).toBeUndefined();
  });

  it('[P16] grants no key to a connection that the session has left', async () => {
    await granted();
    expect(await sessions.grant('s', second)).toBeUndefined();
  });

  it('[P15] takes the right key for a proof, and no other key, room or session', async () => {
    const key = await granted();
    const other = await granted('t', second);
    expect(await sessions.proves({ session: 's', key }, 'lobby')).toBeTrue();
    expect(await sessions.proves({ session: 's', key: other }, 'lobby')).toBeFalse();
    expect(await sessions.proves({ session: 's', key: sha256(key) }, 'lobby')).toBeFalse();
    expect(await sessions.proves({ session: 's', key }, 'den')).toBeFalse();
    expect(await sessions.proves({ session: 't', key }, 'lobby')).toBeFalse();
    expect(await sessions.proves({ session: 'nobody', key }, 'lobby')).toBeFalse();
  });

  it('[P15] lets a session end five minutes after its connection was lost', async () => {
    const key = await granted();
    await sessions.lapse('s', 'A1=');
    now += 299_000;
    expect(await sessions.proves({ session: 's', key }, 'lobby')).toBeTrue();
    now += 2_000;
    expect(await sessions.proves({ session: 's', key }, 'lobby')).toBeFalse();
    expect(await sessions.move('s', second)).toBeFalse();
  });

  it('[P16] moves a session to a newer connection, as often as it is asked to', async () => {
    await granted();
    expect(await sessions.move('s', second)).toBeTrue();
    expect(await sessions.move('s', second)).toBeTrue();
    expect((await stored('s'))?.['connectionId']).toEqual({ S: 'A2=' });
  });

  it('[P16] does not move a session back to an older connection, nor to another room', async () => {
    await granted();
    const twin = { ...second, connectionId: 'A3=' };
    expect(await sessions.move('s', twin)).toBeTrue();
    for (const connection of [first, second, { ...twin, connectedAt: now + 2, room: 'den' }]) {
      expect(await sessions.move('s', connection)).toBeFalse();
    }
    expect((await stored('s'))?.['connectionId']).toEqual({ S: 'A3=' });
  });

  it('[P15] gives a session that moves its whole life again', async () => {
    await granted();
    await sessions.lapse('s', 'A1=');
    await sessions.move('s', second);
    now += 120 * MINUTE;
    expect(await stored('s')).toBeDefined();
  });

  it('does not end a session that is at another connection by now', async () => {
    await granted();
    await sessions.move('s', second);
    await sessions.lapse('s', 'A1=');
    now += 10 * MINUTE;
    expect((await stored('s'))?.['connectionId']).toEqual({ S: 'A2=' });
  });

  it('[P23] makes no session of one that is not there', async () => {
    await sessions.lapse('s', 'A1=');
    expect(await sessions.move('s', first)).toBeFalse();
    expect(await stored('s')).toBeUndefined();
  });
});
