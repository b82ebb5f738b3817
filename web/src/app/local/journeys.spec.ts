import { Journeys, MOST_JOURNEYS } from './journeys.ts';

const step = { requestId: 'r1', at: 1000 };
const received = (frame: number, requestId = `r${frame}`) =>
  ({
    type: 'received',
    data: { ...step, requestId, connectionId: 'a=', route: 'x', frame, bytes: 1 },
  }) as const;
const sent = (connectionId: string, requestId = 'r1') =>
  ({ type: 'sent', data: { ...step, requestId, connectionId, frame: 7, bytes: 2 } }) as const;

describe('Journeys', () => {
  it('puts together what is told of one request', () => {
    const journeys = new Journeys();
    journeys.add(received(1));
    journeys.add({ type: 'started', data: { ...step, function: 'f', cold: true, waitedMs: 0 } });
    journeys.add({ type: 'called', data: { ...step, service: 'dynamodb', operation: 'Query', ms: 1 } });
    journeys.add(sent('b='));
    journeys.add({ type: 'invocation', data: { ...step, function: 'f', ms: 3, outcome: 'answered' } });
    const journey = journeys.find('out', 'a=', 1);
    expect([journey?.started?.function, journey?.ended?.ms]).toEqual(['f', 3]);
    expect(journey?.calls.map(({ operation }) => operation)).toEqual(['Query']);
    expect(journeys.find('in', 'b=', 7)).toBe(journey);
    expect(journeys.find('in', 'a=', 1)).toBeUndefined();
  });

  it('keeps nothing of a request whose beginning it was not told', () => {
    const journeys = new Journeys();
    journeys.add(sent('b=', 'unknown'));
    expect(journeys.find('in', 'b=', 7)).toBeUndefined();
  });

  it('forgets the oldest', () => {
    const journeys = new Journeys();
    for (let frame = 1; frame <= MOST_JOURNEYS + 1; frame++) journeys.add(received(frame));
    expect(journeys.find('out', 'a=', 1)).toBeUndefined();
    expect(journeys.find('out', 'a=', 2)).toBeDefined();
  });

  it('does not grow with a function that calls without end', () => {
    const journeys = new Journeys();
    journeys.add(received(1));
    for (let count = 0; count < 1000; count++) journeys.add(sent('b='));
    expect(journeys.find('out', 'a=', 1)?.sent.length).toBe(300);
  });
});
