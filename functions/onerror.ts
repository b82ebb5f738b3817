/** `$default`: a frame that no route took [P4]. */
import { parseUnrouted } from '#protocol';
import { answer, dialectOf, type Sender } from './answer.ts';
import type { Directory } from './directory.ts';
import type { GatewayResponse, MessageEvent } from './events.ts';
import { withFaultsTold } from './faults.ts';
import { fence, type FenceParts } from './fence.ts';
import { parts } from './parts.ts';
import type { Presence } from './presence.ts';
import { invalid, type Refusal, refuse } from './refusals.ts';

interface Parts extends FenceParts {
  readonly directory: Pick<Directory, 'find'>;
  readonly presence: Pick<Presence, 'send'>;
}

export const onError =
  (parts: Parts) =>
  async ({ body, requestContext: { connectionId } }: MessageEvent): Promise<GatewayResponse> => {
    const sender = { connectionId, connection: await parts.directory.find(connectionId) };
    await answer(parts.presence, sender, fence(parts, sender, body) ?? refusal(parts, sender, body));
    return { statusCode: 200, body: 'Undefined Route Detected!' };
  };

function refusal(parts: Parts, sender: Sender, body: string): string {
  const frame = parseUnrouted(body);
  const why: Refusal =
    frame.type === 'malformed' ? invalid(frame) : { code: 'unknown-route', reason: frame.reason };
  return refuse(parts, dialectOf(sender, body), why, frame.id);
}

export const handler = withFaultsTold(parts, onError(parts));
