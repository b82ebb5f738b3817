import { type ClientFrame, type Malformed, parseClientFrame } from '#protocol';
import type { Count } from '../metrics.ts';
import type { Connection } from '../people.ts';
import { invalid, NOT_MEMBER, type Refusal, refuse } from '../refusals.ts';
import { hello } from './hello.ts';
import { message } from './message.ts';
import { ping } from './ping.ts';
import { receipt } from './receipt.ts';

export type V1Parts = Parameters<typeof hello>[0] &
  Parameters<typeof message>[0] &
  Parameters<typeof ping>[0] &
  Parameters<typeof receipt>[0] & { readonly count: Count };

/** Does what a v1 client's frame asks, and gives the frame that refuses it if it cannot be done. */
export async function handleV1(
  parts: V1Parts,
  body: string,
  sender: Connection | undefined,
): Promise<string | undefined> {
  const frame = parseClientFrame(body);
  const refusal = await act(parts, frame, sender);
  return refusal && refuse(parts, 'v1', refusal, 'id' in frame ? frame.id : undefined);
}

async function act(
  parts: V1Parts,
  frame: ClientFrame | Malformed,
  sender: Connection | undefined,
): Promise<Refusal | undefined> {
  if (frame.type === 'malformed') return invalid(frame);
  if (sender === undefined) return NOT_MEMBER;
  switch (frame.type) {
    case 'hello':
      return hello(parts, frame, sender);
    case 'message':
      return message(parts, frame, sender);
    case 'receipt':
      return receipt(parts, frame, sender);
    case 'ping':
      return ping(parts, frame, sender);
  }
}
