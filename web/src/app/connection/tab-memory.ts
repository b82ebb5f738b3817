import type { Conversation, Conversations } from './conversation.ts';
import type { Memories, Memory, Transcript, Vital } from './memory.ts';
import type { recollect } from './recollection.ts';
import { transcriptAsText, vitalAsText } from './stored.ts';

/** What is used of a tab's storage. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

type Recollect = typeof recollect;

const vitalKey = (place: string): string => `hello-websocket/${place}/vital`;

/** Whether a former page of the tab has left anything there. */
export const hasMemory = (storage: TextStorage, place: string): boolean =>
  storage.getItem(vitalKey(place)) !== null;

/** How many messages of a conversation are stored. */
const MOST_LINES = 100;
/** How many characters of text are stored in all; less where there is less room. */
const MOST_CHARACTERS = 256 * 1024;
const LEAST_CHARACTERS = 1024;

/** Keeps in the storage of a tab what its next page goes on with, one item for what must not be lost and one for the rest. */
export class TabMemory implements Memory {
  readonly #storage: TextStorage;
  readonly #vital: string;
  readonly #transcript: string;
  readonly #recollect: Recollect | undefined;
  #session: string | undefined;

  /**
   * @param place What tells apart the memories of one tab: the room.
   * @param recollect Reads what a former page has left; without it there is nothing to read.
   */
  constructor(storage: TextStorage, place: string, recollect?: Recollect) {
    this.#storage = storage;
    this.#recollect = recollect;
    this.#vital = vitalKey(place);
    this.#transcript = `hello-websocket/${place}/transcript`;
  }

  recall(): Memories | undefined {
    return this.#recollect?.(this.#storage.getItem(this.#vital), this.#storage.getItem(this.#transcript));
  }

  /** This tab alone is that session: before it is sure of that nothing is stored, and of no other. */
  own(session: string): void {
    this.#session = session;
  }

  owns(session: string): boolean {
    return session === this.#session;
  }

  keep(vital: Vital): void {
    if (!this.owns(vital.resume.session)) return;
    const text = vitalAsText(vital);
    if (this.#store(this.#vital, text)) return;
    this.#storage.removeItem(this.#transcript);
    if (this.#store(this.#vital, text)) return;
    // An older number must not be used again: the next page begins as somebody else.
    this.forget();
  }

  keepTranscript(transcript: Transcript): void {
    // Without the rest it would be the transcript of nobody.
    if (this.#session === undefined || this.#storage.getItem(this.#vital) === null) return;
    for (let most = MOST_CHARACTERS; most >= LEAST_CHARACTERS; most /= 2) {
      const conversations = newest(transcript.conversations, most);
      if (this.#store(this.#transcript, transcriptAsText({ ...transcript, conversations }))) return;
    }
    this.#storage.removeItem(this.#transcript);
  }

  /** Stores nothing any more, and leaves nothing behind. */
  forget(): void {
    this.#storage.removeItem(this.#vital);
    this.#storage.removeItem(this.#transcript);
  }

  /** Whether there was room. */
  #store(key: string, text: string): boolean {
    try {
      this.#storage.setItem(key, text);
      return true;
    } catch {
      // QuotaExceededError: how much fits cannot be asked.
      return false;
    }
  }
}

/** The newest lines of each conversation, those first that were spoken in last, up to so many characters. */
function newest(conversations: Conversations, most: number): Conversations {
  let room = most;
  const latest = [...conversations].sort(([, a], [, b]) => lastAt(b) - lastAt(a));
  const kept = latest.map(([session, conversation]): [string, Conversation] => {
    const lines = [];
    for (const line of conversation.lines.slice(-MOST_LINES).reverse()) {
      room -= line.text.length;
      if (room < 0) break;
      lines.unshift(line);
    }
    const dropped = (conversation.dropped ?? 0) + conversation.lines.length - lines.length;
    return [session, { ...conversation, lines, ...(dropped > 0 && { dropped }) }];
  });
  const order = [...conversations.keys()];
  return new Map(kept.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
}

const lastAt = ({ lines }: Conversation): number => lines.at(-1)?.at ?? 0;
