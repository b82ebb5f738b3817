import { Component, inject } from '@angular/core';
import { chooseLanguage, isLanguage, type Language, LANGUAGES } from '../language/language.ts';
import { RELOAD } from './reload.ts';
import { Appearance, type Theme } from './theme.ts';

/** The colours and the language of the page. */
@Component({
  selector: 'app-preferences',
  templateUrl: './preferences.html',
  styleUrl: './preferences.css',
})
export class Preferences {
  readonly #reload = inject(RELOAD);
  protected readonly appearance = inject(Appearance);
  protected readonly themes: readonly {
    readonly theme: Theme;
    readonly label: string;
    readonly d: string;
  }[] = [
    { theme: 'system', label: $localize`As the system`, d: 'M3 4h14v9H3zM7 17h6M10 13v4' },
    {
      theme: 'light',
      label: $localize`Light`,
      d: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M4 16l1.4-1.4M14.6 5.4 16 4',
    },
    { theme: 'dark', label: $localize`Dark`, d: 'M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5' },
  ];
  protected readonly languages = Object.entries(LANGUAGES);
  protected readonly language = spoken();

  /** Texts are looked up once, when the page is made: it is made anew. */
  protected speak(language: string): void {
    if (!isLanguage(language) || language === this.language) return;
    chooseLanguage(language);
    this.#reload();
  }
}

/** The language that the page speaks now. */
const spoken = (): Language => {
  const { lang } = document.documentElement;
  return isLanguage(lang) ? lang : 'en';
};
