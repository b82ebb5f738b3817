import { DOCUMENT, inject, Service, signal } from '@angular/core';

export const THEMES = ['system', 'light', 'dark'] as const;
/** The colours of the page: those that the system asks for, or always the same. */
export type Theme = (typeof THEMES)[number];

/** Under which `localStorage` keeps the theme that somebody has chosen; index.html paints it before this is there. */
export const THEME_KEY = 'theme';

/** The theme that was chosen before. */
function chosenTheme(): Theme {
  try {
    const stored = localStorage.getItem(THEME_KEY);
    return THEMES.find((theme) => theme === stored) ?? 'system';
  } catch {
    // SecurityError: whoever refuses cookies refuses storage.
    return 'system';
  }
}

/** The colours of the page, as somebody has chosen them. */
@Service()
export class Appearance {
  readonly #root = inject(DOCUMENT).documentElement;
  readonly #theme = signal(chosenTheme());

  readonly theme = this.#theme.asReadonly();

  choose(theme: Theme): void {
    this.#theme.set(theme);
    // styles.css reads the attribute.
    if (theme === 'system') delete this.#root.dataset['theme'];
    else this.#root.dataset['theme'] = theme;
    try {
      localStorage.setItem(THEME_KEY, theme);
    } catch {
      // SecurityError: then it holds until the page ends.
    }
  }
}
