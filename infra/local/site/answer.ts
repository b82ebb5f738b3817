import type { IncomingHttpHeaders } from 'node:http';
import { matches } from '../gateway/wildcards.ts';
import { chooseEncoding, isCompressed } from './compression.ts';
import { withPolicy } from './headers-policy.ts';
import type { Behavior, Site } from './site.ts';
import { Content, type StoredObject } from './stored-object.ts';

export interface SiteRequest {
  readonly method: string;
  /** With its slash, and without the query, which is not handed on to the bucket. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface SiteAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Puts this machine's addresses in place of AWS's (PARITY S8, S12). */
export interface Rewriting {
  /** In the text of an object that addresses were put into. */
  readonly object: (key: string, text: string) => string;
  readonly header: (value: string) => string;
}

/** Answers as CloudFront does, in front of a bucket that holds what was deployed; to HEAD with the body of GET, which HTTP leaves out. */
export class Answering {
  readonly #site: Site;
  readonly #deployedAt: Date;
  readonly #contents = new WeakMap<StoredObject, Promise<Content>>();

  constructor(site: Site, deployedAt = new Date()) {
    this.#site = site;
    this.#deployedAt = new Date(Math.floor(deployedAt.getTime() / 1000) * 1000);
  }

  async answer(request: SiteRequest, rewriting: Rewriting): Promise<SiteAnswer> {
    const { rootObject, errorPages } = this.#site;
    const path = request.path === '/' && rootObject !== undefined ? `/${rootObject}` : request.path;
    const behavior = this.#behaviorOf(path);
    if (!behavior?.methods.includes(request.method)) {
      return finished(refusal(403, NOT_ALLOWED), behavior, rewriting);
    }
    const found = await this.#find(behavior, path, rewriting);
    if ('content' in found) return this.#deliver(found, 200, behavior, request, rewriting);
    const page = errorPages.get(found.status);
    const pageBehavior = page && this.#behaviorOf(page.path);
    const inPlace = page && pageBehavior && (await this.#find(pageBehavior, page.path, rewriting));
    if (inPlace && 'content' in inPlace) {
      return this.#deliver(inPlace, page.status, behavior, request, rewriting);
    }
    return finished(found, behavior, rewriting);
  }

  #behaviorOf(path: string): Behavior | undefined {
    return this.#site.behaviors.find(({ pattern }) => matches(pattern, path, 's'));
  }

  async #find({ origin }: Behavior, path: string, rewriting: Rewriting): Promise<Found | SiteAnswer> {
    if (origin === undefined)
      return refusal(502, 'This origin is not a bucket with files, and is not run here.');
    const key = keyOf(`${origin.path}${path}`);
    const object = key === undefined ? undefined : origin.bucket.objects.get(key);
    if (key !== undefined && object !== undefined) {
      return { object, content: await this.#content(key, object, rewriting) };
    }
    return origin.bucket.tells404
      ? bucketError(404, 'NoSuchKey', 'The specified key does not exist.')
      : bucketError(403, 'AccessDenied', 'Access Denied');
  }

  /** Kept, unless it depends on who asks. */
  async #content(key: string, object: StoredObject, rewriting: Rewriting): Promise<Content> {
    if (object.hasAddresses) {
      const text = rewriting.object(key, (await object.read()).toString('utf8'));
      return new Content(Buffer.from(text, 'utf8'));
    }
    const content = this.#contents.get(object) ?? object.read().then((body) => new Content(body));
    this.#contents.set(object, content);
    // What could not be read is read again when it is asked for again.
    content.catch(() => this.#contents.delete(object));
    return content;
  }

  async #deliver(
    { object, content }: Found,
    status: number,
    behavior: Behavior,
    { headers: asked }: SiteRequest,
    rewriting: Rewriting,
  ): Promise<SiteAnswer> {
    const { contentType } = object;
    // What was uploaded compressed is left as it is.
    const mayCompress =
      behavior.encodings.length > 0 &&
      !('content-encoding' in object.headers) &&
      isCompressed(contentType, content.body.length);
    const accepted = asked['accept-encoding'];
    const encoding = mayCompress
      ? chooseEncoding(typeof accepted === 'string' ? accepted : undefined, behavior.encodings)
      : undefined;
    const etag = encoding === undefined ? content.etag : `W/${content.etag}`;
    const headers = {
      'content-type': contentType,
      ...object.headers,
      etag,
      'last-modified': this.#deployedAt.toUTCString(),
      ...(mayCompress && { vary: 'accept-encoding' }),
    };
    if (status === 200 && isFresh(asked, content.etag, this.#deployedAt)) {
      return finished({ status: 304, headers, body: Buffer.alloc(0) }, behavior, rewriting);
    }
    const body = encoding === undefined ? content.body : await content.compressed(encoding);
    return finished(
      {
        status,
        headers: {
          ...headers,
          ...(encoding !== undefined && { 'content-encoding': encoding }),
          'content-length': String(body.length),
        },
        body,
      },
      behavior,
      rewriting,
    );
  }
}

interface Found {
  readonly object: StoredObject;
  readonly content: Content;
}

const NOT_ALLOWED =
  'This distribution does not allow the HTTP request method that was used for this request.';

/** With the headers that the distribution adds, which it adds to errors too. */
function finished(answer: SiteAnswer, behavior: Behavior | undefined, { header }: Rewriting): SiteAnswer {
  if (behavior === undefined) return answer;
  const added = behavior.policy.added.map((one) => ({ ...one, value: header(one.value) }));
  return { ...answer, headers: withPolicy(answer.headers, { ...behavior.policy, added }) };
}

/** Whether what the viewer has is what it would get (PARITY S9). A list of tags counts more than a time. */
function isFresh(asked: IncomingHttpHeaders, etag: string, deployedAt: Date): boolean {
  const tags = asked['if-none-match'];
  if (tags !== undefined) {
    const known = tags.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    return known.includes(etag) || known.includes('*');
  }
  const since = Date.parse(asked['if-modified-since'] ?? '');
  return !Number.isNaN(since) && deployedAt.getTime() <= since;
}

/** The key that a path asks for; undefined when it cannot be decoded. */
function keyOf(path: string): string | undefined {
  try {
    return decodeURIComponent(path.replace(/^\//, ''));
  } catch {
    return undefined; // `%` with something other than two digits behind it.
  }
}

const bucketError = (status: number, code: string, message: string): SiteAnswer =>
  withBody(
    status,
    'application/xml',
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  );

const refusal = (status: number, message: string): SiteAnswer =>
  withBody(
    status,
    'text/html',
    `<!doctype html><title>ERROR</title><h1>${status} ERROR</h1><p>${message}</p>`,
  );

function withBody(status: number, contentType: string, text: string): SiteAnswer {
  const body = Buffer.from(text, 'utf8');
  return { status, headers: { 'content-type': contentType, 'content-length': String(body.length) }, body };
}
