import {
  afterRenderEffect,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  output,
  untracked,
  viewChild,
} from '@angular/core';
import { Connection } from '../connection/connection.ts';
import type { Line } from '../connection/conversation.ts';
import type { Partner } from '../connection/partners.ts';
import { callOf } from '../peers/naming.ts';
import { PeerMark } from '../peers/peer-mark.ts';
import { SEAT } from '../seats/seat-providers.ts';
import { Reveal } from '../wire/reveal.ts';
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

  readonly #seat = inject(SEAT);

  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');

  protected readonly reveal = inject(Reveal);
  protected readonly connection = inject(Connection);
  protected readonly call = computed(() => callOf(this.partner()));
  protected readonly lines = computed(() => this.partner().conversation?.lines ?? []);
  protected readonly canRetry = computed(() => {
    const { session } = this.partner();
    return (line: Line) => this.connection.canRetry(session, line);
  });

  /** The message of this conversation that somebody asks to see. */
  protected readonly revealed = computed(() => {
    const asked = this.reveal.message();
    return asked?.seat === this.#seat && asked.session === this.partner().session ? asked : undefined;
  });

  constructor() {
    let shown: string | undefined;
    afterRenderEffect(() => {
      const { session } = this.partner();
      // The list that was clicked may be hidden now, and Tab leads on from here to the composer.
      if (session !== shown && !untracked(this.revealed)) this.heading().nativeElement.focus();
      shown = session;
    });
  }

  protected showFrames(messageId: string): void {
    this.reveal.showFrames({ seat: this.#seat, session: this.partner().session, messageId });
  }
}
