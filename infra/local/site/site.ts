import type { Encoding } from './compression.ts';
import type { HeadersPolicy } from './headers-policy.ts';
import type { Resource } from '../template/stack.ts';
import type { NotEmulated } from '../template/not-emulated.ts';
import type { StoredObject } from './stored-object.ts';

/** A bucket's objects, as a distribution that may read it sees them. */
export interface Bucket {
  /** The bucket itself, and the deployments into it. */
  readonly madeOf: readonly Resource[];
  readonly objects: ReadonlyMap<string, StoredObject>;
  /** Whether it says that an object is not there: who may not list gets 403 (PARITY S5). */
  readonly tells404: boolean;
}

/** How the paths that fit a pattern are answered. */
export interface Behavior {
  /** `*` is any text, `?` one character; it begins with a slash. */
  readonly pattern: string;
  /** Undefined for an origin that is not a bucket of the assembly, which is not run here. */
  readonly origin: { readonly bucket: Bucket; readonly path: string } | undefined;
  /** What it may compress to. */
  readonly encodings: readonly Encoding[];
  readonly policy: HeadersPolicy;
  readonly methods: readonly string[];
}

/** What is answered in place of an error. */
export interface ErrorPage {
  readonly status: number;
  readonly path: string;
}

/** A CloudFront distribution before a bucket with files. */
export interface Site {
  readonly logicalId: string;
  /** Served for `/`, without a slash; undefined when there is none. */
  readonly rootObject: string | undefined;
  /** The first whose pattern fits answers; the last fits every path. */
  readonly behaviors: readonly Behavior[];
  /** By the status that they stand for. */
  readonly errorPages: ReadonlyMap<number, ErrorPage>;
  /** The distribution, its buckets, and what puts files into them. */
  readonly madeOf: readonly Resource[];
  readonly notEmulated: readonly NotEmulated[];
}
