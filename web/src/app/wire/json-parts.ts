/** A piece of JSON, as what it is to be coloured. */
export interface JsonPart {
  readonly kind: 'name' | 'string' | 'value' | 'mark';
  readonly text: string;
}

/** Beyond so many pieces colours cost more than they tell. */
const MOST_PARTS = 4000;
const PART = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)|[^"\-\dtfn]+|./gs;

/** The text of a frame as JSON that people can read; undefined when it is none. */
export function prettyJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Not JSON, which cannot be asked first.
    return undefined;
  }
}

/** Cuts JSON into pieces, which together are the very text. */
export function jsonParts(json: string): readonly JsonPart[] {
  const parts: JsonPart[] = [];
  for (const [text, quoted, colon, value] of json.matchAll(PART)) {
    if (parts.length > MOST_PARTS) return [{ kind: 'mark', text: json }];
    if (quoted !== undefined && colon !== undefined)
      parts.push({ kind: 'name', text: quoted }, { kind: 'mark', text: colon });
    else parts.push({ kind: quoted !== undefined ? 'string' : value !== undefined ? 'value' : 'mark', text });
  }
  return parts;
}
