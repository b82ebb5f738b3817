import { routeFor, select } from './selection.ts';

describe('select', () => {
  const cases: readonly [rule: string, expression: string, body: string, key: string][] = [
    ['R1', '$request.body.action', '{"action":"send"}', 'send'],
    ['R1', '${request.body.action}', '{"action":"send"}', 'send'],
    ['R1', '${request.body.service}/${request.body.action}', '{"service":"a","action":"b"}', 'a/b'],
    ['R1', '\\$default', '{}', '$default'],
    ['R1', '$request.body.missing', '{"action":"send"}', ''],
    ['R1', '$request.body.action', '{"action":["a","b"]}', '[a, b]'],
    ['R1', '$request.body.action', '{"action":7}', '7'],
    ['R1', '$request.body.action', '{"action":null}', ''],
    ['R2', '$request.body.service.do', '{"service":{"do":"x"}}', 'x'],
    ['R2', '$request.body.service.do', '{"service":"x"}', ''],
    ['R4', '$request.body.action', 'not JSON', ''],
    ['R4', '$request.body.action', '"a string"', ''],
    ['R4', '$request.body.toString', '{}', ''],
  ];
  for (const [rule, expression, body, key] of cases) {
    it(`[${rule}] makes ${JSON.stringify(key)} of ${body} by ${expression}`, () => {
      expect(select(expression, body)).toBe(key);
    });
  }
});

describe('select, of JSON that is nested as deeply as fits a message', () => {
  for (const [what, open, inner, close] of [
    ['lists', '[', '', ']'],
    ['objects', '{"a":', '1', '}'],
  ] as const) {
    it(`[R24] finds no key in ${what}`, () => {
      const deep = open.repeat(20_000) + inner + close.repeat(20_000);
      expect(select('a$request.body.action', `{"action":${deep}}`)).toBe('a');
    });
  }
});

describe('routeFor', () => {
  const table = (...keys: string[]) => ({
    selectionExpression: '$request.body.action',
    routes: new Map(keys.map((key) => [key, key])),
  });

  it('[R3] takes the exact route first, then $default, then none', () => {
    expect(routeFor(table('send', '$default'), '{"action":"send"}')?.key).toBe('send');
    expect(routeFor(table('send', '$default'), '{"action":"other"}')?.key).toBe('$default');
    expect(routeFor(table('send'), '{"action":"other"}')).toBeUndefined();
  });

  it('[R6] lets no client call the routes of the gateway itself', () => {
    const routes = table('$connect', '$disconnect', '$default');
    expect(routeFor(routes, '{"action":"$connect"}')?.key).toBe('$default');
    expect(routeFor(table('$connect'), '{"action":"$connect"}')).toBeUndefined();
  });
});
