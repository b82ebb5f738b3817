import { createHash } from 'node:crypto';
import { Sessions } from './sessions.ts';
import { Table } from './table.ts';
import { startDatabase } from './testing/database.ts';

describe('Sessions', () => {
  let database: Awaited<ReturnType<typeof startDatabase>>;
  let table: Table;
  let sessions: Sessions;
  let now: number;

  beforeEach(async () => {
    now = Date.now();
    database = await startDatabase();
    table = new Table(database.client, database.tableName, () => now);
    sessions = new Sessions(table);
  });
  afterEach(() => database.close());

  const stored = (session: string) => table.get({ pk: `session#${session}`, sk: 'session' });

  it('[P9] keeps a hash of the resume key, and not the key', async () => {
    const key = await sessions.open('s', { connectionId: 'A=', room: 'lobby' });
    expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const item = await stored('s');
    expect(item?.['keyHash']).toEqual({ S: createHash('sha256').update(key).digest('base64url') });
    expect(JSON.stringify(item)).not.toContain(key);
  });

  it('lets a session end five minutes after its connection was lost', async () => {
    await sessions.open('s', { connectionId: 'A=', room: 'lobby' });
    await sessions.lapse('s', 'A=');
    now += 299_000;
    expect(await stored('s')).toBeDefined();
    now += 2_000;
    expect(await stored('s')).toBeUndefined();
  });

  it('does not end a session that is at another connection by now', async () => {
    await sessions.open('s', { connectionId: 'B=', room: 'lobby' });
    await sessions.lapse('s', 'A=');
    now += 600_000;
    expect((await stored('s'))?.['connectionId']).toEqual({ S: 'B=' });
  });

  it('[P23] makes no session of one that is not there', async () => {
    await sessions.lapse('s', 'A=');
    expect(await stored('s')).toBeUndefined();
  });
});
