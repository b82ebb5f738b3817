/** Texts by their ids, as in the files that Angular's `json` format has. */
export type Texts = Readonly<Record<string, string>>;

/** What is wrong with a translation. */
export interface Finding {
  readonly id: string;
  /** `stale` is of no text of the page, `placeholders` does not say every {$…} that the text says. */
  readonly what: 'missing' | 'stale' | 'placeholders';
  /** The English text; of a stale one the translation. */
  readonly text: string;
}

const PLACEHOLDER = /\{\$?[A-Z][A-Z\d_]*\b|\{\$\w+\}/g;

/** What is wrong with the translations of `texts`, in the order in which these stand on the page. */
export function compare(texts: Texts, translations: Texts): readonly Finding[] {
  const found: Finding[] = [];
  for (const [id, text] of Object.entries(texts)) {
    const translation = translations[id];
    if (translation === undefined || (translation.trim() === '' && text.trim() !== ''))
      found.push({ id, what: 'missing', text });
    else if (placeholders(text) !== placeholders(translation)) found.push({ id, what: 'placeholders', text });
  }
  for (const [id, text] of Object.entries(translations))
    if (!Object.hasOwn(texts, id)) found.push({ id, what: 'stale', text });
  return found;
}

/** Which there are: a language may say one twice, or all forms of a plural alike. */
const placeholders = (text: string): string => [...new Set(text.match(PLACEHOLDER) ?? [])].sort().join(' ');
