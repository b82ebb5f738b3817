import { distinctUntilChanged, filter, map } from 'rxjs';
import { Client } from '../../web/src/app/connection/client.ts';
import { canRetry } from '../../web/src/app/connection/sender.ts';
import { partnersIn } from '../../web/src/app/connection/partners.ts';
import { recollect } from '../../web/src/app/connection/recollection.ts';
import { TabMemory, type TextStorage } from '../../web/src/app/connection/tab-memory.ts';
import type { FastTime } from './fast-time.ts';
import type { Ledger } from './ledger.ts';
import { Network } from './network.ts';
import { oneOf } from './dice.ts';

export interface TabOptions {
  readonly name: string;
  readonly url: string;
  readonly room: string;
  readonly time: FastTime;
  readonly random: () => number;
  readonly ledger: Ledger;
  /** How long the server keeps a connection, in the client's time, when the client is to know. */
  readonly maxDurationMs: number | undefined;
}

/** A tab with the page's own client, its storage and its network, and somebody who writes. */
export class Tab {
  readonly #options: TabOptions;
  #network = new Network();
  #items = new Map<string, string>();
  /** What was shown and is not stored yet. */
  #unstored = new Set<string>();
  #client: Client;
  #written = 0;
  #welcomes = 0;

  constructor(options: TabOptions) {
    this.#options = options;
    this.#client = this.#open();
  }

  get network(): Network {
    return this.#network;
  }

  /** How often it was welcomed, on whichever page. */
  get welcomes(): number {
    return this.#welcomes;
  }

  /** How many of its messages are not settled. */
  get waiting(): number {
    return [...this.#client.state.outbox.values()].reduce((sum, { pending }) => sum + pending.length, 0);
  }

  get isConnected(): boolean {
    return this.#client.state.phase.kind === 'connected';
  }

  /** How many others are listed. */
  get others(): number {
    return this.#here().length;
  }

  /** Writes to somebody who is listed, if anybody is. */
  write(): void {
    const { name, ledger, random } = this.#options;
    const partner = oneOf(this.#here(), random);
    if (!partner) return;
    const text = `${name}${this.#written} ${'á'.repeat(random() ** 8 * 2000)}`;
    const outcome = this.#client.send(partner.session, text);
    if (outcome !== 'sent' && outcome !== 'queued') return;
    this.#written++;
    ledger.write(text, partner.session);
  }

  /** Tries again what was not delivered, where that is possible. */
  retrySome(): void {
    const { state } = this.#client;
    for (const [session, { lines }] of state.conversations) {
      for (const { id, text, sent } of lines) {
        if (!sent || !canRetry(state.outbox, session, sent) || this.#options.random() < 0.5) continue;
        this.#options.ledger.retry(text);
        this.#client.retry(session, id);
      }
    }
  }

  /** The page is left, and comes again. */
  reload(): void {
    this.#client.close();
    this.report();
    this.#client = this.#open();
  }

  /** The page ends without a word, and without storing anything more; another comes in its place. */
  crash(): void {
    const { ledger } = this.#options;
    const [network, client] = [this.#network, this.#client];
    // What the old page said last of messages that are too old to be on the next one.
    this.report();
    ledger.unshow(this.#unstored);
    // Whatever the old client still does, it does with what nobody has any more.
    this.#items = new Map(this.#items);
    this.#unstored = new Set();
    this.#network = new Network();
    network.goDown();
    client.close();
    this.#client = this.#open();
  }

  /** Takes back one of its messages that is not settled, if there is one. */
  cancelOne(): void {
    const { ledger, random } = this.#options;
    const waiting = [...this.#client.state.outbox].flatMap(([session, { pending }]) =>
      pending.map(({ id, text }) => ({ session, id, text })),
    );
    const one = oneOf(waiting, random);
    if (!one) return;
    ledger.cancel(one.text);
    this.#client.cancel(one.session, one.id);
  }

  /** Enters what became of its messages, as far as the page shows it. */
  report(): void {
    for (const { lines } of this.#client.state.conversations.values())
      for (const { text, sent } of lines) if (sent) this.#options.ledger.tell(text, sent.status.kind);
  }

  close(): void {
    this.#client.close();
    this.#network.cut();
  }

  #here() {
    return partnersIn(this.#client.state).filter(({ here }) => here);
  }

  #open(): Client {
    const { name, url, room, time, random, ledger, maxDurationMs } = this.#options;
    const unstored = this.#unstored;
    const memory = new TabMemory(
      storageIn(this.#items, () => unstored.clear()),
      room,
      recollect,
    );
    const session = memory.recall()?.resume.session;
    if (session !== undefined) memory.own(session);
    const client = new Client({
      ...{ url, room, name, memory, maxDurationMs, random },
      WebSocket: this.#network.WebSocket,
      scheduler: time,
    });
    client.shown.subscribe(({ text, session: speaker }) => {
      unstored.add(text);
      ledger.show(text, name, speaker);
    });
    client.states
      .pipe(
        map(({ session: ours }) => ours),
        filter((ours) => ours !== undefined),
        distinctUntilChanged(),
      )
      .subscribe((ours) => {
        ledger.own(ours, name);
        memory.own(ours);
      });
    client.events.subscribe((event) => {
      if (event.type === 'frame' && event.frame.type === 'welcome') this.#welcomes++;
    });
    client.open();
    return client;
  }
}

function storageIn(items: Map<string, string>, stored: () => void): TextStorage {
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      items.set(key, value);
      stored();
    },
    removeItem: (key) => void items.delete(key),
  };
}
