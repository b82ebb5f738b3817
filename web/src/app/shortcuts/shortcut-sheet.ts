import { afterNextRender, Component, type ElementRef, inject, viewChild } from '@angular/core';
import { Shortcuts } from './shortcuts.ts';

/** Lists the keys of the page, and switches them off. */
@Component({
  selector: 'app-shortcut-sheet',
  template: `
    <dialog #dialog aria-labelledby="shortcuts-heading" (close)="shortcuts.close()">
      <h2 id="shortcuts-heading" i18n>Keys</h2>
      <dl>
        @for (shortcut of shortcuts.all; track shortcut.key) {
          <dt>
            <kbd>{{ shortcut.key }}</kbd>
          </dt>
          <dd>{{ shortcut.what }}</dd>
        }
        <dt>
          <kbd>Enter</kbd>
        </dt>
        <dd i18n>Send what is written</dd>
        <dt><kbd>Shift</kbd> <kbd>Enter</kbd></dt>
        <dd i18n>Break the line</dd>
      </dl>
      <label>
        <input #on type="checkbox" [checked]="shortcuts.on()" (change)="shortcuts.use(on.checked)" />
        <span i18n>Single keys do this, except while one is typing</span>
      </label>
      <button type="button" class="primary" (click)="dialog.close()" i18n>Close</button>
    </dialog>
  `,
  styleUrl: './shortcut-sheet.css',
})
export class ShortcutSheet {
  protected readonly shortcuts = inject(Shortcuts);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  constructor() {
    afterNextRender(() => this.dialog().nativeElement.showModal());
  }
}
