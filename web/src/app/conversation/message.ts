import { Component, computed, inject, input, output } from '@angular/core';
import type { Line } from '../connection/conversation.ts';
import { Calendar } from './calendar.ts';
import { shortened } from './graphemes.ts';
import { MessageActions } from './message-actions.ts';
import { MessageText } from './message-text.ts';
import { statusInWords } from './status-words.ts';

/** One message: what it says, when, and of one of ours how far it got. */
@Component({
  selector: 'app-message',
  imports: [MessageActions, MessageText],
  templateUrl: './message.html',
  styleUrl: './message.css',
  host: { '[class.mine]': 'line().sent', '[class.refused]': 'words()?.isBad' },
})
export class Message {
  readonly line = input.required<Line>();
  /** What the partner is called. */
  readonly call = input.required<string>();
  readonly canRetry = input(false);
  /** Whether it is the one that offers what can be done with a message. */
  readonly isCurrent = input(false);
  readonly retried = output();
  readonly cancelled = output();
  readonly framesAsked = output();

  readonly #calendar = inject(Calendar);

  protected readonly speaker = computed(() =>
    this.line().sent ? $localize`You:` : $localize`${this.call()}:name::`,
  );
  protected readonly time = computed(() => this.#calendar.timeOf(this.line().at));
  protected readonly iso = computed(() => new Date(this.line().at).toISOString());
  protected readonly words = computed(() => {
    const { sent } = this.line();
    return sent && statusInWords(sent.status);
  });
  /** Tells it from others where it is only spoken of. */
  protected readonly title = computed(() => shortened(this.line().text, 40));
}
