import { parseTemplate } from './assembly.ts';
import { Circle } from './circle.ts';
import { Stack } from './stack.ts';

describe('Circle', () => {
  it('lets one thing need the same thing twice, and forgets what failed', () => {
    const circle = new Circle();
    const fails = (): never => {
      throw new Error('no');
    };
    expect(() => circle.around('a', fails)).toThrowError('no');
    expect(circle.around('a', () => circle.around('b', () => 1) + circle.around('b', () => 2))).toBe(3);
  });

  for (const [says, template, message] of [
    [
      'tables that are named after each other',
      {
        Resources: {
          A: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { Ref: 'B' } } },
          B: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { 'Fn::Sub': '${A}-b' } } },
        },
      },
      'A.TableName: B.TableName: shop: A needs shop: B needs shop: A: that is a circle',
    ],
    [
      'conditions that ask each other',
      {
        Conditions: { X: { 'Fn::Not': [{ Condition: 'Y' }] }, Y: { 'Fn::And': [{ Condition: 'X' }] } },
        Resources: { A: { Type: 'AWS::DynamoDB::Table', Condition: 'X' } },
      },
      'shop: condition X needs shop: condition Y needs shop: condition X: that is a circle',
    ],
  ] as const) {
    it(`[F11] is the error of ${says}`, () => {
      const stack = new Stack(parseTemplate('shop', template));
      expect(() => stack.resources('AWS::DynamoDB::Table')).toThrowError(message);
    });
  }
});
