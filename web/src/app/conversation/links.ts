import { tokenize } from 'linkifyjs';

/** A part of a text. What a link leads to is safe to open: a page or a mailbox, and what its text says. */
export type Span =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

const SCHEME = /^(?:https?:\/\/|mailto:)/i;
const HOST = /^https?:\/\/[^/?#:]*/i;

/** Letters that may follow an address without a space between. */
const JAPANESE = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]`;
const HOST_BEFORE_JAPANESE = new RegExp(
  String.raw`^https?:\/\/(?:localhost|[\d.]+|[\w.-]+\.[a-z]{2,})(?=${JAPANESE})`,
  'iu',
);
/** Punctuation that may do so, and what turns the direction of text, so that an address would not read as it is. */
const NEVER = /[\p{Bidi_Control}\u3000-\u303F\uFF00-\uFF65]/u;

/** The addresses that are written out in a text, and what is between. Of a text that was cut, the last may not be whole. */
export function linked(text: string, isCut = false): readonly Span[] {
  const spans: Span[] = [];
  const say = (more: string) => {
    const last = spans.at(-1);
    if (more === '') return;
    if (last?.kind === 'text') spans[spans.length - 1] = { kind: 'text', text: last.text + more };
    else spans.push({ kind: 'text', text: more });
  };
  let end = 0;
  for (const { t, v, isLink } of tokenize(text)) {
    end += v.length;
    const address = isLink && !(isCut && end === text.length) ? addressIn(t, v) : '';
    const href = t === 'email' ? `mailto:${address}` : address;
    if (address !== '' && URL.canParse(href)) spans.push({ kind: 'link', text: address, href });
    else say(address);
    say(v.slice(address.length));
  }
  return spans;
}

/** As much of a token as is an address; empty for none. */
function addressIn(type: string, value: string): string {
  if (type === 'email') return value;
  // Without a scheme, README.md would be a site in Moldova.
  if (!SCHEME.test(value)) return '';
  const [readable = ''] = value.split(NEVER, 1);
  const [host] = HOST_BEFORE_JAPANESE.exec(readable) ?? [];
  if (host !== undefined) return host;
  const start = HOST.exec(readable)?.[0].length ?? 0;
  const [rest = ''] = readable.slice(start).split(new RegExp(JAPANESE, 'u'), 1);
  return readable.slice(0, start) + rest;
}
