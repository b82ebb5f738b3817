import { SUBPROTOCOL } from '#protocol';

/** What stands in place of a secret. */
export const REDACTED = '[redacted]';

/** A text without its secrets, and whether it had any. */
export interface Redaction {
  readonly text: string;
  readonly redacted: boolean;
}

/** Names of what is secret: they end in "key", or speak of a token, a password and so on. */
const SECRET = String.raw`(?:key|token|secret|passw(?:or)?d|passphrase|credential|authori[sz]ation|cookie|signature|invitation)s?`;
const NAME = new RegExp(`${SECRET}$`, 'i');
/** Costs little, and most frames have nothing of the kind. The last is how JSON may spell any letter. */
const SUSPECT = new RegExp(String.raw`${SECRET}|bearer|eyJ|\\u`, 'i');
/** The same names where JSON is broken off or written by hand. */
const FIELD = new RegExp(
  String.raw`(${SECRET}[\\"']*\s*[:=]\s*)(?:\\*"(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$)|[^\s,;&}\]"']+)`,
  'gi',
);
const PARAMETER = new RegExp(String.raw`([?&#;][\w.-]*${SECRET}=)[^&#;\s"'\\]+`, 'gi');
const BEARER = /\b(bearer[. ]+)[\w.~+/=-]+/gi;
/** A JSON Web Token begins with `{"` in base64. */
const WEB_TOKEN = /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g;

/**
 * Takes keys and tokens out of a text: by their names in JSON (JSON within its strings too), in the parameters of URLs,
 * after "bearer", and JSON Web Tokens wherever they stand. A text without any is left as it is, to the byte.
 */
export function redact(text: string): Redaction {
  if (!SUSPECT.test(text)) return { text, redacted: false };
  const clean = cleanText(text);
  return { text: clean, redacted: clean !== text };
}

/** A subprotocol that is not ours may carry a token, as browsers can send none in a header. */
export function redactProtocol(protocol: string): string {
  return protocol === SUBPROTOCOL ? protocol : protocol.replace(/^([\w-]*\.)?.*$/s, `$1${REDACTED}`);
}

function cleanText(text: string): string {
  const isLikeJson = /^\s*[[{]/.test(text);
  if (isLikeJson) {
    try {
      const value: unknown = JSON.parse(text);
      const clean = cleanValue(value);
      return clean === value ? text : JSON.stringify(clean);
    } catch {
      // Not JSON, which cannot be asked first.
    }
  }
  const fields = isLikeJson ? text.replace(FIELD, `$1"${REDACTED}"`) : text;
  return fields
    .replace(PARAMETER, `$1${REDACTED}`)
    .replace(BEARER, `$1${REDACTED}`)
    .replace(WEB_TOKEN, REDACTED);
}

/** The very same value when nothing in it is secret. */
function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return SUSPECT.test(value) ? cleanText(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const before = Object.entries(value);
  const after = before.map(([name, item]): [string, unknown] => [
    name,
    !Array.isArray(value) && NAME.test(name) && isFilled(item) ? REDACTED : cleanValue(item),
  ]);
  if (after.every(([, item], place) => item === before[place]?.[1])) return value;
  return Array.isArray(value) ? after.map(([, item]) => item) : Object.fromEntries(after);
}

const isFilled = (value: unknown): boolean => value !== null && value !== '' && typeof value !== 'boolean';
