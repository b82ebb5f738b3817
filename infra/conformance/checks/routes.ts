import { setTimeout as delay } from 'node:timers/promises';
import type { Check } from '../check.ts';
import { NotAsked } from '../not-asked.ts';
import type { Endpoint } from '../endpoint.ts';
import { isRecord, parse, readEcho } from '../seen-event.ts';
import { frame, troubleOf } from './trouble.ts';

const trouble = (row: string, promise: string, message: object | string, expected: string): Check => ({
  row,
  promise,
  expected: frame(expected),
  see: async (endpoint) => troubleOf(await endpoint.visit(), message),
});

const answered = (row: string, promise: string, action: string, expected: string): Check => ({
  row,
  promise,
  expected,
  see: async (endpoint) => (await endpoint.visit()).ask({ action }),
});

/** The key of the route that the second API selects. */
const selected = (row: string, promise: string, message: object | string, expected: string): Check => ({
  row,
  promise,
  expected,
  see: async (endpoint) => {
    const visitor = await endpoint.visit({ url: endpoint.selectionUrl });
    return String(readEcho(await visitor.ask(message)).requestContext['routeKey']);
  },
});

const FAILED = 'Internal server error';

export const ROUTES: readonly Check[] = [
  selected(
    'R1',
    'an expression has several parts and text',
    { service: { name: 'chat' }, action: 'say' },
    'chat/say',
  ),
  selected(
    'R2',
    'a part that is not nested as asked is empty',
    { service: 'chat', action: 'say' },
    '$default',
  ),
  selected('R3', 'a key without a route falls back', { service: { name: 'x' }, action: 'say' }, '$default'),
  selected('R4', 'a message that is not JSON falls back', 'not JSON', '$default'),
  selected('R4', 'JSON that is no object falls back', '"chat/say"', '$default'),
  trouble('R3', 'without $default an unknown key is Forbidden', { action: 'no-such-route' }, 'Forbidden'),
  trouble('R4', 'without $default a message that is not JSON is Forbidden', 'not JSON', 'Forbidden'),
  trouble('R6', 'a client cannot name $connect', { action: '$connect' }, 'Forbidden'),
  trouble('R6', 'a client cannot name $disconnect', { action: '$disconnect' }, 'Forbidden'),
  trouble('R7', 'the bytes of the Forbidden frame', '{}', 'Forbidden'),
  trouble('R8', 'a function that throws', { action: 'throw' }, FAILED),
  trouble('R8', 'a function that takes too long', { action: 'slow' }, 'Endpoint request timed out'),
  {
    row: 'R10',
    promise: 'the connection stays open after an error frame',
    expected: 'answers',
    see: async (endpoint) => {
      const visitor = await endpoint.visit();
      await visitor.ask({ action: 'throw' });
      return (await visitor.event()).requestContext['routeKey'] === 'event' ? 'answers' : 'does not';
    },
  },
  trouble('R11', 'a result with an unknown key', { action: 'unknownKey' }, FAILED),
  trouble('R11', 'no result at all', { action: 'nothing' }, FAILED),
  {
    row: 'R16',
    promise: 'on a one-way route the result is not sent',
    expected: 'nothing',
    see: async (endpoint) => {
      const visitor = await endpoint.visit();
      visitor.say({ action: 'oneWay' });
      await delay(1000);
      const first = await visitor.ask({ action: 'length' });
      return /^\d+$/.test(first) ? 'nothing' : first;
    },
  },
  answered('R18', 'a two-way route sends the body alone, whatever the status', 'status', 'the body of a 500'),
  answered('R19', 'a two-way route without a body sends an empty message', 'empty', ''),
  trouble('R23', 'a function that API Gateway may not call', { action: 'unpermitted' }, FAILED),
  {
    row: 'R24',
    promise: 'a value that is nested too deeply names no route',
    expected: frame('Forbidden'),
    see: async (endpoint) =>
      troubleOf(await endpoint.visit(), `{"action":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
  },
  trouble('Q15', 'a route with a limit of 0 refuses', { action: 'refused' }, 'Too Many Requests'),
  {
    row: 'L2',
    promise: 'a function is frozen between its events',
    expected: 'frozen',
    see: (endpoint) => ticksBetweenEvents(endpoint),
  },
  trouble('L3', "the function's own time runs out", { action: 'never' }, FAILED),
  trouble('L4', 'process.exit fails its invocation', { action: 'exit' }, FAILED),
  {
    row: 'L4',
    promise: 'and the next one is answered',
    expected: 'answers',
    see: async (endpoint) => {
      const visitor = await endpoint.visit();
      await visitor.ask({ action: 'exit' });
      return (await visitor.event()).requestContext['routeKey'] === 'event' ? 'answers' : 'does not';
    },
  },
  {
    row: 'L7',
    promise: 'a function posts to its own caller with the endpoint of its event',
    expected: 'self',
    see: async (endpoint) => {
      const visitor = await endpoint.visit();
      return String(readEcho(await visitor.ask({ action: 'self' })).requestContext['routeKey']);
    },
  },
];

/** A timer of 20 ms would tick 35 times. */
const BETWEEN_MS = 700;
const TRIES = 5;

async function ticksBetweenEvents(endpoint: Endpoint): Promise<string> {
  const visitor = await endpoint.visit();
  for (let tried = 0; tried < TRIES; tried++) {
    const before = parse(await visitor.ask({ action: 'ticks' }));
    await delay(BETWEEN_MS);
    const after = parse(await visitor.ask({ action: 'ticks' }));
    if (!isRecord(before) || !isRecord(after)) return 'no answer from the function';
    if (before['instance'] !== after['instance']) continue;
    const ticks = Number(after['ticks']) - Number(before['ticks']);
    return ticks <= 3 ? 'frozen' : `its timer went off ${ticks} times`;
  }
  throw new NotAsked(`another instance answered each of ${TRIES} times`);
}
