import { type SchedulerLike, type Subscription, timer } from 'rxjs';
import type { Resume } from '#protocol';
import type { Memory } from './memory.ts';
import type { State } from './state.ts';

/** How long changes are collected before they are stored, and receipts before they are sent. */
export const BATCH_MS = 200;

export interface KeeperParts {
  readonly memory: Memory | undefined;
  readonly scheduler: SchedulerLike;
  readonly state: () => State;
  readonly resume: () => Resume | undefined;
  /** All is stored: now it may be said that it was shown. */
  readonly stored: () => void;
}

/** Stores what the next client of this tab goes on with. */
export class Keeper {
  readonly #parts: KeeperParts;
  #batch: Subscription | undefined;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  /** Stores everything, what must not be lost first. */
  keep(): void {
    const { memory, state, resume: resumeNow } = this.#parts;
    const resume = resumeNow();
    const { outbox, inbox, conversations, selected } = state();
    if (resume) memory?.keep({ resume, outbox, streams: inbox.streams });
    memory?.keepTranscript({ conversations, ...(selected !== undefined && { selected }) });
  }

  /** Stores everything, and then says that it was shown. */
  confirm(): void {
    this.stop();
    this.keep();
    this.#parts.stored();
  }

  /** Stores everything soon, when something changed that is worth it. */
  changed(before: State, after: State): void {
    const same =
      before.outbox === after.outbox &&
      before.inbox === after.inbox &&
      before.conversations === after.conversations &&
      before.selected === after.selected;
    if (same || this.#batch) return;
    this.#batch = timer(BATCH_MS, this.#parts.scheduler).subscribe(() => this.confirm());
  }

  /** Ends what it waits for. */
  stop(): void {
    this.#batch?.unsubscribe();
    this.#batch = undefined;
  }
}
