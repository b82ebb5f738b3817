import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Encodings, the one that CloudFront likes best first. */
export const ENCODINGS = ['br', 'gzip'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Sizes in bytes that CloudFront compresses (PARITY S10). */
const SMALLEST = 1000;
const LARGEST = 10_000_000;
/** For what is made once and kept; CloudFront does not say how hard it tries. */
const BROTLI_QUALITY = 5;

/** The content types that CloudFront compresses, as its page on compressed files lists them. */
const COMPRESSED = new Set([
  ...['dash+xml', 'eot', 'font', 'font-sfnt', 'javascript', 'json', 'opentype', 'otf', 'pdf', 'pkcs7-mime'],
  ...['protobuf', 'rss+xml', 'truetype', 'ttf', 'vnd.apple.mpegurl', 'vnd.mapbox-vector-tile'],
  ...['vnd.ms-fontobject', 'wasm', 'xhtml+xml', 'xml', 'x-font-opentype', 'x-font-truetype', 'x-font-ttf'],
  ...['x-httpd-cgi', 'x-javascript', 'x-mpegurl', 'x-opentype', 'x-otf', 'x-perl', 'x-ttf'],
]);
const FONTS = new Set(['eot', 'opentype', 'otf', 'ttf']);
const TEXTS = new Set([
  ...['css', 'csv', 'html', 'javascript', 'js', 'plain', 'richtext', 'tab-separated-values', 'xml'],
  ...['x-component', 'x-java-source', 'x-script'],
]);

/** Whether CloudFront compresses something of this type and size at all. */
export function isCompressed(type: string, bytes: number): boolean {
  if (bytes < SMALLEST || bytes > LARGEST) return false;
  const [whole = ''] = type.split(';');
  const [kind, name = ''] = whole.trim().toLowerCase().split('/');
  if (kind === 'application') return COMPRESSED.has(name);
  if (kind === 'font') return FONTS.has(name);
  return kind === 'text' ? TEXTS.has(name) : whole.trim().toLowerCase() === 'image/svg+xml';
}

/** The best of `offered` that the viewer takes; undefined when it takes none. */
export function chooseEncoding(
  accepted: string | undefined,
  offered: readonly Encoding[],
): Encoding | undefined {
  const taken = (accepted ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => !/;\s*q=0(?:\.0*)?$/.test(one))
    .map((one) => one.split(';')[0]?.trim());
  return ENCODINGS.find((encoding) => offered.includes(encoding) && taken.includes(encoding));
}

const compressors = {
  br: (body: Buffer) =>
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: (body: Buffer) => promisify(gzip)(body),
} satisfies Record<Encoding, (body: Buffer) => Promise<Buffer>>;

export const compress = (body: Buffer, encoding: Encoding): Promise<Buffer> => compressors[encoding](body);
