import { allows } from './policy.ts';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:abc/dev/$connect';
const statement = (Effect: string, Resource: unknown, Action: unknown = 'execute-api:Invoke') => ({
  Effect,
  Resource,
  Action,
});

describe('allows', () => {
  const cases: readonly [says: string, Statement: unknown, allowed: boolean][] = [
    ['the ARN itself', [statement('Allow', ARN)], true],
    ['one statement that is no list', statement('Allow', ARN), true],
    ['everything', [statement('Allow', '*', '*')], true],
    [
      'a wildcard for the route',
      [statement('Allow', 'arn:aws:execute-api:us-east-1:123456789012:abc/dev/*')],
      true,
    ],
    ['a list of resources and actions', [statement('Allow', ['x', ARN], ['other:*', 'execute-api:*'])], true],
    ['one character by ?', [statement('Allow', ARN.replace('dev', 'd?v'))], true],
    ['another route', [statement('Allow', ARN.replace('$connect', 'send'))], false],
    ['another method between stage and route', [statement('Allow', ARN.replace('dev/', 'dev/GET/'))], false],
    ['another action', [statement('Allow', ARN, 's3:GetObject')], false],
    ['a Deny beside the Allow', [statement('Allow', '*'), statement('Deny', ARN)], false],
    ['nothing', [], false],
    ['a dot, which is no wildcard', [statement('Allow', ARN.replace('dev', 'd.v'))], false],
  ];
  for (const [says, Statement, allowed] of cases) {
    it(`[A4] says ${allowed} to ${says}`, () => expect(allows({ Statement }, ARN)).toBe(allowed));
  }
});
