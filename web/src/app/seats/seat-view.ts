import { Component, computed, inject } from '@angular/core';
import { Layout } from '../appearance/layout.ts';
import { panelId, PARTS, tabId } from '../appearance/tab-ids.ts';
import { Connection } from '../connection/connection.ts';
import { ConversationPane } from '../conversation/conversation-pane.ts';
import { Identity } from '../identity/identity.ts';
import { Invitation } from '../invitation/invitation.ts';
import { PeerList } from '../peers/peer-list.ts';
import { Notices } from '../status/notices.ts';
import { Status } from '../status/status.ts';
import { FIRST_SEAT, SEAT } from './seat-providers.ts';
import { Seats } from './seats.ts';

/** One live peer: who it is, how it stands, who is there, and what is said. */
@Component({
  selector: 'app-seat',
  imports: [ConversationPane, Identity, Invitation, Notices, PeerList, Status],
  templateUrl: './seat-view.html',
  styleUrl: './seat-view.css',
  host: {
    '[class.talking]': 'connection.selected() !== undefined',
    '[class.phone]': 'layout.phone()',
  },
})
export class SeatView {
  readonly #key = inject(SEAT);
  readonly #seats = inject(Seats);

  protected readonly layout = inject(Layout);
  protected readonly connection = inject(Connection);
  protected readonly invitation = computed(() => {
    if (this.connection.partners().length > 0) return $localize`Bring in another peer`;
    return this.connection.connected() ? $localize`Nobody else is here yet` : $localize`Bring in a peer`;
  });
  /** What a part is on a phone, where it is one of several tabs. */
  protected readonly panels = computed(() => ({
    peers: this.#panel('peers'),
    conversation: this.#panel('conversation'),
  }));

  /** The first one stays as long as the page. */
  protected readonly closable = this.#key !== FIRST_SEAT;

  protected close(): void {
    this.#seats.close(this.#key);
  }

  protected choose(session: string): void {
    this.connection.select(session);
    this.layout.show('conversation');
  }

  protected leaveConversation(): void {
    this.connection.select(undefined);
    this.layout.show('peers');
  }

  protected openAnother(): void {
    this.#seats.open();
  }

  protected invite(): void {
    this.connection.select(undefined);
    this.layout.show('conversation');
  }

  #panel(part: 'peers' | 'conversation') {
    if (!this.layout.phone()) return { role: null, id: null, tab: null, hidden: false };
    const hidden = this.layout.part() !== part;
    if (this.#seats.active().key !== this.#key) return { role: null, id: null, tab: null, hidden };
    return { role: 'tabpanel', id: panelId(PARTS, part), tab: tabId(PARTS, part), hidden };
  }
}
