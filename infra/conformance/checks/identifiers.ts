import { setTimeout as delay } from 'node:timers/promises';
import type { Check } from '../check.ts';

/** The form of API Gateway's ids (PARITY I1). */
export const ID = /^[A-Za-z0-9_-]{15}=$/;

const bytesOf = (id: unknown): Buffer => Buffer.from(String(id), 'base64url');

export const IDENTIFIERS: readonly Check[] = [
  {
    row: 'I2',
    promise: 'byte 8 is 5 in a request id, 2 in a message id',
    expected: '5 2',
    see: async (endpoint) => {
      const { requestId, messageId } = (await (await endpoint.visit()).event()).requestContext;
      return `${bytesOf(requestId)[8]} ${bytesOf(messageId)[8]}`;
    },
  },
  {
    row: 'I3',
    promise: "a messageId ends in the bytes that its connection's id ends in",
    expected: 'the same two bytes',
    see: async (endpoint) => {
      const { connectionId, messageId } = (await (await endpoint.visit()).event()).requestContext;
      const [one, other] = [bytesOf(connectionId), bytesOf(messageId)].map((bytes) =>
        bytes.toString('hex', 9),
      );
      return one === other ? 'the same two bytes' : `${one} and ${other}`;
    },
  },
  {
    row: 'I4',
    promise: 'the first four bytes of ids count ticks of about 25 ms',
    expected: /^(2\d|30)(\.\d)? ms$/,
    see: async (endpoint) => {
      const visitor = await endpoint.visit();
      const first = await visitor.event();
      await delay(2000);
      const last = await visitor.event();
      const ticks =
        bytesOf(last.requestContext['requestId']).readUInt32BE() -
        bytesOf(first.requestContext['requestId']).readUInt32BE();
      const ms =
        Number(last.requestContext['requestTimeEpoch']) - Number(first.requestContext['requestTimeEpoch']);
      return `${Math.round((ms / ticks) * 10) / 10} ms`;
    },
  },
  {
    row: 'I5',
    promise: "Lambda's own request id is a UUID",
    expected: /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/,
    see: async (endpoint) => (await (await endpoint.visit()).event()).awsRequestId,
  },
];
