import { DOCUMENT, inject, InjectionToken } from '@angular/core';

/**
 * Where the numbers and times of a page in `language` are written: the first place of that language that the browser
 * prefers (BCP 47), which tells 24 hours from 12; else the language alone, as it is written in most places.
 */
export const localeFor = (language: string, preferred: readonly string[]): string =>
  preferred.find((tag) => isTag(tag) && (language === '' || tag.split('-', 1)[0] === language)) ??
  (language === '' ? 'en' : language);

/** What `Intl` is given to write numbers, times and lists in the language of the page. */
export const LOCALE = new InjectionToken<string>('LOCALE', {
  factory: () => localeFor(inject(DOCUMENT).documentElement.lang, navigator.languages),
});

/** Whether `Intl` takes it: browsers on Linux are known to prefer `en-US@posix`. */
function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    // RangeError: it cannot be asked otherwise.
    return false;
  }
}
