import { TestBed } from '@angular/core/testing';
import { until } from '../../testing/page.ts';
import { surroundWithRunner } from '../../testing/runner.ts';
import { Configuration } from '../connection/configuration.ts';
import { LocalRunner, STREAM_RETRY_MS } from './local-runner.ts';

const RECEIVED = { requestId: 'r1', at: 1000, connectionId: 'me=', route: 'x', frame: 1, bytes: 9 };

describe('LocalRunner', () => {
  it('asks nothing of a deployed stage', async () => {
    const { faults, streams } = surroundWithRunner({ config: '{"webSocketUrl":"ws://localhost:3001/dev"}' });
    const runner = TestBed.inject(LocalRunner);
    await until(() => TestBed.inject(Configuration).configured().kind === 'ready');
    TestBed.tick();
    await runner.change({ drop: 1 });
    expect(runner.base()).toBeUndefined();
    expect(streams.all).toEqual([]);
    expect(faults.asked).toEqual([]);
  });

  it('listens to the runner behind the page, and asks it for the faults in force', async () => {
    const { faults, listened } = surroundWithRunner();
    faults.settings = { drop: 0.5, delayMs: 0 };
    const runner = TestBed.inject(LocalRunner);
    expect((await listened()).url).toBe('_local/stream');
    expect(runner.listening()).toBeTrue();
    expect(faults.asked).toEqual([['_local/faults']]);
    expect(runner.faultsOn()).toEqual(['drop']);
  });

  it('remembers what it is told of a request, and says that there is more once the screen is drawn', async () => {
    const { listened } = surroundWithRunner();
    const runner = TestBed.inject(LocalRunner);
    const stream = await listened();
    for (const frame of [1, 2, 3]) {
      stream.tell('received', { ...RECEIVED, requestId: `r${frame}`, frame });
    }
    await until(() => runner.revision() > 0);
    expect(runner.revision()).toBe(1);
    expect(runner.journeys.find('out', 'me=', 2)?.received.requestId).toBe('r2');
  });

  for (const [what, text] of [
    ['no JSON', '{'],
    ['not an object', '1'],
    ['without a field', '{"requestId":"r1","at":1}'],
    ['with a field of another type', JSON.stringify({ ...RECEIVED, frame: '1' })],
  ] as const) {
    it(`passes over an event that is ${what}`, async () => {
      const { listened } = surroundWithRunner();
      const runner = TestBed.inject(LocalRunner);
      const stream = await listened();
      expect(() => stream.tell('received', text)).not.toThrow();
      expect(runner.journeys.find('out', 'me=', 1)).toBeUndefined();
    });
  }

  it('hears of faults that somebody else switches', async () => {
    const { listened } = surroundWithRunner();
    const runner = TestBed.inject(LocalRunner);
    const stream = await listened();
    stream.tell('faults', { hang: 0.1, reorder: 0 });
    expect(runner.faultsOn()).toEqual(['hang']);
  });

  it('takes what it is told for newer than what it asked for before', async () => {
    const { faults, opened } = surroundWithRunner();
    faults.settings = { drop: 1 };
    const runner = TestBed.inject(LocalRunner);
    (await opened()).tell('faults', { drop: 0, hang: 1 });
    await faults.heard();
    expect(runner.faultsOn()).toEqual(['hang']);
  });

  it('switches faults, and all of them off', async () => {
    const { faults, listened } = surroundWithRunner();
    const runner = TestBed.inject(LocalRunner);
    await listened();
    await runner.change({ drop: 0.25, hang: 0.1 });
    expect(runner.faultsOn()).toEqual(['drop', 'hang']);
    await runner.dropNow();
    expect(faults.asked.at(-1)).toEqual(['_local/faults', { dropNow: true }]);
    await runner.allOff();
    expect(runner.faultsOn()).toEqual([]);
    expect(faults.settings['drop']).toBe(0);
  });

  it('says when the runner did not take it, until it does', async () => {
    const { faults, listened } = surroundWithRunner();
    const runner = TestBed.inject(LocalRunner);
    await listened();
    faults.answers = false;
    await runner.change({ drop: 1 });
    expect(runner.failed()).toBeTrue();
    expect(runner.faultsOn()).toEqual([]);
    faults.answers = true;
    await runner.change({ drop: 1 });
    expect(runner.failed()).toBeFalse();
  });

  it('knows when the stream is lost, and opens it again after it has ended', async () => {
    const { listened, streams, time } = surroundWithRunner();
    const runner = TestBed.inject(LocalRunner);
    const stream = await listened();
    stream.lose();
    expect(runner.listening()).toBeFalse();
    stream.open();
    expect(runner.listening()).toBeTrue();
    stream.end();
    expect(runner.listening()).toBeFalse();
    time.pass(STREAM_RETRY_MS - 1);
    expect(streams.all.length).toBe(1);
    time.pass(1);
    expect(streams.all.length).toBe(2);
    streams.stream.open();
    expect(runner.listening()).toBeTrue();
  });

  it('lets go of the stream while nobody sees the page', async () => {
    const { listened, streams } = surroundWithRunner();
    TestBed.inject(LocalRunner);
    const stream = await listened();
    const hidden = spyOnProperty(document, 'hidden').and.returnValue(true);
    const turn = () => {
      document.dispatchEvent(new Event('visibilitychange'));
      TestBed.tick();
    };
    turn();
    expect(stream.readyState).toBe(2);
    hidden.and.returnValue(false);
    turn();
    expect(streams.all.length).toBe(2);
  });
});
