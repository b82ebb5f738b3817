import { DestroyRef, inject, PendingTasks, Service, signal } from '@angular/core';
import type { Peer } from '#protocol';
import { BoundedMap } from './bounded-map.ts';
import { CLOCK } from './clock.ts';
import type { Reading } from './reading.ts';
import { redact, redactProtocol } from './redaction.ts';
import type { WireEntry, WireSocket } from './wire-entry.ts';

/** How many entries are kept, and how many UTF-16 units their texts may have together. */
export const MOST_ENTRIES = 100_000;
export const MOST_TEXT = 64 * 1024 * 1024;
/** How many are dropped at once, so that making room costs next to nothing for each. */
export const DROPPED_AT_ONCE = 1000;
/** How long the screen is left alone after a change, in milliseconds: a little less than two of its frames. */
const REST_MS = 30;
/** How many unanswered frames, peers and sockets are remembered. */
const MOST_REMEMBERED = 10_000;

/** Of how many partners one can choose the frames. */
const MOST_PARTNERS = 200;

/** What a tap tells of a frame or of its socket. */
export interface Heard extends Pick<
  WireEntry,
  'socket' | 'direction' | 'frame' | 'code' | 'ours' | 'roundTripMs'
> {
  readonly reading: Reading;
  readonly text: string;
  readonly bytes: number;
}

type Kept = { -readonly [K in keyof WireEntry]: WireEntry[K] };

/**
 * Every frame of every seat of the window, as it went over its socket, and what happened to the sockets. It holds the
 * newest, and no secret ever.
 */
@Service()
export class WireLog {
  readonly #now = inject(CLOCK);
  readonly #tasks = inject(PendingTasks);

  readonly #entries: Kept[] = [];
  readonly #unanswered = new BoundedMap<string, Kept>(MOST_REMEMBERED);
  readonly #peers = new BoundedMap<string, Peer>(MOST_REMEMBERED);
  readonly #names = new BoundedMap<string, string>(MOST_REMEMBERED);
  readonly #sockets = new BoundedMap<number, WireSocket>(MOST_REMEMBERED);
  readonly #urls = new BoundedMap<string, string>(MOST_REMEMBERED);
  readonly #ways = new Map<number, (text: string) => boolean>();
  readonly #revision = signal(0);
  readonly #seats = signal<readonly string[]>([]);
  readonly #partners = signal<readonly string[]>([]);
  readonly #open = signal<readonly string[]>([]);
  #nextKey = 0;
  #nextSocket = 0;
  #held = 0;
  #frame: number | undefined;
  #announced: (() => void) | undefined;
  #announcedAt = -Infinity;

  /** The newest entries, in order. The same array always: read `revision` to hear of its changes. */
  readonly entries: readonly WireEntry[] = this.#entries;
  /** Changes after `entries` did, at most some thirty times a second. */
  readonly revision = this.#revision.asReadonly();
  /** The seats that have opened a socket, in order. */
  readonly seats = this.#seats.asReadonly();
  /** Those of them that have one open now. */
  readonly open = this.#open.asReadonly();
  /** The sessions that messages went to or came from, in order. */
  readonly peers = this.#partners.asReadonly();
  /** What the sockets were opened with, by `WireEntry.socket`. */
  readonly sockets: { get(socket: number): WireSocket | undefined } = this.#sockets;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
      this.#announced?.();
    });
  }

  /** The key of the entry that comes next. */
  get next(): number {
    return this.#nextKey;
  }

  /** The number of a seat, counted from 1, in the order in which they came. */
  numberOf(seat: string): number {
    return this.#seats().indexOf(seat) + 1;
  }

  /** What a seat is called: its number, and the label that it asked for when it opened its newest socket. */
  callOf(seat: string): string {
    const name = URL.parse(this.#urls.get(seat) ?? '')?.searchParams.get('name') ?? '';
    return [this.numberOf(seat), name].join(' ').trim();
  }

  /** The label under which a session was described last; undefined when it has none. */
  nameOf(session: string): string | undefined {
    return this.#names.get(session);
  }

  /** Forgets every entry. What is on its way is still recognised by its answer. */
  clear(): void {
    this.#entries.length = 0;
    this.#held = 0;
    this.#changed();
  }

  /** Sends a text as it is over the newest open socket of a seat; whether there was one. */
  send(seat: string, text: string): boolean {
    for (const [socket, way] of [...this.#ways].reverse())
      if (this.#sockets.get(socket)?.seat === seat && way(text)) return true;
    return false;
  }

  /** A seat begins to open a socket; returns its number. */
  opening(seat: string, url: string, protocols: readonly string[]): number {
    const socket = this.#nextSocket++;
    const about = { seat, url: redact(url).text, protocols: protocols.map(redactProtocol) };
    this.#sockets.set(socket, { ...about, startedAt: this.#now() });
    this.#urls.set(seat, about.url);
    if (!this.#seats().includes(seat)) this.#seats.update((seats) => [...seats, seat]);
    return socket;
  }

  /** The socket is open: texts can be sent through `way`, which says whether it did. */
  opened(socket: number, way: (text: string) => boolean): void {
    const about = this.#sockets.get(socket);
    if (!about) return;
    this.#ways.set(socket, way);
    this.#reopen();
    const { url, protocols, startedAt } = about;
    this.record({
      ...{ socket, direction: 'event', reading: { kind: 'open' }, bytes: 0 },
      text: [url, ...protocols].join('\n'),
      roundTripMs: this.#now() - startedAt,
    });
  }

  /** The socket is closed, or was never opened. */
  closed(socket: number, code: number, reason: string, ours: boolean): void {
    this.#ways.delete(socket);
    this.#reopen();
    this.record({
      ...{ socket, direction: 'event', reading: { kind: 'close' }, bytes: 0, text: reason },
      ...{ code, ours },
    });
  }

  /** Writes down what went over a socket. */
  record({ reading, text: raw, socket, ...rest }: Heard): void {
    const { kind, messageId, connectionId, peers = [] } = reading;
    const about = this.#sockets.get(socket);
    const seat = about?.seat ?? '';
    if (about && connectionId !== undefined) this.#sockets.set(socket, { ...about, connectionId });
    for (const peer of peers) this.#describe(peer);
    const peer = this.#peerOf(reading);
    if (peer !== undefined && kind === 'message') this.#meet(peer);
    const { text, redacted } = redact(raw);
    const entry: Kept = {
      ...{ key: this.#nextKey++, seat, socket, at: this.#now(), kind, text },
      ...rest,
      ...(redacted && { redacted }),
      ...(peer !== undefined && { peer }),
      ...(messageId !== undefined && { messageId }),
    };
    this.#answer(entry, reading);
    this.#entries.push(entry);
    this.#held += text.length;
    if (this.#entries.length > MOST_ENTRIES || this.#held > MOST_TEXT) this.#drop();
    this.#changed();
  }

  #describe(peer: Peer): void {
    this.#peers.set(peer.connectionId, peer);
    if (peer.name !== undefined) this.#names.set(peer.session, peer.name);
  }

  #meet(peer: string): void {
    if (this.#partners().includes(peer)) return;
    this.#partners.update((peers) => [...peers, peer].slice(-MOST_PARTNERS));
  }

  #peerOf({ peer }: Reading): string | undefined {
    if (!peer) return undefined;
    if ('session' in peer) return peer.session;
    return this.#peers.get(peer.connectionId)?.session ?? peer.connectionId;
  }

  /** A hello is answered on its socket, anything else on whichever its seat has then. */
  #answer(entry: Kept, { asks, answers = [] }: Reading): void {
    const scope = (id: string) => `${id === 'hello' ? entry.socket : entry.seat} ${id}`;
    if (asks !== undefined) this.#unanswered.set(scope(asks), entry);
    for (const id of answers) {
      const asked = this.#unanswered.take(scope(id));
      if (!asked) continue;
      asked.roundTripMs = entry.at - asked.at;
      entry.roundTripMs ??= asked.roundTripMs;
    }
  }

  #drop(): void {
    for (const { text } of this.#entries.splice(0, DROPPED_AT_ONCE)) this.#held -= text.length;
  }

  #reopen(): void {
    const open = [...this.#ways.keys()].map((socket) => this.#sockets.get(socket)?.seat ?? '');
    this.#open.set(this.#seats().filter((seat) => open.includes(seat)));
  }

  #changed(): void {
    if (this.#frame !== undefined) return;
    this.#announced = this.#tasks.add();
    this.#announceLater();
  }

  /** A thousand frames a second are few changes: nobody reads faster, and drawing costs more than writing down. */
  #announceLater(): void {
    this.#frame = requestAnimationFrame((at) => {
      if (at - this.#announcedAt < REST_MS) {
        this.#announceLater();
        return;
      }
      this.#frame = undefined;
      this.#announcedAt = at;
      this.#revision.update((revision) => revision + 1);
      this.#announced?.();
    });
  }
}
