const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);

/** As a JavaScript string literal would have it: quotes of both kinds, slashes, control and non-ASCII characters. */
const escapeJavaScript = (value: unknown): string =>
  textOf(value).replace(
    /["'/\\]|[^ -~]/g,
    (character) =>
      SHORT_ESCAPES[character] ??
      (/["'/\\]/.test(character)
        ? `\\${character}`
        : `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`),
  );

function urlDecode(value: unknown): string {
  const text = textOf(value).replaceAll('+', ' ');
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // Not an encoding: it stands for itself.
  }
}

/** `$util` of mapping templates (docs: WebSocket API mapping template reference; PARITY N6). */
export const TEMPLATE_UTILITIES = {
  escapeJavaScript,
  parseJson: (value: unknown): unknown => JSON.parse(textOf(value)),
  urlEncode: (value: unknown): string => new URLSearchParams({ '': textOf(value) }).toString().slice(1),
  urlDecode,
  base64Encode: (value: unknown): string => Buffer.from(textOf(value)).toString('base64'),
  base64Decode: (value: unknown): string => Buffer.from(textOf(value), 'base64').toString('utf8'),
};
