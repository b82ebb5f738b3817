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
    ['is text, whatever YAML makes of its default', { Type: 'String', Default: true }, undefined, 'true'],
    ['is text when it is a Number, too', { Type: 'Number', Default: 3 }, undefined, '3'],
    ['is a list of one', { Type: 'List<Number>', Default: 80 }, undefined, ['80']],
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

  const refused: readonly [declaration: Record<string, unknown>, given: string, message: string][] = [
    [{ AllowedPattern: '[a-z]+' }, 'abC', 'must match [a-z]+, not abC'],
    [{ AllowedPattern: 'a|b' }, 'ab', 'must match a|b, not ab'],
    [
      { AllowedPattern: '[a-z]+', ConstraintDescription: 'letters only' },
      '',
      'must match [a-z]+, not nothing (letters only)',
    ],
    [{ Type: 'CommaDelimitedList', AllowedPattern: '[a-z]+' }, 'a, b, 3', 'must match [a-z]+, not 3'],
    [{ MinLength: 2 }, 'a', 'must have at least 2 characters, not a'],
    [{ MaxLength: '2' }, 'abc', 'must have at most 2 characters, not abc'],
    [{ Type: 'Number', MinValue: 1 }, '0.5', 'must be at least 1, not 0.5'],
    [{ Type: 'Number', MaxValue: 10 }, '11', 'must be at most 10, not 11'],
  ];
  for (const [declaration, given, message] of refused) {
    it(message, () => {
      expect(() => parameterValue('P', { Type: 'String', ...declaration }, given)).toThrowError(
        `parameter P ${message}`,
      );
    });
  }

  it('may be whatever its constraints allow', () => {
    const declaration = { Type: 'String', AllowedPattern: 'a.c', MinLength: 3, MaxLength: 3 };
    expect(parameterValue('P', declaration, 'abc')).toBe('abc');
    expect(parameterValue('P', { Type: 'String', AllowedPattern: '(?i)[a-z]+' }, 'ABC')).toBe('ABC');
    expect(parameterValue('P', { Type: 'Number', MinValue: 1, MaxValue: 1 }, '1')).toBe('1');
  });

  it('must be a number when it is a Number', () => {
    expect(() => parameterValue('P', { Type: 'Number' }, 'x')).toThrowError(
      'parameter P must be a number, not x',
    );
  });
});
