const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first `most` characters of a text, as people count them: a flag or a family of emoji is one. */
export function firstCharacters(text: string, most: number): string {
  // No character has less than one UTF-16 unit.
  if (text.length <= most) return text;
  let count = 0;
  for (const { index } of characters.segment(text)) {
    if (count === most) return text.slice(0, index);
    count++;
  }
  return text;
}

/** As much of a text as is said of it elsewhere: `most` characters, and … for the rest. */
export function shortened(text: string, most: number): string {
  const beginning = firstCharacters(text, most);
  return beginning === text ? text : `${beginning}…`;
}

/** The most emoji that are shown large. */
const MOST_LARGE = 6;

const EMOJI =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})|[0-9#*]\uFE0F?\u20E3)/u;

/** Whether a text is one to six emoji and nothing else. */
export function isEmojiOnly(text: string): boolean {
  const trimmed = text.trim();
  // No emoji has more UTF-16 units than this, and long texts are many.
  if (trimmed === '' || trimmed.length > MOST_LARGE * 40) return false;
  const all = [...characters.segment(trimmed)].filter(({ segment }) => segment.trim() !== '');
  return all.length <= MOST_LARGE && all.every(({ segment }) => EMOJI.test(segment));
}
