import { ACTION, byteLength, type ClientFrame, ENVELOPE_BYTES, MAX_FRAME_BYTES } from '#protocol';

/** The most bytes that a frame of ours may have, so that what the server adds still fits at the peer [P6]. */
export const FRAME_LIMIT = MAX_FRAME_BYTES - ENVELOPE_BYTES;

/** The text of a frame as it goes over the wire [P4]. */
export const encode = (frame: ClientFrame): string => JSON.stringify({ action: ACTION, ...frame });

/** How many bytes `frame` has on the wire. */
export const bytesOf = (frame: ClientFrame): number => byteLength(encode(frame));
