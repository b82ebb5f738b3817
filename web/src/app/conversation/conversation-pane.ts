import {
  afterRenderEffect,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { Connection } from '../connection/connection.ts';
import type { Line } from '../connection/conversation.ts';
import type { Partner } from '../connection/partners.ts';
import { callOf } from '../peers/naming.ts';
import { PeerMark } from '../peers/peer-mark.ts';
import { Composer } from './composer.ts';
import { MessageList } from './message-list.ts';

/** The conversation with one partner: who it is, what was said, and what is to be said. */
@Component({
  selector: 'app-conversation-pane',
  imports: [Composer, MessageList, PeerMark],
  templateUrl: './conversation-pane.html',
  styleUrl: './conversation-pane.css',
})
export class ConversationPane {
  readonly partner = input.required<Partner>();
  readonly closed = output();

  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');

  protected readonly connection = inject(Connection);
  protected readonly call = computed(() => callOf(this.partner()));
  protected readonly lines = computed(() => this.partner().conversation?.lines ?? []);
  protected readonly canRetry = computed(() => {
    const { session } = this.partner();
    return (line: Line) => this.connection.canRetry(session, line);
  });

  constructor() {
    let shown: string | undefined;
    afterRenderEffect(() => {
      const { session } = this.partner();
      // The list that was clicked may be hidden now, and Tab leads on from here to the composer.
      if (session !== shown) this.heading().nativeElement.focus();
      shown = session;
    });
  }
}
