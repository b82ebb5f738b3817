/** `sendMessageRoute`: what clients say to each other. */
import { answer, dialectOf, type Sender } from './answer.ts';
import type { GatewayResponse, MessageEvent } from './events.ts';
import { withFaultsTold } from './faults.ts';
import { fence, type FenceParts } from './fence.ts';
import { handlePlain, type PlainParts } from './messages/plain.ts';
import { handleV1, type V1Parts } from './messages/v1.ts';
import { parts } from './parts.ts';

export const onMessage =
  (parts: PlainParts & V1Parts & FenceParts) =>
  async ({ body, requestContext: { connectionId } }: MessageEvent): Promise<GatewayResponse> => {
    const connection = await parts.directory.find(connectionId);
    const sender = { connectionId, connection };
    const refusal = fence(parts, sender, body) ?? (await handle(parts, body, sender));
    if (refusal !== undefined) await answer(parts.presence, sender, refusal);
    return { statusCode: 200, body: 'Send data!' };
  };

const handle = (parts: PlainParts & V1Parts, body: string, sender: Sender): Promise<string | undefined> =>
  dialectOf(sender, body) === 'v1'
    ? handleV1(parts, body, sender.connection)
    : handlePlain(parts, body, sender);

export const handler = withFaultsTold(parts, onMessage(parts));
