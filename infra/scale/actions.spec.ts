import { startStage, type Stage } from '../../functions/testing/stage.ts';
import { type Action, CONNECT, hello, leave, MESSAGE, ping } from './actions.ts';

/** Counts the units that DynamoDB says a table's calls have consumed. */
function meter({ client }: Stage) {
  const units = { reads: 0, writes: 0 };
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const answered = await next({
          ...args,
          input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' },
        });
        const { ConsumedCapacity: consumed } = answered.output as { ConsumedCapacity?: unknown };
        for (const one of [consumed].flat()) {
          const { CapacityUnits = 0 } = one as { CapacityUnits?: number };
          units[/Get|Query/.test(commandName) ? 'reads' : 'writes'] += CapacityUnits;
        }
        return answered;
      },
    { step: 'initialize' },
  );
  return units;
}

describe('what the cost is computed from', () => {
  const ROOM = 20;
  let stage: Stage;
  let units: ReturnType<typeof meter>;

  beforeEach(async () => {
    stage = await startStage();
    for (let other = 1; other < ROOM; other++) await stage.join(`${other}=`, 'room', `Person ${other}`);
    units = meter(stage);
    stage.takeCalls();
  });

  afterEach(() => stage.close());

  async function cost(act: () => Promise<unknown>): Promise<Pick<Action, 'posts' | 'reads' | 'writes'>> {
    Object.assign(units, { reads: 0, writes: 0 });
    stage.takeCalls();
    await act();
    const posts = stage.takeCalls().filter((call) => call === 'gateway.PostToConnection').length;
    return { posts, ...units };
  }

  const stated = ({ posts, reads, writes }: Action) => ({ posts, reads, writes });

  it('is what the functions really ask of the table and of API Gateway', async () => {
    const headers = { 'Sec-WebSocket-Protocol': ['hello-websocket.v1'] };
    const query = { room: 'room', name: 'Person 20' };
    const message = { type: 'message', id: 'm1', forward: '1=', stream: 's', seq: 0, base: 0, data: 'Hello' };
    expect(await cost(() => stage.connect('A=', { query, headers }))).toEqual(stated(CONNECT));
    expect(await cost(() => stage.send('A=', { type: 'hello', room: 'room' }))).toEqual(stated(hello(ROOM)));
    expect(await cost(() => stage.send('A=', { type: 'ping', id: 'p1' }))).toEqual(stated(ping(ROOM)));
    expect(await cost(() => stage.send('A=', message))).toEqual(stated(MESSAGE));
    const [, welcome] = [
      stage.takeFrames('1='),
      stage.takeFrames('A=').find(({ type }) => type === 'welcome'),
    ];
    const session = welcome?.type === 'welcome' ? welcome.session : '';
    const receipt = { type: 'receipt', forward: 'A=', session, ids: ['m1'] };
    expect(await cost(() => stage.send('1=', receipt))).toEqual(stated(MESSAGE));
    expect(await cost(() => stage.disconnect('A='))).toEqual(stated(leave(ROOM)));
  });
});
