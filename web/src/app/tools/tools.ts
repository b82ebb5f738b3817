import { Component, inject } from '@angular/core';
import { Layout } from '../appearance/layout.ts';
import { Preferences } from '../appearance/preferences.ts';
import { ShortcutSheet } from '../shortcuts/shortcut-sheet.ts';
import { Shortcuts } from '../shortcuts/shortcuts.ts';

/** What one can set at the head of the page, and its keys. */
@Component({
  selector: 'app-tools',
  imports: [Preferences, ShortcutSheet],
  templateUrl: './tools.html',
  styleUrl: './tools.css',
})
export class Tools {
  protected readonly layout = inject(Layout);
  protected readonly shortcuts = inject(Shortcuts);
}
