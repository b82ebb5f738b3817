import { Component, computed, inject } from '@angular/core';
import { Layout } from '../appearance/layout.ts';
import { Preferences } from '../appearance/preferences.ts';
import { Configuration } from '../connection/configuration.ts';
import { ShortcutSheet } from '../shortcuts/shortcut-sheet.ts';
import { Shortcuts } from '../shortcuts/shortcuts.ts';
import { SignIn } from '../sign-in/sign-in.ts';

/** What one can set at the head of the page, and its keys. */
@Component({
  selector: 'app-tools',
  imports: [Preferences, ShortcutSheet, SignIn],
  templateUrl: './tools.html',
  styleUrl: './tools.css',
})
export class Tools {
  readonly #configuration = inject(Configuration);

  protected readonly layout = inject(Layout);
  /** Whether people sign in here [P27]. */
  protected readonly signsIn = computed(() => {
    const configured = this.#configuration.configured();
    return configured.kind === 'ready' && configured.config.auth !== undefined;
  });
  protected readonly shortcuts = inject(Shortcuts);
}
