import { Registry } from './connections.ts';
import type { Connection } from './people.ts';
import { Table } from './table.ts';
import { startDatabase } from './testing/database.ts';

const MINUTE = 60_000;

describe('Registry', () => {
  let database: Awaited<ReturnType<typeof startDatabase>>;
  let registry: Registry;
  let now: number;
  let ann: Connection;
  let bob: Connection;

  beforeEach(async () => {
    now = Date.now();
    database = await startDatabase();
    registry = new Registry(new Table(database.client, database.tableName, () => now));
    ann = { connectionId: 'Ann=', room: 'lobby', dialect: 'v1', name: 'Ann 🐙', connectedAt: now };
    bob = { connectionId: 'Bob=', room: 'lobby', dialect: 'plain', connectedAt: now };
  });
  afterEach(() => database.close());

  const listedIds = async (room = 'lobby') =>
    (await registry.listed(room)).map(({ connectionId }) => connectionId);

  it('writes both items of a connection in one call', async () => {
    database.calls.length = 0;
    await registry.add(ann);
    expect(database.calls).toEqual(['dynamodb.BatchWriteItem']);
    expect(await registry.find('Ann=')).toEqual(ann);
  });

  it('finds no connection that it has never seen', async () => {
    expect(await registry.find('nobody')).toBeUndefined();
    expect(await registry.member({ connectionId: 'nobody', room: 'lobby' })).toBeUndefined();
  });

  it('[P20] lists a plain connection at once and a v1 connection when it is enlisted', async () => {
    await registry.add(ann);
    const member = await registry.addListed(bob, 'b');
    expect(await registry.listed('lobby')).toEqual([member]);
    const listed = await registry.enlist(ann, 'a');
    expect(await registry.listed('lobby')).toEqual([
      jasmine.objectContaining({ ...ann, session: 'a' }),
      member,
    ]);
    expect(await registry.member(ann)).toEqual(listed);
  });

  it('keeps rooms apart', async () => {
    await registry.addListed(bob, 'b');
    await registry.addListed({ ...ann, room: 'den' }, 'a');
    expect(await listedIds('den')).toEqual(['Ann=']);
    expect(await listedIds('lobby')).toEqual(['Bob=']);
  });

  it('[P7] enlists a connection once: it keeps the session and the lease of the first time', async () => {
    await registry.add(ann);
    const first = await registry.enlist(ann, 'a');
    now += MINUTE;
    expect(await registry.enlist(ann, 'other')).toEqual(first);
    expect(first?.session).toBe('a');
    expect(await registry.member(ann)).toEqual(first);
  });

  it('[P7] gives the same session to two that enlist one connection at once', async () => {
    await registry.add(ann);
    const [one, other] = await Promise.all([registry.enlist(ann, 'a'), registry.enlist(ann, 'b')]);
    expect(one?.session).toMatch(/^[ab]$/);
    expect(one).toEqual(other);
  });

  it('[P23] enlists and renews nobody who is gone, of another room, or not enlisted', async () => {
    expect(await registry.enlist(ann, 'a')).toBeUndefined();
    expect(await registry.renew(ann)).toBeUndefined();
    await registry.add(ann);
    expect(await registry.enlist({ ...ann, room: 'den' }, 'a')).toBeUndefined();
    expect(await registry.renew(ann)).toBeUndefined();
    expect(await listedIds()).toEqual([]);
  });

  it('[P13] lists a v1 connection for 11 minutes, and again from each renewal', async () => {
    await registry.add(ann);
    await registry.enlist(ann, 'a');
    now += 10 * MINUTE;
    expect((await registry.renew(ann))?.session).toBe('a');
    now += 10 * MINUTE;
    expect(await listedIds()).toEqual(['Ann=']);
    now += 2 * MINUTE;
    expect(await listedIds()).toEqual([]);
    expect(await registry.member(ann)).toBeUndefined();
    expect(await registry.renew(ann)).toBeUndefined();
    expect(await registry.enlist(ann, 'a')).toBeUndefined();
  });

  it('lists a plain connection, which cannot ping, as long as API Gateway keeps it', async () => {
    await registry.addListed(bob, 'b');
    now += 120 * MINUTE;
    expect(await listedIds()).toEqual(['Bob=']);
    expect(await registry.find('Bob=')).toEqual(bob);
    now += 15 * MINUTE;
    expect(await listedIds()).toEqual([]);
    expect(await registry.find('Bob=')).toBeUndefined();
  });

  it('[P21] gives the removal to one of those who try', async () => {
    await registry.addListed(bob, 'b');
    const tries = await Promise.all([registry.remove(bob), registry.removeGone(bob), registry.remove(bob)]);
    expect(tries.filter((removal) => removal !== undefined).length).toBe(1);
    expect(await listedIds()).toEqual([]);
  });

  it('[P21] removes one that was never listed without naming a session', async () => {
    await registry.add(ann);
    expect(await registry.remove(ann)).toEqual({ connectionId: 'Ann=', room: 'lobby' });
  });

  it('[P21] spares who is found gone while its handshake may be under way, for 30 seconds', async () => {
    const carl = { ...ann, connectionId: 'Carl=' };
    await registry.add(ann);
    await registry.addListed(bob, 'b');
    await registry.add(carl);
    await registry.enlist(carl, 'c');
    now += 29_000;
    expect(await registry.removeGone(ann)).toBeUndefined();
    expect(await registry.removeGone(bob)).toBeUndefined();
    // It has said hello, so that its handshake is over.
    expect(await registry.removeGone(carl)).toEqual({ connectionId: 'Carl=', room: 'lobby', session: 'c' });
    now += 2_000;
    expect(await registry.removeGone(ann)).toEqual({ connectionId: 'Ann=', room: 'lobby' });
    expect(await registry.removeGone(bob)).toEqual({ connectionId: 'Bob=', room: 'lobby', session: 'b' });
    expect(await registry.removeGone(bob)).toBeUndefined();
  });

  it('forgets a connection, however often it is asked to', async () => {
    await registry.add(ann);
    await registry.forget('Ann=');
    await registry.forget('Ann=');
    expect(await registry.find('Ann=')).toBeUndefined();
  });
});
