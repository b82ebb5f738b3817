import { Component, computed, inject } from '@angular/core';
import { Layout, type Part } from '../appearance/layout.ts';
import { PARTS } from '../appearance/tab-ids.ts';
import { type Tab, Tabs } from '../appearance/tabs.ts';
import { nameOf, Seats } from './seats.ts';

/** The tabs of a phone: the parts of the page, and the peers of this window where there are several. */
@Component({
  selector: 'app-window-tabs',
  imports: [Tabs],
  templateUrl: './window-tabs.html',
  styles: `
    :host {
      display: grid;
      gap: var(--space-2);
    }
  `,
})
export class WindowTabs {
  protected readonly layout = inject(Layout);
  protected readonly seats = inject(Seats);
  protected readonly parts = PARTS;
  protected readonly partTabs = computed((): readonly Tab<Part>[] => [
    { key: 'peers', label: $localize`Peers`, count: this.seats.active().connection.unread() },
    { key: 'conversation', label: $localize`Conversation` },
    { key: 'wire', label: $localize`Wire` },
  ]);
  protected readonly seatTabs = computed((): readonly Tab[] =>
    this.seats.all().map((seat) => ({
      key: seat.key,
      label: nameOf(seat),
      count: seat.connection.unread(),
    })),
  );
}
