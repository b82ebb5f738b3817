/** `sendMessageRoute`: what clients say to each other. */
import { type Dialect, parseClientFrame } from '#protocol';
import { answer, dialectOf, type Sender } from './answer.ts';
import type { GatewayResponse, MessageEvent } from './events.ts';
import { withFaultsTold } from './faults.ts';
import type { FrameRate } from './frame-rate.ts';
import type { Count } from './metrics.ts';
import { handlePlain, type PlainParts } from './messages/plain.ts';
import { handleV1, type V1Parts } from './messages/v1.ts';
import { parts } from './parts.ts';
import { refuse, TOO_FAST } from './refusals.ts';

export const onMessage =
  (parts: PlainParts & V1Parts & { readonly frames: Pick<FrameRate, 'take'>; readonly count: Count }) =>
  async ({ body, requestContext: { connectionId } }: MessageEvent): Promise<GatewayResponse> => {
    const connection = await parts.directory.find(connectionId);
    const sender = { connectionId, connection };
    const refusal = parts.frames.take(connectionId)
      ? await handle(parts, body, sender)
      : tooFast(parts, dialectOf(sender, body), body);
    if (refusal !== undefined) await answer(parts.presence, sender, refusal);
    return { statusCode: 200, body: 'Send data!' };
  };

const handle = (parts: PlainParts & V1Parts, body: string, sender: Sender): Promise<string | undefined> =>
  dialectOf(sender, body) === 'v1'
    ? handleV1(parts, body, sender.connection)
    : handlePlain(parts, body, sender);

function tooFast(parts: { readonly count: Count }, dialect: Dialect, body: string): string {
  const frame = parseClientFrame(body);
  return refuse(parts, dialect, TOO_FAST, 'id' in frame ? frame.id : undefined);
}

export const handler = withFaultsTold(parts, onMessage(parts));
