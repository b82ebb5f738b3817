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

  const KEYS = { 'aws:sourceip': '192.0.2.7', 'aws:epochtime': '1800000000', 'aws:useragent': 'wscat/6' };
  const conditions: readonly [Condition: object, holds: boolean | undefined][] = [
    [{}, true],
    [{ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, true],
    [{ IpAddress: { 'AWS:sourceip': ['10.0.0.0/8', '192.0.2.7'] } }, true],
    [{ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '2001:db8::/32', 'nonsense'] } }, false],
    [{ NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.0/24'] } }, false],
    [{ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, true],
    [{ StringLike: { 'aws:UserAgent': 'wscat/*' } }, true],
    [{ StringNotLike: { 'aws:UserAgent': 'wscat/*' } }, false],
    [{ StringEquals: { 'aws:UserAgent': 'WSCAT/6' } }, false],
    [{ StringEqualsIgnoreCase: { 'aws:UserAgent': 'WSCAT/6' } }, true],
    [{ DateLessThan: { 'aws:EpochTime': '2030-01-01T00:00:00Z' } }, true],
    [{ DateGreaterThanEquals: { 'aws:EpochTime': '1800000001' } }, false],
    [{ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' }, StringLike: { 'aws:UserAgent': 'x*' } }, false],
    [{ IpAddress: { 'aws:SourceIp': ['192.0.2.0/33', '192.0.2.0/x'] } }, false],
    [{ StringEquals: { 'aws:username': 'ann' } }, undefined],
    [{ StringEquals: { constructor: 'ann' } }, undefined],
    [{ constructor: { 'aws:UserAgent': 'wscat/6' } }, undefined],
    [{ ForAnyValue: { 'aws:UserAgent': 'wscat/6' } }, undefined],
  ];
  for (const [Condition, holds] of conditions) {
    it(`[A10] counts a statement with ${JSON.stringify(Condition)}: ${holds}`, () => {
      const conditional = (Effect: string) => ({ ...statement(Effect, '*'), Condition });
      expect(allows({ Statement: conditional('Allow') }, ARN, KEYS)).toBe(holds ?? false);
      const both = [statement('Allow', '*'), conditional('Deny')];
      expect(allows({ Statement: both }, ARN, KEYS)).toBe(!(holds ?? true));
    });
  }

  const others: readonly [one: object, allowed: boolean][] = [
    [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }, true],
    [{ Effect: 'Allow', NotAction: 'execute-api:*', Resource: '*' }, false],
    [{ Effect: 'Allow', Action: '*', NotResource: ['arn:aws:s3:::*'] }, true],
    [{ Effect: 'Allow', Action: '*', NotResource: ARN }, false],
  ];
  for (const [one, allowed] of others) {
    it(`[A10] says ${allowed} to ${JSON.stringify(one)}`, () => {
      expect(allows({ Statement: one }, ARN)).toBe(allowed);
    });
  }
});
