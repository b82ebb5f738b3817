import {
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  input,
  linkedSignal,
  signal,
  viewChild,
} from '@angular/core';
import { form, FormField, validate } from '@angular/forms/signals';
import type { Outcome } from '../connection/client.ts';
import { Connection } from '../connection/connection.ts';
import { FRAME_LIMIT } from '../connection/outgoing.ts';
import type { Partner } from '../connection/partners.ts';
import { callOf } from '../peers/naming.ts';
import { Drafts } from './drafts.ts';

/** Safari ends a composition just before it tells of the Enter that ended it. */
const COMPOSITION_TAIL_MS = 50;

const count = new Intl.NumberFormat('en');

/** Why a text stays in the field. */
type Refused = Exclude<Outcome, 'sent' | 'queued'>;

const REFUSALS: Readonly<Record<Refused, string>> = {
  empty: 'There is nothing to send yet.',
  'too-large': 'This is too long for one frame.',
  gone: 'This peer has left and cannot come back as the same. The text is kept here.',
  full: 'Too much is waiting for its receipts already. The text is kept here until some of it has arrived.',
};

/** Why a text would not go out at once. */
const WAITS = {
  connection: 'Not connected: what you send is queued, and goes out when the connection is back.',
  peer: 'This peer is away: what you send is queued, and goes out if it is back within some minutes.',
} as const;

/** Where a message is written. Enter sends, Shift+Enter breaks the line. */
@Component({
  selector: 'app-composer',
  imports: [FormField],
  templateUrl: './composer.html',
  styleUrl: './composer.css',
})
export class Composer {
  readonly partner = input.required<Partner>();

  readonly #connection = inject(Connection);
  readonly #drafts = inject(Drafts);
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');

  readonly #session = computed(() => this.partner().session);
  readonly #model = linkedSignal(() => ({ text: this.#drafts.of(this.#session()) }));
  readonly #refused = signal<Refused | undefined>(undefined);
  #composedAt = -Infinity;

  protected readonly form = form(this.#model, (path) => {
    validate(path.text, ({ value }) => {
      const bytes = this.#bytesOf(value());
      if (bytes <= FRAME_LIMIT) return undefined;
      const over = count.format(bytes - FRAME_LIMIT);
      return {
        kind: 'too-large',
        message: `Too long by ${over} bytes: API Gateway would close the connection on a frame this large. Send it in parts.`,
      };
    });
  });
  protected readonly call = computed(() => callOf(this.partner()));
  protected readonly size = computed(() => {
    const text = this.form.text().value();
    return `${count.format(text === '' ? 0 : this.#bytesOf(text))} of ${count.format(FRAME_LIMIT)} bytes`;
  });
  protected readonly problem = computed(() => this.form.text().errors()[0]?.message);
  protected readonly note = computed(() => {
    const refused = this.#refused();
    if (refused) return REFUSALS[refused];
    const { here, dialect } = this.partner();
    if (!here && dialect === 'plain') return REFUSALS.gone;
    if (!this.#connection.connected()) return WAITS.connection;
    return here ? undefined : WAITS.peer;
  });

  constructor() {
    effect(() => this.#drafts.keep(this.#session(), this.#model().text));
    effect(() => {
      // A refusal is about the text and the peer that it was said of.
      this.#model();
      this.#refused.set(undefined);
    });
  }

  /** Puts the cursor into the field. */
  focus(): void {
    this.field().nativeElement.focus();
  }

  protected composed({ timeStamp }: CompositionEvent): void {
    this.#composedAt = timeStamp;
  }

  protected enter(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.shiftKey) return;
    // This Enter chooses a word of an input method; it does not end the message.
    if (event.isComposing || event.timeStamp - this.#composedAt < COMPOSITION_TAIL_MS) return;
    event.preventDefault();
    this.send();
  }

  protected send(): void {
    const outcome = this.#connection.send(this.#session(), this.#model().text);
    if (outcome === 'sent' || outcome === 'queued') this.#model.set({ text: '' });
    else this.#refused.set(outcome);
    this.focus();
  }

  #bytesOf(text: string): number {
    return this.#connection.measure(this.#session(), text);
  }
}
