import { Activity } from './activity.ts';
import { Tracing } from './tracing.ts';

const FEW = { rate: 0, burst: 2 };
const request = (requestId: string) => ({ requestId, connectionId: 'A=', route: 'r', frame: 1 });

describe('Tracing', () => {
  it('[X13] follows nothing while nobody listens', () => {
    const activity = new Activity();
    const tracing = new Tracing(activity);
    expect(tracing.follow(request('1'))).toBeUndefined();
    const end = activity.listen(() => undefined);
    expect(tracing.follow(request('2'))).toBeDefined();
    end();
    expect(tracing.follow(request('3'))).toBeUndefined();
  });

  it('[X13] follows no more than so many, and each whole', () => {
    const activity = new Activity();
    const told: string[] = [];
    activity.listen(({ type }) => told.push(type));
    const tracing = new Tracing(activity, FEW);
    const traces = ['1', '2', '3'].map((id) => tracing.follow(request(id)));
    expect(traces.map((trace) => trace?.requestId)).toEqual(['1', '2', undefined]);
    expect(told).toEqual(['received', 'received']);
  });

  it('[X13] forgets a request that the gateway has done with', () => {
    const activity = new Activity();
    activity.listen(() => undefined);
    const tracing = new Tracing(activity);
    const trace = tracing.follow(request('1'));
    expect(tracing.find('1')).toBe(trace);
    tracing.end('1');
    expect(tracing.find('1')).toBeUndefined();
  });

  it('[X13] follows a thousand at once and no more, however long their functions take', () => {
    const activity = new Activity();
    activity.listen(() => undefined);
    const tracing = new Tracing(activity, { rate: 0, burst: 2000 });
    const followed = Array.from({ length: 1100 }, (_, index) => tracing.follow(request(String(index))));
    expect(followed.filter((trace) => trace !== undefined).length).toBe(1000);
  });
});
