import { createHash } from 'node:crypto';
import { compress, type Encoding } from './compression.ts';

/** What a bucket keeps under a key. */
export interface StoredObject {
  readonly contentType: string;
  /** What the uploader has set: `cache-control` and its like, by header. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether addresses were put into it when it was deployed, which are others here (PARITY S8). */
  readonly hasAddresses: boolean;
  read(): Promise<Buffer>;
}

/** The bytes of an object as they are served, with what is made of them once. */
export class Content {
  readonly body: Buffer;
  /** S3's: the MD5 of the bytes, in quotes. */
  readonly etag: string;
  readonly #compressed = new Map<Encoding, Promise<Buffer>>();

  constructor(body: Buffer) {
    this.body = body;
    this.etag = `"${createHash('md5').update(body).digest('hex')}"`;
  }

  compressed(encoding: Encoding): Promise<Buffer> {
    const known = this.#compressed.get(encoding) ?? compress(this.body, encoding);
    this.#compressed.set(encoding, known);
    return known;
  }
}
