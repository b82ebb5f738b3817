import '../../functions/testing/environment.ts';
import { ACTION, parseServerFrame, type Resume, SUBPROTOCOL } from '#protocol';
import { withFaultsTold } from '../../functions/faults.ts';
import { onConnect } from '../../functions/onconnect.ts';
import { onDisconnect } from '../../functions/ondisconnect.ts';
import { onMessage } from '../../functions/onmessage.ts';
import { partnersIn } from '../../web/src/app/connection/partners.ts';
import { knownTo } from '../../web/src/app/connection/presence.ts';
import { INITIAL, type State } from '../../web/src/app/connection/state.ts';
import type { World } from './world.ts';

/** `joins` opens a connection, and resumes when there was a welcome before; `vanishes` leaves without a `$disconnect`. */
export type Deed = 'joins' | 'leaves' | 'vanishes';

/** Somebody with the page: the client's state, on one connection after another. */
export class Visitor {
  readonly name: string;
  #state: State = INITIAL;
  readonly #world: World;
  readonly #firstConnectedAt: number;
  #connections = 0;
  #connectionId: string | undefined;
  #isOpen = false;
  #isWelcome = false;
  #hasLostSession = false;
  #resume: Resume | undefined;
  #pings = 0;
  #deeds: readonly Deed[] = [];

  constructor(world: World, name: string, place: number) {
    this.#world = world;
    this.name = name;
    this.#firstConnectedAt = world.clock.now + place * 1_000;
  }

  /** The connection that is open, if there is one. */
  get connectionId(): string | undefined {
    return this.#isOpen ? this.#connectionId : undefined;
  }
  get isWelcome(): boolean {
    return this.#isWelcome;
  }
  /** Whether a welcome did not bring the session back that it had. */
  get hasLostSession(): boolean {
    return this.#hasLostSession;
  }

  /** The connections that the page shows as being here. */
  get shown(): readonly string[] {
    const here = partnersIn(this.#state).filter(({ here }) => here);
    return here.map(({ connectionId }) => connectionId).sort();
  }

  /** All that decides what becomes of it. How long ago something was heard matters to a ping alone, and there is none yet. */
  get snapshot(): unknown {
    const { entries, left, newest, own, pages, epoch } = this.#state.presence;
    const known = [...entries.values()].map(({ peer, epoch, supposed }) => [peer, epoch, supposed]);
    const sorted = (all: Iterable<unknown>) => Array.from(all, (one) => JSON.stringify(one)).sort();
    const presence = [known, left, newest, own, pages].map(sorted);
    return [
      this.name,
      this.#deeds,
      this.#connections,
      this.#isOpen,
      this.#isWelcome,
      this.#resume,
      epoch,
      presence,
    ];
  }

  /** Does one thing after the other, each as soon as it can, at moments that are chosen. */
  plan(deeds: readonly Deed[]): void {
    this.#deeds = deeds;
    this.#offerNext();
  }

  /** Asks who is listed [P13]. */
  ping(): void {
    const id = `ping${++this.#pings}`;
    this.#apply({ type: 'pinged', id });
    this.#send(id, { type: 'ping', id, known: knownTo(this.#state.presence) });
  }

  /** Closes the connection; `$disconnect` runs some time later, if it runs. */
  leave(isNoticed = true): void {
    const connectionId = this.#connectionId;
    if (!this.#isOpen || connectionId === undefined) throw new Error(`${this.name} is not here`);
    this.#isOpen = false;
    this.#world.close(connectionId);
    if (!isNoticed) return;
    this.#world.steps.offer(`${connectionId} is gone`, () => {
      void this.#world.invoke(`${connectionId} $disconnect`, (parts) =>
        onDisconnect(parts)({ requestContext: this.#context(connectionId) }),
      );
    });
  }

  /** Opens a connection and says hello. */
  join(): void {
    const connectionId = `${this.name}${++this.#connections}=`;
    this.#connectionId = connectionId;
    this.#isWelcome = false;
    const socket = this.#world.connect(connectionId, (text) => this.#receive(connectionId, text));
    const handshake = this.#world.invoke(`${connectionId} $connect`, (parts) =>
      onConnect(parts)({
        requestContext: this.#context(connectionId),
        multiValueHeaders: { 'Sec-WebSocket-Protocol': [SUBPROTOCOL] },
      }),
    );
    void handshake.then(() => {
      socket.isOpen = true;
      this.#isOpen = true;
      this.#apply({ type: 'opened' });
      this.#send('hello', { type: 'hello', room: 'lobby', ...(this.#resume && { resume: this.#resume }) });
      this.#offerNext();
    });
  }

  #offerNext(): void {
    const [deed, ...later] = this.#deeds;
    if (deed === undefined || (deed !== 'joins' && !this.#isOpen)) return;
    this.#world.steps.offer(`${this.name} ${deed}`, () => {
      this.#deeds = later;
      if (deed === 'joins') this.join();
      else this.leave(deed === 'leaves');
      if (deed !== 'joins') this.#offerNext();
    });
  }

  #send(what: string, frame: object): void {
    const connectionId = this.#connectionId ?? '';
    const body = JSON.stringify({ action: ACTION, ...frame });
    this.#world.steps.offer(`${connectionId} says ${what}`, () => {
      const event = { requestContext: this.#context(connectionId), body };
      void this.#world.invoke(`${connectionId} ${what}`, (parts) =>
        withFaultsTold(parts, onMessage(parts))(event),
      );
    });
  }

  #receive(connectionId: string, text: string): void {
    if (connectionId !== this.connectionId) return;
    const frame = parseServerFrame(text);
    if (frame.type === 'welcome') {
      this.#isWelcome = true;
      const { session } = this.#resume ?? frame;
      this.#hasLostSession ||= frame.session !== session;
      this.#resume = { session: frame.session, key: frame.resumeKey };
    }
    this.#apply({ type: 'frame', frame, at: this.#world.clock.now });
  }

  #apply(event: Parameters<World['reduce']>[1]): void {
    this.#state = this.#world.reduce(this.#state, event);
  }

  #context(connectionId: string) {
    const connectedAt = this.#firstConnectedAt + this.#connections;
    return { connectionId, requestId: `request of ${connectionId}`, connectedAt };
  }
}
