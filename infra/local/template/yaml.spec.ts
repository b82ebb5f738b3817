import { parseYaml } from './yaml.ts';

describe('parseYaml', () => {
  for (const [says, yaml, json] of [
    ['!Ref', '!Ref Api', { Ref: 'Api' }],
    ['!Ref of a pseudo-parameter', '!Ref AWS::Region', { Ref: 'AWS::Region' }],
    ['!Condition', '!Not [!Condition Yes]', { 'Fn::Not': [{ Condition: 'Yes' }] }],
    ['!GetAtt with a dot', '!GetAtt Table.Arn', { 'Fn::GetAtt': ['Table', 'Arn'] }],
    ['!GetAtt of an output', '!GetAtt Nested.Outputs.Url', { 'Fn::GetAtt': ['Nested', 'Outputs.Url'] }],
    ['!GetAtt with a list', '!GetAtt [Table, Arn]', { 'Fn::GetAtt': ['Table', 'Arn'] }],
    ['!Sub of a text', '!Sub "${Api}/x"', { 'Fn::Sub': '${Api}/x' }],
    ['!Sub with variables', '!Sub ["${A}", {A: !Ref B}]', { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] }],
    ['!Sub of a block', '!Sub |\n  a\n  b\n', { 'Fn::Sub': 'a\nb\n' }],
    ['!Join', '!Join ["", [a, !Ref B]]', { 'Fn::Join': ['', ['a', { Ref: 'B' }]] }],
    ['!If', '!If [C, 1, !Ref "AWS::NoValue"]', { 'Fn::If': ['C', 1, { Ref: 'AWS::NoValue' }] }],
    [
      '!Select and !Split',
      '!Select [0, !Split ["/", !Ref A]]',
      { 'Fn::Select': [0, { 'Fn::Split': ['/', { Ref: 'A' }] }] },
    ],
    ['!ImportValue', '!ImportValue\n  Fn::Sub: x', { 'Fn::ImportValue': { 'Fn::Sub': 'x' } }],
    ['!FindInMap', '!FindInMap [A, !Ref B, c]', { 'Fn::FindInMap': ['A', { Ref: 'B' }, 'c'] }],
    ['!Equals', '!Equals [!Ref A, ""]', { 'Fn::Equals': [{ Ref: 'A' }, ''] }],
    ['!Base64', '!Base64 a', { 'Fn::Base64': 'a' }],
    ['!ToJsonString', '!ToJsonString {a: [1]}', { 'Fn::ToJsonString': { a: [1] } }],
    ['a short form that looks like a number', '!Ref 123', { Ref: '123' }],
    ['the short form that an alias stands for', '[&a !Ref A, *a]', [{ Ref: 'A' }, { Ref: 'A' }]],
    ['a merge', '{<<: {a: 1}, b: 2}', { a: 1, b: 2 }],
    ['a date as text', '2010-09-09', '2010-09-09'],
    ['an account, with the 0 at its front', '012345678901', '012345678901'],
    ['N, a type in DynamoDB, as text', '{N: N, y: y}', { N: 'N', y: 'y' }],
    ['yes and off as booleans', '[yes, off, True]', [true, false, true]],
    ['numbers', '[0, -3, 1.5]', [0, -3, 1.5]],
  ] as const) {
    it(`[F7] reads ${says}`, () => {
      expect(parseYaml(`at: ${yaml.replaceAll('\n', '\n  ')}`)).toEqual({ at: json });
    });
  }

  for (const [yaml, message] of [
    ['a: !Foo x', 'line 1, column 4: Unresolved tag: !Foo'],
    ['a: 1\na: 2', 'line 2, column 1: Map keys must be unique'],
    ['\ta: 1', 'line 1, column 1: Tabs are not allowed as indentation'],
    [
      'a: [1',
      'line 1, column 6: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ] as const) {
    it(`[F7] refuses ${JSON.stringify(yaml)} and says where`, () => {
      expect(() => parseYaml(yaml)).toThrowError(message);
    });
  }
});
