import { TemplateError } from '../../template/values.ts';
import { compileTemplate, type TemplateInput } from './template.ts';

const BODY = {
  action: 'send',
  text: `it's "here"/\n`,
  list: [{ id: 1, on: true }, { id: 2 }],
  none: null,
  inner: '{"key":{"list":[1,2,3]}}',
  map: { b: 2, a: 'x' },
  7: 'seven',
};
const INPUT: TemplateInput = {
  payload: JSON.stringify(BODY),
  params: {
    path: {},
    querystring: { room: 'lobby', token: 'a b&c' },
    header: { Host: 'localhost', 'User-Agent': 'test' },
  },
  context: {
    connectionId: 'C51DherHNjMCI3Q=',
    requestTimeEpoch: 1_705_504_440_469,
    identity: { sourceIp: '127.0.0.1' },
    authorizer: { principalId: 'me', number: '1' },
  },
  stageVariables: { table: 'rows', 'a-b': 'dash' },
};
const render = (source: string, input: Partial<TemplateInput> = {}): string =>
  compileTemplate('Template', source)({ ...INPUT, ...input });

describe('a mapping template', () => {
  const cases: readonly [rule: string, source: string, text: string][] = [
    ['N6', '$input.body', INPUT.payload],
    ['N6', "$input.json('$.list')", '[{"id":1,"on":true},{"id":2}]'],
    ['N6', "$input.json('$.action')", '"send"'],
    ['N6', "$input.json('$.missing')", '""'],
    ['N6', "$input.json('$.none')", 'null'],
    ['N6', "$input.json('$.list[*].id')", '[1,2]'],
    ['N6', "$input.json('$.list[?(@.id > 1)].id')", '[2]'],
    ['N6', "$input.json('$.list[?(@.no.such)].id')", '[]'],
    ['N6', "$input.path('$.list[0].id')", '1'],
    ['N6', "$input.path('list[1].id')", '2'],
    ['N6', `$input.path("$['action']")`, 'send'],
    ['N6', '"$input.path(\'$.missing\')"', '""'],
    ['N6', "$input.path('$.map')", '{b=2, a=x}'],
    ['N6', "$input.params('room') $input.params('user-agent')", 'lobby test'],
    ['N6', "$input.params('missing')", ''],
    ['N6', "#set($name = $input.params('missing'))#if($name == '')none#end $name.length()", 'none 0'],
    ['N6', "$input.params().get('header')", '{Host=localhost, User-Agent=test}'],
    ['N6', '$input.params().querystring.room', 'lobby'],
    ['N6', '$context.connectionId $context.identity.sourceIp', 'C51DherHNjMCI3Q= 127.0.0.1'],
    ['N6', '$context.authorizer.principalId $context.authorizer.number', 'me 1'],
    ['N6', '"$context.authorizer.missing"', '""'],
    ['N6', "$stageVariables.table ${stageVariables['a-b']} $stageVariables['table']", 'rows dash rows'],
    ['N6', "$util.escapeJavaScript($input.path('$.text'))", `it\\'s \\"here\\"\\/\\n`],
    ['N6', "$util.escapeJavaScript('é')", '\\u00E9'],
    ['N6', `$util.escapeJavaScript($input.path('$.text')).replaceAll("\\\\'","'")`, `it's \\"here\\"\\/\\n`],
    ['N6', "$util.parseJson($input.path('$.inner')).key.list[1]", '2'],
    ['N6', "$util.urlEncode($input.params('token'))", 'a+b%26c'],
    ['N6', "$util.urlDecode('a+b%26c') $util.urlDecode('%')", 'a b&c %'],
    ['N6', "$util.base64Encode('hé') $util.base64Decode('aMOp')", 'aMOp hé'],
    ['N7', "$input.path('$.list').size() $input.path('$.list').count()", '2 2'],
    ['N7', "#if($input.path('$.map').containsKey('a'))yes#end", 'yes'],
    ['N7', "#if($input.path('$.map').isEmpty())#{else}no#end", 'no'],
    ['N7', "#if($input.path('$.action').equals('send') && $input.path('$.action').length() == 4)y#end", 'y'],
    ['N7', "#if($input.path('$.action').matches('s.*') && $input.path('$.action').contains('en'))y#end", 'y'],
    ['N7', "#if($input.path('$.action').matches('s'))y#{else}n#end", 'n'],
    [
      'N7',
      "#foreach($e in $input.path('$.map').entrySet())$e.key:$e.value#if($foreach.hasNext),#end#end",
      'b:2,a:x',
    ],
    ['N7', '#foreach($k in $input.params().header.keySet())$k;#end', 'Host;User-Agent;'],
    ['N7', "$input.path('$.action').split('n').get(1) $input.path('$.action').substring(1, 3)", 'd en'],
    ['N7', '#set($ttl = $context.requestTimeEpoch / 1000 + 3600)$ttl', '1705508040'],
    ['N7', '#set($half = 5.5 / 2)$half', '2.75'],
    ['N7', '#set($text = "id $context.connectionId $context.missing!")$text', 'id C51DherHNjMCI3Q= !'],
    ['N7', '$unknown ${unknown.part} $!unknown 5$', '$unknown ${unknown.part}  5$'],
    ['N6', `"$input.path('$.none')"`, '""'],
    ['N7', `#set($none = $input.path('$.none'))$!none|$none|\${none}`, '|$none|${none}'],
    ['N7', '#if($context.stage)$context.stage#else{}#end', '{}'],
    ['N7', `#if($input.path('$.map'))$input.json('$.map')#else{"b":{}}#end{`, '{"b":2,"a":"x"}{'],
    [
      'N7',
      '#set($m = {"a":{"b":"c{"}})$m.a.b{"x":$m.a.get("b")}#foreach($i in [1,2])$i#{end}{}',
      'c{{"x":c{}12{}',
    ],
    ['N7', '#set($m = {"a": [1, 2]})#set($x = $m.put("b", "c"))$m.a[1]$m.b', '2c'],
  ];
  for (const [rule, source, text] of cases) {
    it(`[${rule}] makes ${JSON.stringify(text)} of ${source}`, () => {
      expect(render(source)).toBe(text);
    });
  }

  it('[N6] of a payload that is no JSON has it as text, and of none an empty object', () => {
    expect(render("$input.body|$input.path('$')|$input.json('$')", { payload: 'hi' })).toBe('hi|hi|"hi"');
    expect(render("$input.body|$input.path('$')|$input.json('$')", { payload: '' })).toBe('||{}');
  });

  it('[N6] may set what it was given, and nobody else sees it', () => {
    const source = "#set($context.connectionId = 'mine')$context.connectionId";
    expect(render(source)).toBe('mine');
    expect(INPUT.context['connectionId']).toBe('C51DherHNjMCI3Q=');
  });

  for (const source of [
    "$input.path.constructor('return process')",
    "$context.constructor.prototype.get('x')",
    '$util.__proto__',
    "$input.json('$').constructor",
  ]) {
    it(`[N6] reaches nothing of the runner by ${source}`, () => {
      expect(render(source)).not.toMatch(/function|object|process/i);
    });
  }

  for (const source of ['#if($a', '{"x": "$input.path("}', '#set(x = 1)']) {
    it(`[N6] that cannot be read is an error at start: ${source}`, () => {
      expect(() => compileTemplate('Mock.RequestTemplates.$default', source)).toThrowError(
        TemplateError,
        /^Mock\.RequestTemplates\.\$default is not a Velocity template: /,
      );
    });
  }
});
