import { MAX_FRAME_BYTES } from '#protocol';
import { Delivery } from './delivery.ts';
import { type Behaviour, startGateway } from './testing/gateway.ts';

describe('Delivery', () => {
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  let delivery: Delivery;

  beforeEach(async () => {
    gateway = await startGateway();
    delivery = new Delivery(gateway.client, { deadlineMs: 400, concurrency: 3 });
  });
  afterEach(() => gateway.close());

  it('posts the text as it is to the connection named', async () => {
    expect(await delivery.post('C51DherHNjMCI3Q=', 'Hello 蛸 🐙')).toBe('sent');
    expect(gateway.posts).toEqual([{ connectionId: 'C51DherHNjMCI3Q=', text: 'Hello 蛸 🐙' }]);
  });

  const answers: [Behaviour, string][] = [
    ['gone', 'gone'],
    ['malformed', 'gone'],
    ['too-large', 'too-large'],
    ['forbidden', 'forbidden'],
  ];
  for (const [behaviour, outcome] of answers) {
    it(`[P40] gives ${outcome} when API Gateway answers ${behaviour}, and asks once`, async () => {
      gateway.behave('A=', behaviour);
      expect<string>(await delivery.post('A=', 'Hello')).toBe(outcome);
      expect(gateway.calls.length).toBe(1);
    });
  }

  it('[P40] gives throttled after a bounded number of attempts', async () => {
    const patient = new Delivery(gateway.client, { deadlineMs: 10_000 });
    gateway.behave('A=', 'throttled');
    expect(await patient.post('A=', 'Hello')).toBe('throttled');
    expect(gateway.calls.length).toBe(3);
  });

  it('[P40] ends a post that is never answered, and does not repeat what may have arrived', async () => {
    gateway.behave('A=', 'hang');
    expect(await delivery.post('A=', 'Hello')).toBe('timeout');
    expect(gateway.calls.length).toBe(1);
  });

  it('[P11] does not repeat what failed inside API Gateway, for it may have arrived', async () => {
    gateway.behave('A=', 'failed');
    await expectAsync(delivery.post('A=', 'Hello')).toBeRejectedWithError('Internal server error');
    expect(gateway.calls.length).toBe(1);
  });

  it('[P11] tries once more when the connection was cut, as one is that API Gateway closed while the instance slept', async () => {
    gateway.behave('A=', 'cut', 'sent');
    expect(await delivery.post('A=', 'Hello')).toBe('sent');
    gateway.behave('B=', 'cut');
    expect(await delivery.post('B=', 'Hello')).toBe('timeout');
    expect(gateway.calls.length).toBe(4);
  });

  it('[P6] does not post what would not fit a frame, counted in bytes', async () => {
    expect(await delivery.post('A=', '蛸'.repeat(MAX_FRAME_BYTES / 3 + 1))).toBe('too-large');
    expect(gateway.calls).toEqual([]);
    expect(await delivery.post('A=', 'x'.repeat(MAX_FRAME_BYTES))).toBe('sent');
  });

  it('throws what no outcome describes', async () => {
    gateway.behave('A=', 'broken');
    await expectAsync(delivery.post('A=', 'Hello')).toBeRejectedWithError('What is this?');
  });

  describe('to many', () => {
    const to = (connectionId: string) => ({ connectionId, text: `to ${connectionId}` });

    it('tells of each in order, and one that fails keeps the text from nobody', async () => {
      gateway.behave('A=', 'gone');
      gateway.behave('B=', 'broken');
      const tried = await delivery.postAll(['A=', 'B=', 'C='].map(to));
      expect(tried).toEqual([
        { ...to('A='), outcome: 'gone' },
        { ...to('B='), error: jasmine.objectContaining({ name: 'SomethingNewException' }) },
        { ...to('C='), outcome: 'sent' },
      ]);
    });

    it('has a bounded number of posts under way, and one deadline for all, however many hang', async () => {
      const names = Array.from({ length: 9 }, (_, index) => `N${index}=`);
      for (const name of names) gateway.behave(name, 'hang');
      const begun = performance.now();
      const tried = await delivery.postAll(names.map(to));
      expect(tried).toEqual(names.map((name) => ({ ...to(name), outcome: 'timeout' })));
      expect(performance.now() - begun).toBeLessThan(3 * 400);
      expect(gateway.state.mostOpen).toBe(3);
    });

    it('has nothing to do for nobody', async () => {
      expect(await delivery.postAll([])).toEqual([]);
    });
  });
});
