import { randomBytes } from 'node:crypto';
import type { Change } from '../dynamodb/changes.ts';
import { DYNAMODB } from '../dynamodb/database.ts';
import { regionOf } from '../template/identities.ts';
import type { EventSource } from './event-source.ts';

/** A record of a table's stream, as a function gets it (docs: using Lambda with DynamoDB, example event). */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    /** In seconds. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Change['key'];
    readonly NewImage?: NonNullable<Change['after']>;
    readonly OldImage?: NonNullable<Change['before']>;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
  readonly eventSourceARN: string;
  /** Who deleted a row that had expired. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: string };
}

/** Sequence numbers have 21 digits at least. */
const FIRST = 100_000_000_000_000_000_000n;

/** The record of a change; `count`: how many there were before. */
export function recordOf(
  { key, before, after }: Change,
  { streamArn, view }: Pick<EventSource, 'streamArn' | 'view'>,
  { caller, count, at }: { readonly caller: string; readonly count: number; readonly at: number },
): StreamRecord {
  const images = {
    ...(after && view !== 'OLD_IMAGE' && view !== 'KEYS_ONLY' && { NewImage: after }),
    ...(before && view !== 'NEW_IMAGE' && view !== 'KEYS_ONLY' && { OldImage: before }),
  };
  return {
    eventID: randomBytes(16).toString('hex'),
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: regionOf(streamArn),
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at / 1000),
      Keys: key,
      ...images,
      SequenceNumber: String(FIRST + BigInt(count)),
      SizeBytes: Buffer.byteLength(JSON.stringify([key, images])),
      StreamViewType: view,
    },
    eventSourceARN: streamArn,
    ...(caller === DYNAMODB && { userIdentity: { type: 'Service', principalId: DYNAMODB } }),
  };
}
