import { Component, computed, effect, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { Connection } from './connection/connection.ts';
import { Announcements } from './conversation/announcements.ts';
import { ConversationPane } from './conversation/conversation-pane.ts';
import { Identity } from './identity/identity.ts';
import { Invitation } from './invitation/invitation.ts';
import { PeerList } from './peers/peer-list.ts';
import { Notices } from './status/notices.ts';
import { Status } from './status/status.ts';

/** The page: who we are, who is there, and what is said. */
@Component({
  selector: 'app-root',
  imports: [ConversationPane, Identity, Invitation, Notices, PeerList, Status],
  templateUrl: './app.html',
  styleUrl: './app.css',
  host: { '[class.talking]': 'connection.selected() !== undefined' },
})
export class App {
  protected readonly connection = inject(Connection);
  protected readonly invitation = computed(() => {
    if (this.connection.partners().length > 0) return 'Bring in another peer';
    return this.connection.connected() ? 'Nobody else is here yet' : 'Bring in a peer';
  });

  constructor() {
    inject(Announcements);
    const title = inject(Title);
    effect(() => {
      const unread = this.connection.unread();
      title.setTitle(unread > 0 ? `(${unread}) hello-websocket` : 'hello-websocket');
    });
  }
}
