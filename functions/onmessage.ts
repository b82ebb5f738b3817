/** `sendMessageRoute`: what clients say to each other. */
import { answer, dialectOf } from './answer.ts';
import type { GatewayResponse, MessageEvent } from './events.ts';
import { withFaultsTold } from './faults.ts';
import { handlePlain, type PlainParts } from './messages/plain.ts';
import { handleV1, type V1Parts } from './messages/v1.ts';
import { parts } from './parts.ts';

export const onMessage =
  (parts: PlainParts & V1Parts) =>
  async ({ body, requestContext: { connectionId } }: MessageEvent): Promise<GatewayResponse> => {
    const connection = await parts.directory.find(connectionId);
    const sender = { connectionId, connection };
    const refusal =
      dialectOf(sender, body) === 'v1'
        ? await handleV1(parts, body, connection)
        : await handlePlain(parts, body, sender);
    if (refusal !== undefined) await answer(parts.presence, sender, refusal);
    return { statusCode: 200, body: 'Send data!' };
  };

export const handler = withFaultsTold(parts, onMessage(parts));
