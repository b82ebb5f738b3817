import { parseClientFrame } from '#protocol';
import { answer, dialectOf } from './answer.ts';
import type { Directory } from './directory.ts';
import type { GatewayResponse, MessageEvent } from './events.ts';
import type { Log } from './log.ts';
import type { Count } from './metrics.ts';
import type { Presence } from './presence.ts';
import { failed, refuse } from './refusals.ts';

interface Parts {
  readonly directory: Pick<Directory, 'remembered'>;
  readonly presence: Pick<Presence, 'send'>;
  readonly log: Pick<Log, 'fault'>;
  readonly count: Count;
}

/** Runs a route for frames. A fault is logged once, and the client is told no more than where to look for it. */
export const withFaultsTold =
  (parts: Parts, route: (event: MessageEvent) => Promise<GatewayResponse>) =>
  async (event: MessageEvent): Promise<GatewayResponse> => {
    const { directory, presence, log } = parts;
    try {
      return await route(event);
    } catch (error) {
      // Whatever it is, it was not foreseen: this is the one place that catches such.
      log.fault('the frame was not handled', event, error);
    }
    const { connectionId, requestId } = event.requestContext;
    const sender = { connectionId, connection: directory.remembered(connectionId) };
    const frame = parseClientFrame(event.body);
    const id = 'id' in frame ? frame.id : undefined;
    // If this fails too, the function fails, and API Gateway tells the client so in a frame of its own.
    await answer(presence, sender, refuse(parts, dialectOf(sender, event.body), failed(requestId), id));
    return { statusCode: 500 };
  };
