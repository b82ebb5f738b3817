import { DOCUMENT, inject, Service, signal } from '@angular/core';

export const THEMES = ['system', 'light', 'dark'] as const;
/** The colours of the page: those that the system asks for, or always the same. */
export type Theme = (typeof THEMES)[number];

/** Under which `localStorage` keeps the theme that somebody has chosen. */
export const THEME_KEY = 'theme';

/** The theme that was chosen before. */
export function chosenTheme(): Theme {
  try {
    const stored = localStorage.getItem(THEME_KEY);
    return THEMES.find((theme) => theme === stored) ?? 'system';
  } catch {
    // SecurityError: whoever refuses cookies refuses storage.
    return 'system';
  }
}

/** Gives the page its colours: styles.css reads the attribute. */
export function paint(theme: Theme, root: HTMLElement): void {
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}

/** The colours of the page, as somebody has chosen them. */
@Service()
export class Appearance {
  readonly #root = inject(DOCUMENT).documentElement;
  readonly #theme = signal(chosenTheme());

  readonly theme = this.#theme.asReadonly();

  choose(theme: Theme): void {
    this.#theme.set(theme);
    paint(theme, this.#root);
    try {
      localStorage.setItem(THEME_KEY, theme);
    } catch {
      // SecurityError: then it holds until the page ends.
    }
  }
}
