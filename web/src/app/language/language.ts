/** The languages of the page, each named as its speakers call it. The texts in the source are the first. */
export const LANGUAGES = { en: 'English', ja: '日本語' } as const;

export type Language = keyof typeof LANGUAGES;

/** Under which `localStorage` keeps the language that somebody has chosen. */
export const LANGUAGE_KEY = 'language';

export const isLanguage = (text: string): text is Language => Object.hasOwn(LANGUAGES, text);

/** The language to speak: the one `chosen` before, else the first of the `preferred` (BCP 47) that there is. */
export function languageFor(chosen: string | null, preferred: readonly string[]): Language {
  const wanted = [...(chosen === null ? [] : [chosen]), ...preferred];
  return wanted.map((tag) => tag.split('-', 1)[0] ?? '').find(isLanguage) ?? 'en';
}

/** What was chosen before; null for nothing, or where the browser forbids to keep it. */
export function chosenLanguage(): string | null {
  try {
    return localStorage.getItem(LANGUAGE_KEY);
  } catch {
    // SecurityError: whoever refuses cookies refuses storage.
    return null;
  }
}

/** Keeps the language that somebody has chosen, for the next page. */
export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(LANGUAGE_KEY, language);
  } catch {
    // SecurityError: the next page speaks what the browser prefers.
  }
}

/** Lets the page speak `language`. To be awaited before any component is made: texts are looked up once. */
export async function speak(language: Language, root: HTMLElement): Promise<void> {
  root.lang = language;
  if (language === 'en') return;
  const { loadJapanese } = await import('./japanese.ts');
  loadJapanese();
}
