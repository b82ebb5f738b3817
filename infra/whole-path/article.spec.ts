import {
  ApiGatewayManagementApiClient,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { ACTION, parseServerFrame } from '#protocol';
import { peerIn } from './raw-client.ts';
import { newRoom, stageForSuite } from './stage.ts';
import { visitors } from './visitors.ts';

describe("The article's four promises", () => {
  const stage = stageForSuite();
  const { openProgram, openTerminal, undo } = visitors(stage);

  /** What any program with an AWS account could hold in its hands. */
  function callbackClient(): ApiGatewayManagementApiClient {
    const client = new ApiGatewayManagementApiClient({
      endpoint: stage().managementUrl,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    undo(() => client.destroy());
    return client;
  }

  it('1. registers a client that connects: the others hear of it and the registry lists it [P9] [P13] [P20]', async () => {
    const room = newRoom();
    const witness = await openProgram(room);
    const { id } = await openTerminal(room, 'Ann');

    const joined = await witness.client.next();
    const { session, connectedAt } = peerIn(joined);
    expect(joined).toBe(
      `{"type":"joined","peer":{"connectionId":"${id}","session":"${session}","name":"Ann",` +
        `"dialect":"plain","connectedAt":${connectedAt}}}`,
    );
    expect(Math.abs(Date.now() - connectedAt)).toBeLessThan(10_000);

    witness.client.send({ type: 'ping', id: 'p1' });
    const pong = parseServerFrame(await witness.client.next());
    expect(pong).toEqual({
      type: 'pong',
      id: 'p1',
      listed: jasmine.arrayWithExactContents([witness.id, id]),
    });
  });

  it('2. sends a message to a given user through the callback URL', async () => {
    const room = newRoom();
    const { client, id } = await openTerminal(room);
    const other = await openTerminal(room);
    const callback = callbackClient();

    await callback.send(
      new PostToConnectionCommand({ ConnectionId: id, Data: 'Hello from nowhere — 今日は' }),
    );
    expect(await client.next()).toBe('Hello from nowhere — 今日は');
    const { ConnectedAt, Identity } = await callback.send(new GetConnectionCommand({ ConnectionId: id }));
    expect(Identity?.SourceIp).toBe('127.0.0.1');
    expect(Math.abs(Date.now() - Number(ConnectedAt))).toBeLessThan(10_000);
    // Whoever was not meant has heard nothing: what comes next is the answer to its own question.
    expect(await other.client.ask(`{"action":"${ACTION}"}`)).toBe(`YOUR ID: ${other.id}`);
  });

  it('3. lets connected users exchange messages both ways [P31]', async () => {
    const room = newRoom();
    const first = await openTerminal(room);
    const second = await openTerminal(room);

    first.client.send({ data: 'Hello wscat2!', forward: second.id });
    expect(await second.client.next()).toBe('Hello wscat2!');
    second.client.send({ data: 'Hello wscat1!', forward: first.id });
    expect(await first.client.next()).toBe('Hello wscat1!');
  });

  it('3. sends data that is no text as its JSON text, and text of any script as it is [P31]', async () => {
    const { client, id } = await openTerminal(newRoom());
    for (const [data, arrives] of [
      [{ a: [1, null] }, '{"a":[1,null]}'],
      [0, '0'],
      [null, 'null'],
      ['', ''],
      ['line\nline — 蛸壺 🐙 \u0000', 'line\nline — 蛸壺 🐙 \u0000'],
    ] as const) {
      client.send({ data, forward: id });
      expect(await client.next()).toBe(arrives);
    }
  });

  for (const [nothing, frame] of [
    ['missing', { data: 'who am i' }],
    ['null', { data: 'who am i', forward: null }],
    ['empty', { data: 'who am i', forward: '' }],
  ] as const) {
    it(`3. takes a forward that is ${nothing} for the question who one is [P30]`, async () => {
      const { client, id } = await openTerminal(newRoom());
      expect(await client.ask(JSON.stringify({ action: ACTION, ...frame }))).toBe(`YOUR ID: ${id}`);
    });
  }

  it('4. removes the registration on disconnect: the others hear of it and posts find nobody [P21]', async () => {
    const room = newRoom();
    const witness = await openProgram(room);
    const { client, id } = await openTerminal(room);
    expect(peerIn(await witness.client.next()).connectionId).toBe(id);

    await client.leave();
    expect(await witness.client.next()).toBe(`{"type":"left","connectionId":"${id}"}`);
    witness.client.send({ type: 'ping', id: 'p1' });
    expect(await witness.client.next()).toBe(`{"type":"pong","id":"p1","listed":["${witness.id}"]}`);
    const { client: other } = await openTerminal(room);
    other.send({ data: 'Hello?', forward: id });
    expect(await other.next()).toBe('ERROR: no connection has that id, or it has closed');
    await expectAsync(
      callbackClient().send(new PostToConnectionCommand({ ConnectionId: id, Data: 'Hello?' })),
    ).toBeRejectedWith(jasmine.objectContaining({ name: 'GoneException' }));
  });
});
