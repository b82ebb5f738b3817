import { Component, type ElementRef, input, output, viewChildren } from '@angular/core';
import { panelId, tabId } from './tab-ids.ts';

/** One tab of a list of tabs. */
export interface Tab<K extends string = string> {
  readonly key: K;
  readonly label: string;
  /** How many things wait there; 0 for none. */
  readonly count?: number;
}

/** A list of tabs, as the ARIA Authoring Practices describe it: one stop for Tab, arrows choose. */
@Component({
  selector: 'app-tabs',
  templateUrl: './tabs.html',
  styleUrl: './tabs.css',
})
export class Tabs<K extends string> {
  /** What is chosen here, in words. */
  readonly label = input.required<string>();
  /** Tells the ids of its panels from those of other lists. */
  readonly group = input.required<string>();
  readonly tabs = input.required<readonly Tab<K>[]>();
  readonly selected = input.required<K>();
  readonly chosen = output<K>();

  private readonly buttons = viewChildren<ElementRef<HTMLElement>>('tab');

  protected readonly panelId = panelId;
  protected readonly tabId = tabId;

  protected step(event: Event, way: 'next' | 'previous' | 'first' | 'last'): void {
    const tabs = this.tabs();
    const at = tabs.findIndex(({ key }) => key === this.selected());
    const to = { next: at + 1, previous: at - 1, first: 0, last: -1 }[way] % tabs.length;
    const tab = tabs.at(to);
    if (!tab) return;
    event.preventDefault();
    this.chosen.emit(tab.key);
    this.buttons().at(to)?.nativeElement.focus();
  }
}
