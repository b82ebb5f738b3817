/** How deep values may stand in each other to be set in: what is deeper is for no eyes, and its indents would be endless. */
const DEEPEST = 32;

const TOKENS = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g;

/**
 * A text that is a JSON object or array, set in by two spaces; undefined for any other. It is the same text with other
 * white space: numbers keep their digits, and keys their order and their doubles.
 */
export function formattedJson(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed) || !isJson(trimmed)) return undefined;
  const tokens = trimmed.match(TOKENS) ?? [];
  let depth = 0;
  let formatted = '';
  for (const [at, token] of tokens.entries()) {
    const closes = token === ']' || token === '}';
    const isEmpty = closes && ['[', '{'].includes(tokens[at - 1] ?? '');
    if (closes) depth--;
    if (closes && !isEmpty) formatted += breakAt(depth);
    formatted += token;
    if (token === '[' || token === '{') depth++;
    if (depth > DEEPEST) return undefined;
    const next = tokens[at + 1];
    if (token === ':') formatted += ' ';
    else if (token === ',' || ((token === '[' || token === '{') && next !== ']' && next !== '}'))
      formatted += breakAt(depth);
  }
  return formatted;
}

const breakAt = (depth: number): string => `\n${'  '.repeat(depth)}`;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // SyntaxError: JSON.parse cannot be asked first.
    return false;
  }
}
