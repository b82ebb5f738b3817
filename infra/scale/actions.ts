/** What one thing that a page does asks of AWS. The spec beside this file measures it on the functions themselves. */
export interface Action {
  /** Frames that API Gateway takes from the page. */
  readonly frames: number;
  /** Frames that the functions post to pages. */
  readonly posts: number;
  /** Read units of DynamoDB: strongly consistent, 4 KB each. */
  readonly reads: number;
  /** Write units of DynamoDB: 1 KB each. */
  readonly writes: number;
  /** Calls of the one function that runs, one after the other; posts to a whole room go 25 at a time. */
  readonly steps: number;
}

/** What a membership weighs in the table, with a name of usual length. */
const MEMBER_BYTES = 200;
const READ_UNIT_BYTES = 4096;
const POSTS_AT_ONCE = 25;

const listing = (room: number): number => Math.ceil((room * MEMBER_BYTES) / READ_UNIT_BYTES);
const rounds = (posts: number): number => Math.ceil(posts / POSTS_AT_ONCE);

/** `$connect`, which writes a connection and its membership. */
export const CONNECT: Action = { frames: 0, posts: 0, reads: 0, writes: 2, steps: 1 };

/** `hello` in a room that then lists `room` peers: it is listed, welcomed, and all the others are told. */
export const hello = (room: number): Action => ({
  frames: 1,
  posts: room,
  reads: 1 + listing(room),
  writes: 2,
  steps: 5 + rounds(room - 1),
});

/** A `ping` and its `pong`. */
export const ping = (room: number): Action => ({
  frames: 1,
  posts: 1,
  reads: listing(room),
  writes: 1,
  steps: 3,
});

/** A message, and likewise a receipt, where the function's instance remembers who is who. */
export const MESSAGE: Action = { frames: 1, posts: 1, reads: 0, writes: 0, steps: 1 };

/** `$disconnect` in a room that listed `room` peers: it is taken out, and all the others are told. */
export const leave = (room: number): Action => ({
  frames: 0,
  posts: room - 1,
  reads: 1 + listing(room - 1),
  writes: 3,
  steps: 5 + rounds(room - 1),
});
