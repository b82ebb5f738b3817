import type { Check } from '../check.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Visitor } from '../visitor.ts';
import { frame, withoutIds } from './trouble.ts';

const visit = (endpoint: Endpoint): Promise<Visitor> => endpoint.visit({ url: endpoint.mappingUrl });

const answered = (row: string, promise: string, message: object, expected: string | RegExp): Check => ({
  row,
  promise,
  expected,
  see: async (endpoint) => (await visit(endpoint)).ask(message),
});

/** An error frame, whatever the ids: no route of this API tells a client its own. */
const trouble = (row: string, promise: string, message: object, text: string): Check => ({
  row,
  promise,
  expected: frame(text),
  see: async (endpoint) => withoutIds(await (await visit(endpoint)).ask(message)),
});

const knocked = (promise: string, userAgent: string, expected: string): Check => ({
  row: 'N12',
  promise,
  expected,
  see: async (endpoint) => {
    const options = { headers: { 'User-Agent': userAgent } };
    return String((await endpoint.knock({ url: endpoint.mappingUrl, options })).status);
  },
});

/** The function's event, with a key that the client decides. */
const mapped = (row: string, promise: string, key: string, expected: string): Check => ({
  row,
  promise,
  expected,
  see: async (endpoint) => {
    const message = { action: 'invoke', data: { a: [1, 'é'] }, list: [1, 2], word: 'a b&c' };
    const event = JSON.parse(await (await visit(endpoint)).ask(message)) as Record<string, unknown>;
    return JSON.stringify(event[key] ?? null);
  },
});

const FAILED = 'Internal server error';
/** As the backend writes it, with whatever spaces. */
const PET = /^\{\s*"id":\s*3,\s*"type":\s*"fish",\s*"price":\s*0\.99\s*\}\s*$/;
const NAME = { action: 'named', name: 'ada' };

/** Integrations that map what comes and goes. */
export const MAPPING: readonly Check[] = [
  answered('N1', 'MOCK answers what its response template makes', { action: 'mock' }, 'mocked mock'),
  answered('N1', 'its request may be JSON that is not strict', { action: 'lenient' }, 'answered'),
  trouble('N1', 'without a statusCode it fails', { action: 'withoutStatus' }, FAILED),
  {
    row: 'N2',
    promise: 'a row is put and read by templates alone',
    expected: 'put, hello until an hour from now',
    see: async (endpoint) => {
      const visitor = await visit(endpoint);
      const put = await visitor.ask({ action: 'put', said: 'hello' });
      const [said, until] = (await visitor.ask({ action: 'get' })).split(' until ');
      const hours = (Number(until) * 1000 - Date.now()) / 3_600_000;
      // N7: whole seconds; the clocks of two machines may differ.
      const isHour = Math.abs(hours - 1) < 0.1 && /^\d+$/.test(until ?? '');
      return `${put}, ${said} until ${isHour ? 'an hour from now' : until}`;
    },
  },
  answered('N2', 'what the table refuses is a response too', { action: 'put', said: 5 }, 'refused'),
  answered('N3', 'the expression chooses a template', { action: 'chosen', kind: 'tea' }, 'chose tea'),
  answered('N3', 'or none of them, and so $default', { action: 'chosen', kind: 'milk' }, 'chose nothing'),
  trouble(
    'N3',
    'with no template and NEVER the message is refused',
    { action: 'noTemplate' },
    'Unsupported Media Type',
  ),
  answered('N4', 'a part of the message goes into the path', { action: 'petType', id: 2 }, 'cat'),
  answered(
    'N4',
    'a text in quotes goes into a header, which says that nobody waits for the function',
    { action: 'start', fail: 'No such thing' },
    'started',
  ),
  mapped('N5', 'a function gets the mapped event', 'mapped', '{"a":[1,"é"]}'),
  mapped('N6', 'a path that leads nowhere is empty', 'missing', '""'),
  mapped('N6', '$util.urlEncode', 'encoded', '"a+b%26c"'),
  mapped('N7', 'a list has a size()', 'size', '2'),
  answered(
    'N8',
    'a pattern that is the whole error message chooses the response',
    { action: 'invoke', fail: 'No such thing', list: [] },
    'failed: No such thing',
  ),
  {
    row: 'N9',
    promise: 'CONVERT_TO_BINARY of a request decodes base64',
    expected: '{"a":1}',
    see: async (endpoint) => (await visit(endpoint)).ask(Buffer.from('{"a":1}').toString('base64')),
  },
  {
    row: 'N9',
    promise: 'CONVERT_TO_TEXT of a response encodes base64',
    expected: PET,
    see: async (endpoint) => {
      const text = await (await visit(endpoint)).ask({ action: 'petBytes', id: 3 });
      const decoded = Buffer.from(text, 'base64');
      return decoded.toString('base64') === text ? decoded.toString('utf8') : `no base64: ${text}`;
    },
  },
  answered('N10', 'the answer of an HTTP_PROXY comes as it is', { action: 'pet', id: 3 }, PET),
  answered('N10', 'and that of HTTP by its template', { action: 'petType', id: 3 }, 'fish'),
  answered('N11', 'a message that is as its model has it', NAME, 'answered'),
  trouble('N11', 'and one that is not', { ...NAME, name: 5 }, 'Invalid request body'),
  knocked('a status of 200 from MOCK lets a client in', 'welcome', '101'),
  knocked('one of 403 refuses it', 'unwelcome', '403'),
];
