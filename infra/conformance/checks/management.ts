import type { Check } from '../check.ts';
import type { Endpoint } from '../endpoint.ts';
import type { ManagementAnswer } from '../management.ts';
import { isRecord, keysOf, parse } from '../seen-event.ts';

const NEVER = 'AAAAAAAAAAAAAAA=';

const shown = ({ status, errorType, body }: ManagementAnswer): string =>
  `${status} ${errorType.replace(/:.*/, '')} ${JSON.stringify(body)}`;

/** A call for a connection that is open. */
const open = (
  row: string,
  promise: string,
  call: (endpoint: Endpoint, id: string) => Promise<ManagementAnswer>,
  expected: string | RegExp,
  show: (answer: ManagementAnswer) => string = ({ status }) => String(status),
): Check => ({
  row,
  promise,
  expected,
  see: async (endpoint) => show(await call(endpoint, await (await endpoint.visit()).id())),
});

const gone = async (endpoint: Endpoint): Promise<string> => {
  const visitor = await endpoint.visit();
  const id = await visitor.id();
  await endpoint.management.delete(id);
  await visitor.closed();
  return id;
};

export const MANAGEMENT: readonly Check[] = [
  open('M1', 'POST is answered with 200', ({ management }, id) => management.post(id, 'x'), '200'),
  open('M1', 'GET is answered with 200', ({ management }, id) => management.get(id), '200'),
  open('M1', 'DELETE is answered with 204', ({ management }, id) => management.delete(id), '204'),
  {
    row: 'M1',
    promise: 'what is posted arrives as text',
    expected: 'Grüße, 🌍',
    see: async (endpoint) => {
      const visitor = await endpoint.visit();
      await endpoint.management.post(await visitor.id(), 'Grüße, 🌍');
      return visitor.next();
    },
  },
  open(
    'M2',
    'GET tells since when, who, and when last, in ISO 8601',
    ({ management }, id) => management.get(id),
    /^connectedAt, identity, lastActiveAt: \d{4}-\d\d-\d\dT[\d:.]+Z \d{4}-\d\d-\d\dT[\d:.]+Z sourceIp$/,
    ({ body }) => {
      const answer = parse(body);
      if (!isRecord(answer)) return body;
      const keys = Object.keys(answer).sort().join(', ');
      return `${keys}: ${String(answer['connectedAt'])} ${String(answer['lastActiveAt'])} ${keysOf(answer['identity'])}`;
    },
  ),
  open(
    'M3',
    'the @ of the path may be encoded',
    ({ management }, id) => management.post(id, 'x', (path) => path.replace('/@', '/%40')),
    '200',
  ),
  open(
    'M3',
    'the = of the id need not be encoded',
    ({ management }, id) => management.post(id, 'x', (path) => path.replace(/%3D$/, '=')),
    '200',
  ),
  open(
    'M3',
    'the path may have two slashes',
    ({ management }, id) => management.post(id, 'x', (path) => path.replace('/@', '//@')),
    '200',
  ),
  {
    row: 'M4',
    promise: 'the SDK knows that a connection has gone',
    expected: 'GoneException',
    see: async (endpoint) => (await endpoint.management.post(NEVER, 'x')).errorName,
  },
  {
    row: 'M5',
    promise: '410 has an empty body',
    expected: '410 GoneException ""',
    see: async (endpoint) => shown(await endpoint.management.post(NEVER, 'x')),
  },
  {
    row: 'M6',
    promise: '410 for POST to a closed connection',
    expected: '410',
    see: async (endpoint) => String((await endpoint.management.post(await gone(endpoint), 'x')).status),
  },
  {
    row: 'M6',
    promise: '410 for GET of a closed connection',
    expected: '410',
    see: async (endpoint) => String((await endpoint.management.get(await gone(endpoint))).status),
  },
  {
    row: 'M6',
    promise: '410 for DELETE of a closed connection',
    expected: '410',
    see: async (endpoint) => String((await endpoint.management.delete(await gone(endpoint))).status),
  },
  {
    row: 'M7',
    promise: '400 for an id of another form',
    expected: '400 BadRequestException {"message":"Invalid connectionId: no-id"}',
    see: async (endpoint) => {
      const { status, errorName, body } = await endpoint.management.post('no-id', 'x');
      return `${status} ${errorName} ${body}`;
    },
  },
  open(
    'M8',
    '403 for an unknown stage',
    ({ management }, id) => management.post(id, 'x', (path) => path.replace(/^\/[^/]+/, '/no-such-stage')),
    '403',
  ),
  open(
    'M9',
    '413 for more than 128 KB',
    ({ management }, id) => management.post(id, 'x'.repeat(128 * 1024 + 1)),
    '413 PayloadTooLargeException',
    ({ status, errorName }) => `${status} ${errorName}`,
  ),
  {
    row: 'M9',
    promise: '429 when the client does not read',
    expected: /^429 LimitExceededException after \d+ MB$/,
    slow: true,
    see: flood,
  },
  open('M11', '403 for a call that is not signed', ({ management }, id) => management.unsigned(id), '403'),
  {
    row: 'M12',
    promise: 'DELETE closes with 1000',
    expected: /^1000 /,
    see: async (endpoint) => {
      const visitor = await endpoint.visit();
      await endpoint.management.delete(await visitor.id());
      return visitor.closed();
    },
  },
];

const MOST_MB = 64;
const POSTS_PER_MB = 8;

async function flood(endpoint: Endpoint): Promise<string> {
  const visitor = await endpoint.visit();
  const id = await visitor.id();
  visitor.socket.pause();
  const text = 'x'.repeat((1024 * 1024) / POSTS_PER_MB);
  for (let posts = 0; posts < MOST_MB * POSTS_PER_MB; posts++) {
    const { status, errorName } = await endpoint.management.post(id, text);
    if (status !== 200) return `${status} ${errorName} after ${Math.round(posts / POSTS_PER_MB)} MB`;
  }
  return `all of ${MOST_MB} MB taken`;
}
