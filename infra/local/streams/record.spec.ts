import type { Change } from '../dynamodb/changes.ts';
import { DYNAMODB } from '../dynamodb/database.ts';
import { recordOf } from './record.ts';

const key = { id: { S: 'a' } };
const [before, after] = [
  { ...key, n: { N: '1' } },
  { ...key, n: { N: '2' } },
];
const streamArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/rows/stream/1970-01-01T00:00:00.000';
const of = (change: Pick<Change, 'before' | 'after'>, view = 'NEW_AND_OLD_IMAGES', caller = 'writer') =>
  recordOf(
    { table: 'rows', key, ...change },
    { streamArn, view },
    { caller, count: 7, at: 1_500_000_000_999 },
  );

describe('A record of a stream', () => {
  it('has the keys of one on AWS, in their order [T9]', () => {
    const { eventID, ...record } = of({ before, after });
    expect(eventID).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(record)).toBe(
      '{"eventName":"MODIFY","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"us-east-1",' +
        '"dynamodb":{"ApproximateCreationDateTime":1500000000,"Keys":{"id":{"S":"a"}},' +
        '"NewImage":{"id":{"S":"a"},"n":{"N":"2"}},"OldImage":{"id":{"S":"a"},"n":{"N":"1"}},' +
        '"SequenceNumber":"100000000000000000007","SizeBytes":104,"StreamViewType":"NEW_AND_OLD_IMAGES"},' +
        `"eventSourceARN":"${streamArn}"}`,
    );
  });

  it('says what has happened to the row [T9]', () => {
    expect(of({ before: undefined, after }).eventName).toBe('INSERT');
    expect(of({ before, after: undefined }).eventName).toBe('REMOVE');
    expect(of({ before: undefined, after }).dynamodb.OldImage).toBeUndefined();
    expect(of({ before, after: undefined }).dynamodb.NewImage).toBeUndefined();
  });

  for (const [view, images] of [
    ['KEYS_ONLY', {}],
    ['NEW_IMAGE', { NewImage: after }],
    ['OLD_IMAGE', { OldImage: before }],
    ['NEW_AND_OLD_IMAGES', { NewImage: after, OldImage: before }],
  ] as const) {
    it(`has of the row what ${view} says [T9]`, () => {
      const { NewImage, OldImage } = of({ before, after }, view).dynamodb;
      expect({ ...(NewImage && { NewImage }), ...(OldImage && { OldImage }) }).toEqual(images);
    });
  }

  it('says of a row that has expired who took it away [T9]', () => {
    const { userIdentity } = of({ before, after: undefined }, 'KEYS_ONLY', DYNAMODB);
    expect(userIdentity).toEqual({ type: 'Service', principalId: 'dynamodb.amazonaws.com' });
    expect(of({ before, after: undefined }).userIdentity).toBeUndefined();
  });
});
