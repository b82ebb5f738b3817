import { lookup } from 'mrmime';

/** What S3 says of an object whose uploader said nothing. */
const UNKNOWN = 'binary/octet-stream';

/** The content type that an upload with the AWS CLI gives a file, by the end of its name (PARITY S7). */
export const contentType = (key: string): string => lookup(key) ?? UNKNOWN;
