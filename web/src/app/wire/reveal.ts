import { Service, signal } from '@angular/core';

/** One message of one seat. */
export interface MessagePlace {
  readonly seat: string;
  /** The session of the partner. */
  readonly session: string;
  readonly messageId: string;
}

/** Leads from a message in its conversation to its frames in the wire, and back. */
@Service()
export class Reveal {
  readonly #message = signal<MessagePlace | undefined>(undefined);
  readonly #frames = signal<MessagePlace | undefined>(undefined);

  /** What its conversation is to scroll to: another object each time that somebody asks. */
  readonly message = this.#message.asReadonly();
  /** What the wire is to scroll to: another object each time that somebody asks. */
  readonly frames = this.#frames.asReadonly();

  showMessage(place: MessagePlace): void {
    this.#message.set({ ...place });
  }

  /** The message is on the screen: whoever opens its conversation later begins at the newest again. */
  messageShown(): void {
    this.#message.set(undefined);
  }

  showFrames(place: MessagePlace): void {
    this.#frames.set({ ...place });
  }
}
