import { NgComponentOutlet } from '@angular/common';
import { Component, computed, effect, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { Layout, type Part } from './appearance/layout.ts';
import { Preferences } from './appearance/preferences.ts';
import { panelId, type Tab, tabId, Tabs } from './appearance/tabs.ts';
import { Configuration } from './connection/configuration.ts';
import { Leading } from './conversation/leading.ts';
import { Instruments } from './instruments/instruments.ts';
import { LinkNotice } from './invitation/link-notice.ts';
import { LinkTarget } from './invitation/link-target.ts';
import { PlaceButton } from './invitation/place-button.ts';
import { FaultChip } from './local/fault-chip.ts';
import { type Seat, Seats } from './seats/seats.ts';
import { PARTS, SeatView } from './seats/seat-view.ts';
import { ShortcutSheet } from './shortcuts/shortcut-sheet.ts';
import { Shortcuts } from './shortcuts/shortcuts.ts';
import { BUILD } from './status/build.ts';
import { Stale } from './status/stale.ts';

/** The window: its peers, each in a seat of its own, and the wire that they share. */
@Component({
  selector: 'app-root',
  imports: [
    FaultChip,
    Instruments,
    LinkNotice,
    NgComponentOutlet,
    PlaceButton,
    Preferences,
    ShortcutSheet,
    Stale,
    Tabs,
  ],
  templateUrl: './app.html',
  styleUrl: './app.css',
  host: { '[class.wired]': 'layout.wire()' },
})
export class App {
  protected readonly seats = inject(Seats);
  protected readonly layout = inject(Layout);
  protected readonly shortcuts = inject(Shortcuts);
  /** Whether a local runner is behind the page. */
  protected readonly local = inject(Configuration).isLocal;

  protected readonly target = inject(LinkTarget);
  protected readonly build = inject(BUILD);
  /** The build of the functions, once they have said so. */
  protected readonly served = computed(() => this.seats.first.connection.me()?.build);

  protected readonly SeatView = SeatView;
  protected readonly room = this.seats.first.connection.room;
  protected readonly parts = PARTS;
  protected readonly partTabs = computed((): readonly Tab<Part>[] => [
    { key: 'peers', label: $localize`Peers`, count: this.seats.active().connection.unread() },
    { key: 'conversation', label: $localize`Conversation` },
    { key: 'wire', label: $localize`Wire` },
  ]);
  /** What the wire is on a phone, where it is one of several tabs. */
  protected readonly wirePanel = computed(() =>
    this.layout.phone()
      ? { role: 'tabpanel', id: panelId(PARTS, 'wire'), tab: tabId(PARTS, 'wire') }
      : { role: null, id: null, tab: null },
  );
  protected readonly seatTabs = computed((): readonly Tab[] =>
    this.seats.all().map((seat) => ({
      key: seat.key,
      label: this.nameOf(seat),
      count: seat.connection.unread(),
    })),
  );

  constructor() {
    inject(Leading);
    const title = inject(Title);
    effect(() => {
      const unread = this.seats.unread();
      title.setTitle(unread > 0 ? `(${unread}) hello-websocket` : 'hello-websocket');
    });
  }

  protected nameOf({ name }: Seat): string {
    return name ?? $localize`This page`;
  }

  /** Whether a seat is on the screen: a phone shows one, and that not beside the wire. */
  protected shows(seat: Seat): boolean {
    return !this.layout.phone() || (seat === this.seats.active() && this.layout.part() !== 'wire');
  }
}
