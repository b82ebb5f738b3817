import { computed, DestroyRef, DOCUMENT, inject, Injector, Service, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { map, Subject, switchMap } from 'rxjs';
import { DEFAULT_ROOM, isMembersOnly } from '#protocol';
import { linkTo, socketUrl } from './address.ts';
import { Client, type Outcome, type ShownMessage } from './client.ts';
import type { Config } from './config.ts';
import { Configuration } from './configuration.ts';
import type { Line } from './conversation.ts';
import { type Life, lived, type Lived, living } from './life.ts';
import { LIMITS } from './options.ts';
import { type PageEvent, pageLife } from './page-life.ts';
import { type Partner, partnersIn } from './partners.ts';
import type { Credential, Pass } from './pass.ts';
import { canRetry } from './sender.ts';
import { INITIAL, type State } from './state.ts';
import { TabSession } from './tab-session.ts';
import { LOCKS, PLACE, RANDOM, SCHEDULER, STORAGE, WEB_SOCKET } from './tokens.ts';

/** What must be known before there can be a connection. */
export type Setup =
  | { readonly kind: 'loading' }
  | { readonly kind: 'no-config'; readonly reason: string }
  | { readonly kind: 'bad-address'; readonly reason: string }
  | {
      readonly kind: 'ready';
      readonly webSocketUrl: string;
      /** What the handshake has to bring. */
      readonly asks: readonly Credential[];
    };

/** A message that has just come in. */
export interface ArrivedMessage {
  readonly partner: Partner;
  readonly text: string;
}

/** The connection of one seat to its room. */
@Service({ autoProvided: false })
export class Connection {
  readonly #document = inject(DOCUMENT);
  readonly #configuration = inject(Configuration);
  readonly #injector = inject(Injector);
  readonly #destroyRef = inject(DestroyRef);
  /** Whether it hears of what lets us in. */
  #isTold = false;
  readonly #scheduler = inject(SCHEDULER);
  readonly #random = inject(RANDOM);
  readonly #WebSocket = inject(WEB_SOCKET);
  readonly #tab = new TabSession(inject(STORAGE), inject(LOCKS));
  readonly #place = inject(PLACE);
  readonly #arrivals = new Subject<ArrivedMessage>();

  readonly #client = signal<Client | undefined>(undefined);
  readonly #life = signal<Life | undefined>(undefined);
  readonly #lived = signal<Lived | undefined>(undefined);
  readonly #state = signal<State>(INITIAL);
  readonly #online = signal(this.#document.defaultView?.navigator.onLine ?? true);

  readonly setup = computed((): Setup => {
    if (this.#place.type === 'malformed') return { kind: 'bad-address', reason: this.#place.reason };
    const configured = this.#configuration.configured();
    if (configured.kind !== 'ready') return configured;
    // What a former page has left is read between the two.
    if (!this.#client()) return { kind: 'loading' };
    const { auth, webSocketUrl } = configured.config;
    return { kind: 'ready', webSocketUrl, asks: this.#asked(auth) };
  });
  /** Whether anybody could join us here: not without a URL, nor in a room that cannot be. */
  readonly reachable = computed(() => ['loading', 'ready'].includes(this.setup().kind));
  /** Whether the device has a network, as far as the browser knows. */
  readonly online = this.#online.asReadonly();
  /** The room that the page's address names; undefined when it names none that can be. */
  readonly room = this.#place.type === 'place' ? this.#place.room : undefined;
  /** Whether it is entered by invitation alone [P28]. */
  readonly membersOnly = isMembersOnly(this.room ?? '');
  /** The label under which the others see us. */
  readonly name = this.#place.type === 'place' ? this.#place.name : undefined;
  /** The limits that the server keeps, in milliseconds. */
  readonly limits = computed(() => {
    const configured = this.#configuration.configured();
    return { ...LIMITS, ...(configured.kind === 'ready' && configured.config.limits) };
  });
  /** Since when the connection in use is open, and when something passed over it last. */
  readonly life = this.#life.asReadonly();
  /** How old the last connection had become when it ended, and how long nothing had passed over it. */
  readonly lived = this.#lived.asReadonly();
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
  /** The address at which a second window joins this room and opens the conversation with us; unknown before the welcome. */
  readonly linkToUs = computed(() => {
    const { session } = this.#state();
    return session === undefined ? undefined : linkTo(this.pageUrl, session);
  });
  /** The URL at which a terminal joins this room. */
  readonly terminalUrl = computed(() => {
    const setup = this.setup();
    if (setup.kind !== 'ready') return undefined;
    const { room = DEFAULT_ROOM } = this;
    return room === DEFAULT_ROOM ? setup.webSocketUrl : socketUrl(setup.webSocketUrl, { room });
  });

  constructor() {
    const destroyRef = this.#destroyRef;
    destroyRef.onDestroy(() => {
      this.#client()?.close();
      this.#tab.release();
    });
    pageLife(this.#document)
      .pipe(takeUntilDestroyed())
      .subscribe((event) => this.#happened(event));
    if (this.#place.type === 'malformed') return;
    const place = this.#place;
    this.#configuration.config
      .pipe(
        switchMap((config) => this.#tab.recall(place.room).then((memory) => ({ config, memory }))),
        takeUntilDestroyed(destroyRef),
      )
      .subscribe(({ config: { auth, webSocketUrl, limits }, memory }) => {
        const client = new Client({
          ...{ room: place.room, ...(place.name !== undefined && { name: place.name }) },
          url: webSocketUrl,
          WebSocket: this.#WebSocket,
          scheduler: this.#scheduler,
          random: this.#random,
          memory,
          ...(this.#asked(auth).length > 0 && { pass: () => this.#pass() }),
          ...limits,
        });
        client.states.pipe(takeUntilDestroyed(destroyRef)).subscribe((state) => this.#state.set(state));
        client.events.pipe(takeUntilDestroyed(destroyRef)).subscribe((event) => {
          const now = this.#scheduler.now();
          this.#lived.update((before) => (event.type === 'waiting' ? lived(this.#life(), now) : before));
          this.#life.update((life) => living(life, event, now));
        });
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
    this.#configuration.again();
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

  #asked(auth: Config['auth']): readonly Credential[] {
    return [...(auth ? ['token' as const] : []), ...(this.membersOnly ? ['invitation' as const] : [])];
  }

  /** Fetched where it is asked for: most rooms are open. */
  async #pass(): Promise<Pass> {
    const { Admission } = await import('../admission/admission.ts');
    const admission = this.#injector.get(Admission);
    if (!this.#isTold) {
      this.#isTold = true;
      admission.renewed
        .pipe(takeUntilDestroyed(this.#destroyRef))
        .subscribe((credential) => this.#renewed(credential));
    }
    return admission.pass();
  }

  #renewed(credential: Credential): void {
    // Who signs in as somebody else comes as somebody else.
    if (credential === 'token') this.disconnect();
    this.reconnect();
  }

  #arrived({ session, text }: ShownMessage): void {
    const partner = this.partners().find((known) => known.session === session);
    if (partner) this.#arrivals.next({ partner, text });
  }

  #happened(event: PageEvent): void {
    const client = this.#client();
    if (event === 'shown' || event === 'hidden') client?.look(event === 'shown');
    if (event === 'online' || event === 'offline') this.#online.set(event === 'online');
    if (event === 'hidden' || event === 'leaving') client?.remember();
    else if (event === 'offline') client?.doubt();
    else this.#wake();
  }

  #wake(): void {
    this.#configuration.again();
    this.#client()?.wake();
  }
}

function pageUrlIn(href: string): string {
  const url = new URL(href);
  url.searchParams.delete('name');
  url.hash = '';
  return url.href;
}
