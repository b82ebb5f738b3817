import { peer, welcome } from '../../testing/frames.ts';
import { type Life, lived, living } from './life.ts';
import type { Event } from './reducer.ts';

/** What is known after these events, each at its time. */
const after = (...events: readonly (readonly [at: number, event: Event])[]): Life | undefined =>
  events.reduce<Life | undefined>((life, [at, event]) => living(life, event, at), undefined);
const welcomed = (connectionId: string, at: number): Event => ({
  type: 'frame',
  frame: welcome([peer('B=')], { connectionId }),
  at,
});
const waiting: Event = {
  ...{ type: 'waiting', attempt: 2, retryAt: 0, failedHandshakes: 0 },
  why: { kind: 'closed', code: 1001, reason: '' },
};

describe('the life of a connection', () => {
  it('begins when its socket opens', () => {
    expect(lived(after([10, { type: 'opened' }], [20, welcomed('a=', 20)]), 100)).toEqual({
      ageMs: 90,
      idleMs: 80,
    });
  });

  it('is idle since the last frame, whichever way that went', () => {
    const begun = [
      [0, { type: 'opened' }],
      [0, welcomed('a=', 0)],
    ] as const;
    expect(lived(after(...begun, [50, { type: 'pinged', id: 'p' }]), 60)?.idleMs).toBe(10);
    expect(lived(after(...begun, [50, { type: 'receipted', session: 's', ids: [] }]), 60)?.idleMs).toBe(10);
    expect(lived(after(...begun, [50, { type: 'looked', visible: true }]), 60)?.idleMs).toBe(60);
  });

  it('goes on in the next connection once that is welcome, and not before', () => {
    const begun = [
      [0, { type: 'opened' }],
      [1, welcomed('a=', 1)],
      [100, { type: 'opened' }],
    ] as const;
    expect(lived(after(...begun, [110, { type: 'pinged', id: 'p' }]), 120)?.ageMs).toBe(120);
    expect(lived(after(...begun, [110, welcomed('b=', 110)]), 120)?.ageMs).toBe(20);
  });

  it('is over when the connection is', () => {
    expect(after([0, { type: 'opened' }], [1, waiting])).toBeUndefined();
    expect(after([0, { type: 'opened' }], [1, { type: 'disconnected' }])).toBeUndefined();
    expect(lived(undefined, 5)).toBeUndefined();
  });
});
