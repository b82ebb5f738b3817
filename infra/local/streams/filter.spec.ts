import { readFilter } from './filter.ts';

const RECORD = {
  eventName: 'INSERT',
  dynamodb: {
    ApproximateCreationDateTime: 1_700_000_000,
    Keys: { pk: { S: 'room#lobby' } },
    NewImage: { text: { S: 'Hello' }, gone: { NULL: true }, members: { SS: ['Ann', 'Bob'] } },
  },
};

const of = (path: string, rule: unknown): object =>
  path.split('.').reduceRight<object | unknown[]>((inside, name) => ({ [name]: inside }), [rule]);
const pk = 'dynamodb.Keys.pk.S';
const at = 'dynamodb.ApproximateCreationDateTime';

describe('The filter of an event source', () => {
  for (const [pattern, fits] of [
    [{}, true],
    [of('eventName', 'INSERT'), true],
    [of('eventName', 'REMOVE'), false],
    [{ eventName: ['MODIFY', 'INSERT'] }, true],
    [{ eventName: [] }, false],
    [of('dynamodb.NewImage.gone.NULL', true), true],
    [of('dynamodb.NewImage.members.SS', 'Bob'), true],
    [of('dynamodb.NewImage.members.SS', 'Eve'), false],
    [of(pk, { prefix: 'room#' }), true],
    [of(pk, { prefix: 'user#' }), false],
    [of(pk, { suffix: 'lobby' }), true],
    [of(pk, { 'equals-ignore-case': 'ROOM#Lobby' }), true],
    [of(pk, { 'anything-but': ['room#lobby', 'x'] }), false],
    [of(pk, { 'anything-but': 'x' }), true],
    [of(pk, { 'anything-but': { prefix: 'room#' } }), false],
    [of('dynamodb.Keys.sk.S', { 'anything-but': 'x' }), false],
    [of('dynamodb.NewImage.text.S', { exists: true }), true],
    [of('dynamodb.OldImage.text.S', { exists: false }), true],
    [of('dynamodb.OldImage.text.S', { exists: true }), false],
    [of(at, { numeric: ['>', 0, '<=', 1_700_000_000] }), true],
    [of(at, { numeric: ['<', 1_700_000_000] }), false],
    [of(pk, { numeric: ['>', 0] }), false],
    [{ $or: [of('eventName', 'REMOVE'), of(pk, 'room#lobby')] }, true],
    [{ ...of('eventName', 'INSERT'), ...of(pk, 'x') }, false],
  ] as const) {
    it(`${fits ? 'lets' : 'does not let'} a record through by ${JSON.stringify(pattern)} [T9]`, () => {
      expect(readFilter([JSON.stringify(pattern)])(RECORD)).toBe(fits);
    });
  }

  it('lets through what fits one of its patterns, and everything when it has none [T9]', () => {
    const [insert, remove] = ['INSERT', 'REMOVE'].map((name) => JSON.stringify(of('eventName', name)));
    expect(readFilter([String(remove), String(insert)])(RECORD)).toBeTrue();
    expect(readFilter([String(remove)])(RECORD)).toBeFalse();
    expect(readFilter([])(RECORD)).toBeTrue();
  });

  for (const [pattern, message] of [
    ['eventName', 'the filter pattern eventName is no JSON object'],
    ['{"eventName":"INSERT"}', 'the filter rule of eventName is no list'],
    ['{"eventName":[{"wildcard":"I*"}]}', 'no filter rule is {"wildcard":"I*"}'],
    ['{"n":[{"numeric":[">"]}]}', 'no filter rule is {"numeric":[">"]}'],
    ['{"n":[{"constructor":1}]}', 'no filter rule is {"constructor":1}'],
    ['{"n":[{"prefix":1}]}', 'no filter rule is {"prefix":1}'],
  ] as const) {
    it(`that is ${pattern} is an error [T9]`, () => {
      expect(() => readFilter([pattern])).toThrowError(message);
    });
  }
});
