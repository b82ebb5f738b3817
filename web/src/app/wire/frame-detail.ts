import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { CopyButton } from '../copy/copy-button.ts';
import { LOCALE } from '../language/locale.ts';
import { frameInWords } from './frame-words.ts';
import { jsonParts, prettyJson } from './json-parts.ts';
import { RawFrames } from './raw-frames.ts';
import { type MessagePlace, Reveal } from './reveal.ts';
import { Duration, Grouped, WireTime } from './units.ts';
import type { WireEntry } from './wire-entry.ts';
import { WireLog } from './wire-log.ts';

/** Everything about one frame, and what can be done with it. */
@Component({
  selector: 'app-frame-detail',
  imports: [CopyButton, Duration, Grouped, WireTime],
  templateUrl: './frame-detail.html',
  styleUrl: './frame-detail.css',
})
export class FrameDetail {
  readonly entry = input.required<WireEntry>();
  readonly closed = output();

  readonly #log = inject(WireLog);
  readonly #locale = inject(LOCALE);
  readonly #frames = inject(RawFrames);
  readonly #reveal = inject(Reveal);
  readonly #asJson = signal(true);

  protected readonly json = computed(() => prettyJson(this.entry().text));
  protected readonly asJson = computed(() => this.#asJson() && this.json() !== undefined);
  protected readonly parts = computed(() => jsonParts(this.json() ?? ''));
  protected readonly shown = computed(() => (this.asJson() ? this.json() : undefined) ?? this.entry().text);
  protected readonly words = computed(() =>
    frameInWords(this.entry(), {
      entries: this.#log.entries,
      socket: this.#log.sockets.get(this.entry().socket),
      locale: this.#locale,
    }),
  );
  /** It is about time that passes while the row is looked at: the answer may come yet. */
  protected readonly roundTrip = computed(() => {
    this.#log.revision();
    return this.entry().roundTripMs;
  });
  protected readonly peer = computed(() => {
    const { peer } = this.entry();
    return peer === undefined ? undefined : { session: peer, name: this.#log.nameOf(peer) };
  });
  protected readonly place = computed((): MessagePlace | undefined => {
    const { seat, peer, messageId } = this.entry();
    return peer === undefined || messageId === undefined ? undefined : { seat, session: peer, messageId };
  });
  protected readonly isFrame = computed(() => this.entry().direction !== 'event');
  /** Only what went out can go out again, and only as it was. */
  protected readonly canRepeat = computed(() => {
    const { direction, redacted, seat } = this.entry();
    return direction === 'out' && !redacted && this.#log.open().includes(seat);
  });
  /** Whether it was asked to send it again: the ids in it repeat, which is worth a second thought. */
  protected readonly asking = linkedSignal({ source: this.entry, computation: () => false });
  protected readonly repeated = linkedSignal({ source: this.entry, computation: () => 0 });

  protected view(asJson: boolean): void {
    this.#asJson.set(asJson);
  }

  protected repeat(): void {
    const { seat, text } = this.entry();
    this.asking.set(false);
    if (this.#log.send(seat, text)) this.repeated.update((times) => times + 1);
  }

  protected edit(): void {
    this.#frames.edit(this.entry().text);
  }

  protected show(place: MessagePlace): void {
    this.#reveal.showMessage(place);
  }
}
