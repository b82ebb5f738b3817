import { parseClientFrame, parseServerFrame, type Resume } from '#protocol';
import recording from './protocol/v1-at-0.1.0.json' with { type: 'json' };
import { type Stage, startStage } from './testing/stage.ts';

/** A frame of the recording: a client's, or one to a client. */
interface Recorded {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly frame: Readonly<Record<string, unknown>>;
}
const RECORDING: readonly Recorded[] = recording;

/** What a client of then offers: written out, for the name that new clients offer may change. */
const OFFER = { 'Sec-WebSocket-Protocol': ['hello-websocket.v1'] };

/** What no two conversations have in common. */
const MINTED = new Set(['session', 'resumeKey', 'connectedAt', 'sentAt', 'build', 'reason']);

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Of `live` the fields that stand in `recorded`, for others a client of then ignores [P5]; of what is minted its type. */
function asRecorded(recorded: unknown, live: unknown, name = ''): unknown {
  if (MINTED.has(name)) return typeof live;
  if (!isFields(recorded) || !isFields(live) || Array.isArray(recorded) !== Array.isArray(live)) return live;
  const fields = Object.entries(recorded).map(([key, one]) => [key, asRecorded(one, live[key], key)]);
  return Object.fromEntries(fields);
}

describe('v1 as it was at 0.1.0', () => {
  it('[P50] is parsed, at either end, as it was', () => {
    for (const { from, frame } of RECORDING) {
      const parse = from === undefined ? parseServerFrame : parseClientFrame;
      expect<object>(parse(JSON.stringify(frame))).toEqual(frame);
    }
  });

  it('[P1] [P50] is let in by the name that it offers, which is echoed', async () => {
    const stage = await startStage();
    try {
      expect((await stage.connect('Old=', { headers: OFFER })).headers).toEqual({
        'Sec-WebSocket-Protocol': 'hello-websocket.v1',
      });
      expect((await stage.registry.find('Old='))?.dialect).toBe('v1');
    } finally {
      await stage.close();
    }
  });

  it('[P50] is served with the frames that a client of then understands, in the same order', async () => {
    const stage = await startStage();
    try {
      const [first = '', second = '', third = ''] = new Set(RECORDING.flatMap(({ from }) => from ?? []));
      /** What happens to connections before a frame is said for the first time by one. */
      const before = new Map<string, () => Promise<unknown>>([
        [first, () => stage.connect(first, { query: { name: 'Ann' }, headers: OFFER })],
        [second, () => stage.connect(second, { headers: OFFER })],
        [third, () => replace(stage, second, () => stage.connect(third, { headers: OFFER }))],
      ]);
      for (const { from = '', frame } of RECORDING.filter((one) => one.from !== undefined)) {
        await before.get(from)?.();
        before.delete(from);
        await stage.send(from, 'resume' in frame ? { ...frame, resume: keyOf(stage, second) } : frame);
      }
      const heard = RECORDING.filter(({ to }) => to !== undefined);
      expect(stage.gateway.posts.map(({ connectionId }) => connectionId)).toEqual(
        heard.map(({ to = '' }) => to),
      );
      for (const [place, { frame }] of heard.entries()) {
        const live: unknown = JSON.parse(stage.gateway.posts[place]?.text ?? '');
        expect(asRecorded(frame, live)).toEqual(asRecorded(frame, frame));
      }
    } finally {
      await stage.close();
    }
  });
});

async function replace(stage: Stage, old: string, connect: () => Promise<unknown>): Promise<void> {
  await stage.disconnect(old);
  stage.clock.now += 1000;
  await connect();
}

/** What the connection was told to resume its session with. */
function keyOf({ gateway }: Stage, connectionId: string): Resume | undefined {
  for (const { text } of gateway.posts) {
    const frame = parseServerFrame(text);
    if (frame.type === 'welcome' && frame.connectionId === connectionId)
      return { session: frame.session, key: frame.resumeKey };
  }
  return undefined;
}
