import { firstCharacters } from './graphemes.ts';

/** How many lines, and how many characters, of a long text are shown before somebody asks for all of it. */
const MOST_LINES = 24;
const MOST_CHARACTERS = 1200;
/** What would be left out must be worth a click. */
const SLACK = 1.25;

/** The beginning of a long text, or all of a text that is not. It ends between words where it can. */
export function folded(text: string): string {
  const lines = beginningOfLines(text, MOST_LINES);
  const isLong =
    beginningOfLines(text, MOST_LINES * SLACK).length < text.length ||
    firstCharacters(text, MOST_CHARACTERS * SLACK).length < text.length;
  if (!isLong) return text;
  const beginning = firstCharacters(lines, MOST_CHARACTERS);
  if (beginning === lines) return lines;
  const space = beginning.search(/\s\S{0,40}$/);
  return space > 0 ? beginning.slice(0, space) : beginning;
}

function beginningOfLines(text: string, most: number): string {
  let at = -1;
  for (let line = 0; line < most; line++) {
    at = text.indexOf('\n', at + 1);
    if (at === -1) return text;
  }
  return text.slice(0, at);
}
