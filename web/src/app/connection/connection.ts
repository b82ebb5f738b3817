import { computed, DestroyRef, DOCUMENT, inject, Service, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { defer, map, merge, type Observable, retry, Subject, switchMap, take, timer } from 'rxjs';
import { DEFAULT_ROOM } from '#protocol';
import { placeIn, socketUrl } from './address.ts';
import { Client, type Outcome, type ShownMessage } from './client.ts';
import { type Config, readConfig } from './config.ts';
import type { Line } from './conversation.ts';
import { type PageEvent, pageLife } from './page-life.ts';
import { type Partner, partnersIn } from './partners.ts';
import { canRetry } from './sender.ts';
import { INITIAL, type State } from './state.ts';
import { TabSession } from './tab-session.ts';
import { CONFIG_URL, FETCH, LOCKS, RANDOM, SCHEDULER, SEARCH, STORAGE, WEB_SOCKET } from './tokens.ts';

/** How long the page waits before it asks for `config.json` again. */
export const CONFIG_RETRY_MS = 5000;

/** What must be known before there can be a connection. */
export type Setup =
  | { readonly kind: 'loading' }
  | { readonly kind: 'no-config'; readonly reason: string }
  | { readonly kind: 'bad-address'; readonly reason: string }
  | { readonly kind: 'ready'; readonly webSocketUrl: string };

/** A message that has just come in. */
export interface ArrivedMessage {
  readonly partner: Partner;
  readonly text: string;
}

/** The page's connection to its room. */
@Service()
export class Connection {
  readonly #document = inject(DOCUMENT);
  readonly #fetch = inject(FETCH);
  readonly #configUrl = inject(CONFIG_URL);
  readonly #scheduler = inject(SCHEDULER);
  readonly #random = inject(RANDOM);
  readonly #WebSocket = inject(WEB_SOCKET);
  readonly #tab = new TabSession(inject(STORAGE), inject(LOCKS));
  readonly #place = placeIn(inject(SEARCH));
  readonly #again = new Subject<void>();
  readonly #arrivals = new Subject<ArrivedMessage>();

  readonly #client = signal<Client | undefined>(undefined);
  readonly #setup = signal<Setup>({ kind: 'loading' });
  readonly #state = signal<State>(INITIAL);
  readonly #online = signal(this.#document.defaultView?.navigator.onLine ?? true);

  readonly setup = this.#setup.asReadonly();
  /** Whether anybody could join us here: not without a URL, nor in a room that cannot be. */
  readonly reachable = computed(() => ['loading', 'ready'].includes(this.#setup().kind));
  /** Whether the device has a network, as far as the browser knows. */
  readonly online = this.#online.asReadonly();
  /** The room that the page's address names; undefined when it names none that can be. */
  readonly room = this.#place.type === 'place' ? this.#place.room : undefined;
  readonly phase = computed(() => this.#state().phase);
  /** Every message to us, as it comes. */
  readonly arrivals = this.#arrivals.asObservable();
  readonly connected = computed(() => this.phase().kind === 'connected');
  readonly me = computed(() => this.#state().me);
  readonly notices = computed(() => this.#state().notices);
  readonly partners = computed(() => partnersIn(this.#state()));
  readonly selected = computed(() => {
    const { selected } = this.#state();
    return this.partners().find(({ session }) => session === selected);
  });
  readonly unread = computed(() => this.partners().reduce((sum, { unread }) => sum + unread, 0));
  /** The address at which a second window joins this room; the label in ours is not its own. */
  readonly pageUrl = pageUrlIn(this.#document.location.href);
  /** The URL at which a terminal joins this room. */
  readonly terminalUrl = computed(() => {
    const setup = this.#setup();
    if (setup.kind !== 'ready') return undefined;
    const { room = DEFAULT_ROOM } = this;
    return room === DEFAULT_ROOM ? setup.webSocketUrl : socketUrl(setup.webSocketUrl, { room });
  });

  constructor() {
    const destroyRef = inject(DestroyRef);
    destroyRef.onDestroy(() => {
      this.#client()?.close();
      this.#tab.release();
    });
    pageLife(this.#document)
      .pipe(takeUntilDestroyed())
      .subscribe((event) => this.#lived(event));
    if (this.#place.type === 'malformed') {
      this.#setup.set({ kind: 'bad-address', reason: this.#place.reason });
      return;
    }
    const place = this.#place;
    this.#config()
      .pipe(
        switchMap((config) => this.#tab.recall(place.room).then((memory) => ({ config, memory }))),
        takeUntilDestroyed(destroyRef),
      )
      .subscribe(({ config: { webSocketUrl, limits }, memory }) => {
        const client = new Client({
          ...{ room: place.room, ...(place.name !== undefined && { name: place.name }) },
          url: webSocketUrl,
          WebSocket: this.#WebSocket,
          scheduler: this.#scheduler,
          random: this.#random,
          memory,
          ...limits,
        });
        client.states.pipe(takeUntilDestroyed(destroyRef)).subscribe((state) => this.#state.set(state));
        client.shown.pipe(takeUntilDestroyed(destroyRef)).subscribe((message) => this.#arrived(message));
        this.#tab
          .strange(client.states.pipe(map(({ session }) => session)))
          .pipe(takeUntilDestroyed(destroyRef))
          .subscribe((session) => {
            void this.#tab.claim(session).then((isOurs) => {
              if (isOurs) client.remember();
            });
          });
        this.#client.set(client);
        this.#setup.set({ kind: 'ready', webSocketUrl });
        client.look(!this.#document.hidden);
        client.open();
      });
  }

  /** Sends a text to a partner. */
  send(session: string, text: string): Outcome {
    return this.#client()?.send(session, text) ?? 'gone';
  }

  /** Tries a message again that was not delivered, for all that is known. */
  retry(session: string, id: string): void {
    this.#client()?.retry(session, id);
  }

  /** Whether that is possible without showing it twice. */
  canRetry(session: string, { sent }: Line): boolean {
    return sent !== undefined && canRetry(this.#state().outbox, session, sent);
  }

  /** Gives up a message that was not sent. */
  cancel(session: string, id: string): void {
    this.#client()?.cancel(session, id);
  }

  /** How many bytes the frame would have that carries `text`. */
  measure(session: string, text: string): number {
    return this.#client()?.measure(session, text) ?? 0;
  }

  /** Opens the conversation with a partner, or closes the one that is open. */
  select(session: string | undefined): void {
    this.#client()?.select(session);
  }

  /** Connects now, whatever is being waited for. */
  reconnect(): void {
    this.#again.next();
    this.#client()?.reconnect();
  }

  /** Leaves the room until `reconnect`. */
  disconnect(): void {
    this.#client()?.close();
  }

  /** Takes a notice away. */
  dismiss(key: number): void {
    this.#client()?.dismiss(key);
  }

  #arrived({ session, text }: ShownMessage): void {
    const partner = this.partners().find((known) => known.session === session);
    if (partner) this.#arrivals.next({ partner, text });
  }

  #config(): Observable<Config> {
    return defer(() => readConfig(this.#fetch, this.#configUrl)).pipe(
      retry({
        delay: (error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          this.#setup.set({ kind: 'no-config', reason });
          return merge(timer(CONFIG_RETRY_MS, this.#scheduler), this.#again).pipe(take(1));
        },
      }),
    );
  }

  #lived(event: PageEvent): void {
    const client = this.#client();
    if (event === 'shown' || event === 'hidden') client?.look(event === 'shown');
    if (event === 'online' || event === 'offline') this.#online.set(event === 'online');
    if (event === 'hidden' || event === 'leaving') client?.remember();
    else if (event === 'offline') client?.doubt();
    else this.#wake();
  }

  #wake(): void {
    this.#again.next();
    this.#client()?.wake();
  }
}

function pageUrlIn(href: string): string {
  const url = new URL(href);
  url.searchParams.delete('name');
  return url.href;
}
