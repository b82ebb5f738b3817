import { compileSelection, routeFor, type Source } from './selection.ts';

const select = (expression: string, body: string): string => compileSelection('Api', expression)({ body });

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
    ['R1', '${request.body.action}-${request.body.missing}', '{"action":"join"}', 'join-'],
    ['R1', 'v1.$request.body.action', '{"action":"send"}', 'v1.send'],
    ['R1', 'action', '{}', 'action'],
    ['R1', '$default', '{}', '$default'],
    ['R1', '${request.body.action}', '{"action":"${request.body.action}"}', '${request.body.action}'],
    ['R1', '$request.body.steps[1].do', '{"steps":[{"do":"a"},{"do":"b"}]}', 'b'],
    ['R1', "${request.body['a key']}", '{"a key":"x"}', 'x'],
    ['R1', '${request.body..do}', '{"steps":[{"do":"a"},{"do":"b"}]}', '[a, b]'],
    ['R1', '${request.body.steps[9].do}', '{"steps":[]}', ''],
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

describe('a selection expression', () => {
  for (const expression of [
    '$request.header.x-api-key',
    '${context.routeKey}',
    '$',
    '${request.body}',
    '${integration.response.statuscode}',
    '${request.body.@foo()}',
  ]) {
    it(`[R1] is an error at start when it is ${expression}, which is no path into a message`, () => {
      expect(() => compileSelection('Api.RouteSelectionExpression', expression)).toThrowError(
        /^Api\.RouteSelectionExpression: \$.* cannot be read there$/,
      );
    });
  }

  it('[N3] for a response may read its status and headers, which have no letter case', () => {
    const reads: Source[] = ['request.body', 'integration.response'];
    const select = compileSelection(
      'Response',
      '${integration.response.statuscode} ${integration.response.header.X-A} ${integration.response.multivalueheader.x-a}',
      reads,
    );
    const response = { statusCode: 404, headers: { 'x-a': ['1', '2'] } };
    expect(select({ body: '', response })).toBe('404 2 [1, 2]');
  });
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
    select: compileSelection('Api', '$request.body.action'),
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
