/** `$default`: a frame that no route took [P4]. */
import { parseUnrouted } from '#protocol';
import { answer, dialectOf } from './answer.ts';
import type { Directory } from './directory.ts';
import type { GatewayResponse, MessageEvent } from './events.ts';
import { withFaultsTold } from './faults.ts';
import type { Count } from './metrics.ts';
import { parts } from './parts.ts';
import type { Presence } from './presence.ts';
import { invalid, type Refusal, refuse } from './refusals.ts';

interface Parts {
  readonly directory: Pick<Directory, 'find'>;
  readonly presence: Pick<Presence, 'send'>;
  readonly count: Count;
}

export const onError =
  (parts: Parts) =>
  async ({ body, requestContext: { connectionId } }: MessageEvent): Promise<GatewayResponse> => {
    const sender = { connectionId, connection: await parts.directory.find(connectionId) };
    const frame = parseUnrouted(body);
    const refusal: Refusal =
      frame.type === 'malformed' ? invalid(frame) : { code: 'unknown-route', reason: frame.reason };
    await answer(parts.presence, sender, refuse(parts, dialectOf(sender, body), refusal, frame.id));
    return { statusCode: 200, body: 'Undefined Route Detected!' };
  };

export const handler = withFaultsTold(parts, onError(parts));
