import { type Stage, startStage } from './testing/stage.ts';

describe('onerror', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await startStage();
    await stage.connect('Pat=');
    await stage.join('Val=');
    stage.gateway.posts.length = 0;
  });
  afterEach(() => stage.close());

  const bad: [string, string, string, string?][] = [
    ['hi', 'invalid', 'the frame is not JSON'],
    ['', 'invalid', 'the frame is not JSON'],
    ['[]', 'invalid', 'the frame is not a JSON object'],
    ['null', 'invalid', 'the frame is not a JSON object'],
    ['{}', 'unknown-route', 'action must be sendMessageRoute'],
    ['{"action":"sing","id":"m1"}', 'unknown-route', 'action must be sendMessageRoute', 'm1'],
    ['{"action":{"a":1}}', 'unknown-route', 'action must be sendMessageRoute'],
    ['x'.repeat(30_000), 'invalid', 'the frame is not JSON'],
  ];
  for (const [body, code, reason, id] of bad) {
    it(`[P4] answers ${JSON.stringify(body.slice(0, 30))} in each dialect`, async () => {
      expect((await stage.sendUnrouted('Pat=', body)).statusCode).toBe(200);
      await stage.sendUnrouted('Val=', body);
      expect(stage.takeTexts('Pat=')).toEqual([`ERROR: ${reason}`]);
      expect<object[]>(stage.takeFrames('Val=')).toEqual([
        { type: 'refused', code, reason, ...(id && { id }) },
      ]);
    });
  }

  it('[P4] answers a connection without a row in the dialect that its frame is written in', async () => {
    await stage.sendUnrouted('Who=', '{"type":"ping","id":"p1"}');
    await stage.sendUnrouted('Who=', 'hi');
    const [first = '', second] = stage.takeTexts('Who=');
    expect<unknown>(JSON.parse(first)).toEqual(jasmine.objectContaining({ type: 'refused', id: 'p1' }));
    expect(second).toBe('ERROR: the frame is not JSON');
  });

  it('[P26] refuses in either dialect what is one frame too many', async () => {
    const fenced = await startStage({ frameRate: { rate: 1, burst: 2 } });
    try {
      await fenced.connect('Pat=');
      await fenced.join('Val=');
      fenced.gateway.posts.length = 0;
      for (const id of ['Pat=', 'Val=']) {
        for (let frame = 0; frame < 3; frame++) await fenced.sendUnrouted(id, '{"id":"m1"}');
      }
      expect(fenced.takeTexts('Pat=').at(-1)).toBe('ERROR: this connection sends too many frames');
      expect<object | undefined>(fenced.takeFrames('Val=').at(-1)).toEqual(
        jasmine.objectContaining({ type: 'refused', id: 'm1', code: 'throttled' }),
      );
      fenced.clock.now += 1000;
      await fenced.sendUnrouted('Pat=', '{}');
      expect(fenced.takeTexts('Pat=')).toEqual(['ERROR: action must be sendMessageRoute']);
    } finally {
      await fenced.close();
    }
  });

  it('[P40] tells of a fault by its request alone, and logs it once', async () => {
    spyOn(stage.registry, 'find').and.rejectWith(new Error('the table is on fire'));
    await stage.sendUnrouted('New=', 'hi');
    expect(stage.takeTexts('New=')).toEqual([
      jasmine.stringMatching(/^ERROR: the function failed; its log says why under request request\d+$/),
    ]);
    expect(stage.logged.length).toBe(1);
  });
});
