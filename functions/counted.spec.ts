import { type Stage, startStage } from './testing/stage.ts';

describe('what is counted', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await startStage();
    await stage.join('Ann=');
    await stage.join('Bob=');
    stage.counted.length = 0;
  });
  afterEach(() => stage.close());

  /** Each line as `Metric times` or `Metric[code] times`. */
  const counts = () =>
    stage.counted.splice(0).map((line) => {
      const { _aws, Stack, Code, ...metrics } = JSON.parse(line) as Record<string, unknown>;
      expect(Stack).toBe('test');
      expect(_aws).toEqual(jasmine.objectContaining({ Timestamp: stage.clock.now }));
      const [[name, times] = ['nothing', 0]] = Object.entries(metrics);
      return typeof Code === 'string' ? `${name}[${Code}] ${String(times)}` : `${name} ${String(times)}`;
    });
  const message = { type: 'message', id: 'm1', forward: 'Bob=', stream: 's', seq: 0, base: 0, data: 'Hello' };

  it('is who comes and who goes', async () => {
    await stage.join('Cid=');
    await stage.disconnect('Cid=');
    expect(counts()).toEqual(['Joined 1', 'Left 1']);
  });

  it('is nothing of a message that arrives: API Gateway counts those', async () => {
    await stage.send('Ann=', message);
    expect(counts()).toEqual([]);
  });

  it('is a post that finds nobody, the ghost that it removes, and the refusal', async () => {
    stage.gateway.behave('Bob=', 'gone');
    await stage.send('Ann=', message);
    expect(counts()).toEqual(['PostsGone 1', 'GhostsRemoved 1', 'Left 1', 'Refused[gone] 1']);
  });

  it('is a post that is throttled, and one that fails', async () => {
    stage.gateway.behave('Bob=', 'throttled');
    await stage.send('Ann=', message);
    stage.gateway.behave('Bob=', 'hang');
    await stage.send('Ann=', message);
    expect(counts()).toEqual([
      'PostsThrottled 1',
      'Refused[throttled] 1',
      'PostsFailed 1',
      'Refused[timeout] 1',
    ]);
  });

  it('is what a room was not told, in one line', async () => {
    await stage.join('Cid=');
    stage.gateway.behave('Ann=', 'throttled');
    stage.gateway.behave('Bob=', 'throttled');
    counts();
    await stage.disconnect('Cid=');
    expect(counts()).toEqual(['Left 1', 'PostsThrottled 2']);
  });

  it('is every refusal by its code', async () => {
    await stage.send('Ann=', { type: 'nonsense' });
    await stage.sendUnrouted('Ann=', '{"action":"nowhere"}');
    await stage.sendUnrouted('Ann=', 'no JSON');
    expect(counts()).toEqual(['Refused[invalid] 1', 'Refused[unknown-route] 1', 'Refused[invalid] 1']);
  });

  it('is a fault of a function, on whatever route, beside what its log says', async () => {
    const burning = new Error('the table is on fire');
    spyOn(stage.registry, 'find').and.rejectWith(burning);
    spyOn(stage.registry, 'addListed').and.rejectWith(burning);
    await stage.connect('New=');
    await stage.sendUnrouted('New=', 'hi');
    await stage.disconnect('New=');
    expect(counts()).toEqual(['Faults 1', 'Faults 1', 'Refused[failed] 1', 'Faults 1']);
    expect(stage.logged).toHaveSize(3);
  });
});
