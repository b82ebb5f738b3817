import { parameterValue } from './parameters.ts';

describe('[F4] a parameter', () => {
  const cases: readonly [
    says: string,
    declaration: Record<string, unknown>,
    given: unknown,
    value: unknown,
  ][] = [
    ['has its default', { Type: 'String', Default: 'a' }, undefined, 'a'],
    ['has what is given before its default', { Type: 'String', Default: 'a' }, 'b', 'b'],
    ['has what is given even when that is empty', { Type: 'String', Default: 'a' }, '', ''],
    [
      'is a list when it is a CommaDelimitedList',
      { Type: 'CommaDelimitedList', Default: 'a, b' },
      undefined,
      ['a', 'b'],
    ],
    ['is a list when it is a List of something', { Type: 'List<Number>' }, '1,2', ['1', '2']],
    ['is a list when SSM has one', { Type: 'AWS::SSM::Parameter::Value<List<String>>' }, 'a,b', ['a', 'b']],
    ['may be an allowed value', { Type: 'Number', AllowedValues: [1, 2] }, '2', '2'],
  ];
  for (const [says, declaration, given, value] of cases) {
    it(says, () => expect(parameterValue('P', declaration, given)).toEqual(value));
  }

  it('must be an allowed value', () => {
    expect(() => parameterValue('P', { Type: 'String', AllowedValues: ['dev', 'prod'] }, 'x')).toThrowError(
      'parameter P must be one of dev, prod, not x',
    );
  });

  it('must be a number when it is a Number', () => {
    expect(() => parameterValue('P', { Type: 'Number' }, 'x')).toThrowError(
      'parameter P must be a number, not x',
    );
  });
});
