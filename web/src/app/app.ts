import { Component, computed, effect, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { Layout } from './appearance/layout.ts';
import { panelId, PARTS, tabId } from './appearance/tab-ids.ts';
import { Configuration } from './connection/configuration.ts';
import { Leading } from './conversation/leading.ts';
import { Instruments } from './instruments/instruments.ts';
import { LinkNotice } from './invitation/link-notice.ts';
import { LinkTarget } from './invitation/link-target.ts';
import { PlaceButton } from './invitation/place-button.ts';
import { FaultChip } from './local/fault-chip.ts';
import { nameOf, type Seat, Seats } from './seats/seats.ts';
import { SeatOutlet } from './seats/seat-outlet.ts';
import { WindowTabs } from './seats/window-tabs.ts';
import { BUILD } from './status/build.ts';
import { Stale } from './status/stale.ts';
import { Tools } from './tools/tools.ts';

/** The window: its peers, each in a seat of its own, and the wire that they share. */
@Component({
  selector: 'app-root',
  imports: [FaultChip, Instruments, LinkNotice, PlaceButton, SeatOutlet, Stale, Tools, WindowTabs],
  templateUrl: './app.html',
  styleUrl: './app.css',
  host: { '[class.wired]': 'layout.wire()' },
})
export class App {
  protected readonly seats = inject(Seats);
  protected readonly layout = inject(Layout);
  /** Whether a local runner is behind the page. */
  protected readonly local = inject(Configuration).isLocal;

  protected readonly target = inject(LinkTarget);
  protected readonly build = inject(BUILD);
  /** The build of the functions, once they have said so. */
  protected readonly served = computed(() => this.seats.first.connection.me()?.build);

  protected readonly room = this.seats.first.connection.room;
  protected readonly nameOf = nameOf;
  /** What the wire is on a phone, where it is one of several tabs. */
  protected readonly wirePanel = computed(() =>
    this.layout.phone()
      ? { role: 'tabpanel', id: panelId(PARTS, 'wire'), tab: tabId(PARTS, 'wire') }
      : { role: null, id: null, tab: null },
  );
  constructor() {
    inject(Leading);
    const title = inject(Title);
    effect(() => {
      const unread = this.seats.unread();
      title.setTitle(unread > 0 ? `(${unread}) hello-websocket` : 'hello-websocket');
    });
  }

  /** Whether a seat is on the screen: a phone shows one, and that not beside the wire. */
  protected shows(seat: Seat): boolean {
    return !this.layout.phone() || (seat === this.seats.active() && this.layout.part() !== 'wire');
  }
}
