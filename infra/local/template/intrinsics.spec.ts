import { evaluate, type Scope } from './intrinsics.ts';

const scope: Scope = {
  ref: (name) => `ref:${name}`,
  attribute: (logicalId, name) => `${logicalId}/${name}`,
  condition: (name) => name === 'Yes',
  mapping: (map, first, second) => (map === 'None' ? undefined : [map, first, second].join('.')),
  imported: (name) => `imported:${name}`,
  extended: true,
};

describe('evaluate', () => {
  const cases: readonly [says: string, value: unknown, result: unknown][] = [
    ['leaves plain values as they are', { a: [1, 'b', true, null] }, { a: [1, 'b', true, null] }],
    ['Ref', { Ref: 'Api' }, 'ref:Api'],
    ['Fn::GetAtt with a list', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table/Arn'],
    ['Fn::GetAtt with a dotted attribute', { 'Fn::GetAtt': ['Nested', 'Outputs.Url'] }, 'Nested/Outputs.Url'],
    [
      'Fn::Join with intrinsics inside',
      { 'Fn::Join': ['', ['wss://', { Ref: 'Api' }, '/dev']] },
      'wss://ref:Api/dev',
    ],
    [
      'Fn::Sub with a name, an attribute and a literal',
      { 'Fn::Sub': '${Api}/${Table.Arn}/${!Kept}' },
      'ref:Api/Table/Arn/${Kept}',
    ],
    [
      'Fn::Sub with variables of its own',
      { 'Fn::Sub': ['${Own}-${Api}', { Own: { Ref: 'X' } }] },
      'ref:X-ref:Api',
    ],
    ['Fn::Select and Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    ['Fn::Select with a number as text', { 'Fn::Select': ['2', ['a', 'b', 'c']] }, 'c'],
    ['Fn::If that holds', { 'Fn::If': ['Yes', { Ref: 'A' }, 'no'] }, 'ref:A'],
    ['Fn::If that does not hold', { 'Fn::If': ['No', 'yes', 'no'] }, 'no'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'key'] }, 'Map.ref:AWS::Region.key'],
    [
      'Fn::FindInMap with a default',
      { 'Fn::FindInMap': ['None', 'a', 'b', { DefaultValue: { Ref: 'A' } }] },
      'ref:A',
    ],
    ['Fn::GetAZs', { 'Fn::GetAZs': 'eu-west-1' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
    ['Fn::GetAZs of this Region', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'ref:AWS::Regiona'],
    ['Fn::Length', { 'Fn::Length': { 'Fn::Split': [',', 'a,b'] } }, 2],
    ['Fn::ToJsonString', { 'Fn::ToJsonString': { a: [{ Ref: 'A' }] } }, '{"a":["ref:A"]}'],
    ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': '${Net}-table' } }, 'imported:ref:Net-table'],
    ['Fn::Base64', { 'Fn::Base64': 'hello' }, 'aGVsbG8='],
    [
      'Fn::And, Fn::Or, Fn::Not and Fn::Equals',
      {
        'Fn::And': [
          { 'Fn::Or': [false, { Condition: 'Yes' }] },
          { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] },
        ],
      },
      true,
    ],
    ['[F18] Fn::Equals of a text and a boolean', { 'Fn::Equals': ['true', true] }, true],
    ['[F18] Fn::Equals of a number and a text', { 'Fn::Equals': [3, '3'] }, true],
    ['Fn::Equals of others', { 'Fn::Equals': ['false', true] }, false],
    ['AWS::NoValue in an object', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
    ['AWS::NoValue in a list', [1, { 'Fn::If': ['No', 2, { Ref: 'AWS::NoValue' }] }], [1]],
    ['AWS::NoValue alone', { Ref: 'AWS::NoValue' }, undefined],
    ['an object with a key that only looks like one', { Ref: 'A', other: 1 }, { Ref: 'A', other: 1 }],
  ];
  for (const [says, value, result] of cases) {
    it(`resolves ${says}`, () => expect(evaluate(value, scope)).toEqual(result));
  }

  for (const [value, name] of [
    [{ 'Fn::Length': [] }, 'Fn::Length'],
    [{ 'Fn::ToJsonString': {} }, 'Fn::ToJsonString'],
    [{ 'Fn::FindInMap': ['None', 'a', 'b', { DefaultValue: 1 }] }, 'DefaultValue of Fn::FindInMap'],
  ] as const) {
    it(`[F10] refuses ${name} where the template does not ask for the transform`, () => {
      expect(() => evaluate(value, { ...scope, extended: false })).toThrowError(
        `${name} needs Transform: AWS::LanguageExtensions`,
      );
    });
  }

  it('[F10] refuses a loop, by name, and a mapping that is not there', () => {
    expect(() => evaluate({ a: 1, 'Fn::ForEach::X': [] }, scope)).toThrowError(
      'Fn::ForEach::X is not supported',
    );
    expect(() => evaluate({ 'Fn::FindInMap': ['None', 'a', 'b'] }, scope)).toThrowError(
      'no mapping None.a.b',
    );
  });

  for (const [value, message] of [
    [{ 'Fn::Select': ['2', ['a', 'b']] }, 'Fn::Select asks for 2 of ["a","b"], which counts from 0'],
    [{ 'Fn::If': [true, 1, 2] }, 'Fn::If needs a string, not true'],
    [{ 'Fn::Join': ['', { a: 1 }] }, 'Fn::Join needs a list, not {"a":1}'],
  ] as const) {
    it(`refuses what a function cannot take: ${message}`, () => {
      expect(() => evaluate(value, scope)).toThrowError(message);
    });
  }

  it('refuses a function that it does not know, by name', () => {
    expect(() => evaluate({ 'Fn::Transform': {} }, scope)).toThrowError('Fn::Transform is not supported');
  });
});
