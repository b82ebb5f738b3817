/** What is known of a frame's header so far: up to 14 bytes. */
const LONGEST_HEADER = 14;

/**
 * Follows the frames in a client's bytes and tells when one is longer than allowed. It has to look beside the WebSocket
 * library, which limits messages only, while API Gateway limits frames (PARITY Q2).
 */
export class FrameMeter {
  readonly #limit: number;
  readonly #header = Buffer.alloc(LONGEST_HEADER);
  #known = 0;
  #payloadLeft = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes the next bytes of the stream; whether a frame over the limit begins in them. */
  exceeds(chunk: Buffer): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#payloadLeft > 0) {
        const skipped = Math.min(this.#payloadLeft, chunk.length - at);
        this.#payloadLeft -= skipped;
        at += skipped;
        continue;
      }
      this.#header[this.#known++] = chunk[at++] ?? 0;
      if (this.#known < 2 || this.#known < this.#headerLength()) continue;
      this.#payloadLeft = this.#payloadLength();
      this.#known = 0;
      if (this.#payloadLeft > this.#limit) return true;
    }
    return false;
  }

  get #second(): number {
    return this.#header[1] ?? 0;
  }

  #headerLength(): number {
    const size = this.#second & 0x7f;
    const masked = (this.#second & 0x80) !== 0;
    return 2 + (size === 126 ? 2 : size === 127 ? 8 : 0) + (masked ? 4 : 0);
  }

  #payloadLength(): number {
    const size = this.#second & 0x7f;
    if (size === 126) return this.#header.readUInt16BE(2);
    return size === 127 ? Number(this.#header.readBigUInt64BE(2)) : size;
  }
}
