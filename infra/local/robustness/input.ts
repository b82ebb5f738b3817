/** What is thrown at the runner: bytes, how they end, and what may come back. */
export interface Input {
  readonly kind: string;
  /** Whether a proper handshake goes before. */
  readonly upgraded: boolean;
  /** `PORT` in the first 400 bytes stands for the runner's port. */
  readonly writes: readonly Buffer[];
  /** Half-closes and waits for the other half; resets; or leaves the socket open without reading or saying anything. */
  readonly ending: 'finish' | 'reset' | 'vanish';
  readonly expected: Expected;
}

export interface Expected {
  /** The only HTTP statuses that may be answered, where the socket was left open long enough. */
  readonly statuses?: readonly number[];
  /** The only codes with which the WebSocket may be closed; undefined in it means that it need not be. */
  readonly codes?: readonly (number | undefined)[];
}

/** Whatever is no failure of the server. */
export const ALIVE_ENOUGH: Expected = {};
