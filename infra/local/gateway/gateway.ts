import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import { type Limits, MAX_MESSAGE_BYTES } from '../limits.ts';
import type { Logger } from '../log.ts';
import type { WebSocketApi } from './api.ts';
import { Calls } from './calls.ts';
import { Connection, type ConnectionEvents } from './connection.ts';
import { Delivery } from './delivery.ts';
import { type ConnectionFacts, disconnectEvent, type GatewayEvent, messageEvent } from './events.ts';
import type { Faults } from './faults.ts';
import { troubleFrame, type TroubleMessage } from './frames.ts';
import { type Admission, admit, stageAt } from './handshake.ts';
import type { Activity } from './local/activity.ts';
import type { Received } from './local/hops.ts';
import type { RequestTrace, Tracing } from './local/tracing.ts';
import { ManagedConnections } from './managed-connections.ts';
import type { IntegrationResult } from './integrations/integration.ts';
import type { Permissions } from './permissions.ts';
import type { Route } from './route.ts';
import { routeFor } from './selection.ts';
import type { Sharing } from './sharing.ts';
import { type Answer, webSockets } from './sockets.ts';
import type { Standing } from './standing.ts';
import { Throttle } from './throttling.ts';
import type { TokenBucket } from './token-bucket.ts';

/** One WebSocket API at run time: admits clients, routes what they say, and holds their connections. */
export class Gateway {
  readonly management: ManagedConnections;
  readonly #api: WebSocketApi;
  readonly #calls: Calls;
  readonly #limits: Limits;
  readonly #faults: Faults;
  readonly #activity: Activity;
  readonly #tracing: Tracing;
  readonly #permissions: Permissions;
  readonly #log: Logger;
  readonly #standing: Standing;
  readonly #newcomers: TokenBucket;
  readonly #throttles: ReadonlyMap<string, Throttle>;
  #isStopping = false;
  readonly #connections = new Map<string, Connection>();
  /** Between `$connect` and the upgrade. */
  readonly #admissions = new WeakMap<IncomingMessage, Admission & { readonly admitted: true }>();
  readonly #sockets: WebSocketServer;
  /** `$disconnect` events still running: the gateway stops after them. */
  readonly #farewells = new Set<Promise<unknown>>();

  constructor(api: WebSocketApi, sharing: Sharing) {
    const { limits, account, newcomers, permissions, faults, activity, tracing, log, standing } = sharing;
    this.#api = api;
    this.#calls = new Calls(api.arn, sharing);
    this.#limits = limits;
    this.#faults = faults;
    this.#activity = activity;
    this.#tracing = tracing;
    this.#permissions = permissions;
    this.#log = log;
    this.#standing = standing;
    this.#newcomers = newcomers;
    this.#throttles = new Map(
      api.stages.map(({ name, throttling }) => [name, new Throttle(throttling, limits, account)]),
    );
    this.management = new ManagedConnections(
      {
        connections: this.#connections,
        stages: new Set(api.stages.map(({ name }) => name)),
        account,
        faults,
        delivery: new Delivery(faults),
      },
      standing,
    );
    this.#sockets = webSockets(
      (request, answer) => {
        this.#admit(request, answer).catch((error: unknown) => {
          // A mistake of the runner's own: it costs this handshake, not the others.
          this.#log(`gateway ${String(error)}`);
          answer(false, 500);
        });
      },
      (request) => this.#admissions.get(request)?.subprotocol,
    );
  }

  /** Takes over a socket that asks to become a WebSocket. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, stream, head, (socket) => {
      const facts = this.#admissions.get(request)?.facts;
      if (facts === undefined) return;
      const connection = new Connection(facts, socket, stream, this.#limits, this.#events);
      this.#connections.set(facts.connectionId, connection);
      this.#activity.opened(facts);
    });
  }

  /** Whether a WebSocket could be opened at this path. */
  isStage(path: string): boolean {
    return stageAt(this.#api, path) !== undefined;
  }

  /** Cuts every connection, without a close frame. */
  drop(): void {
    for (const connection of [...this.#connections.values()]) connection.terminate();
  }

  /** Cuts every connection and waits for their `$disconnect`. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    // A terminated socket reports its end a turn of the event loop later, and handshakes are under way.
    while (this.#connections.size > 0) {
      this.drop();
      await new Promise(setImmediate);
    }
    await Promise.all(this.#farewells);
  }

  readonly #events: ConnectionEvents = {
    message: (connection, body) => {
      // A mistake of the runner's own: it costs this message, not every connection.
      this.#route(connection, body).catch((error: unknown) => this.#log(`gateway ${String(error)}`));
    },
    leaving: ({ facts }) => {
      this.#connections.delete(facts.connectionId);
      this.#standing.end();
    },
    closed: ({ facts }, { code, reason }) => {
      this.#activity.closed(facts.connectionId, code);
      this.#sayGoodbye(facts, code, reason);
    },
  };

  async #admit(request: IncomingMessage, answer: Answer): Promise<void> {
    if (this.#isStopping) {
      answer(false, 503);
      return;
    }
    const admission = await admit(
      request,
      this.#api,
      (route, stage, event) => this.#call(route, stage, event, this.#follow(route, event)),
      (functionArn, requestId, event) => this.#calls.ask(functionArn, requestId, event),
      (stage) => this.#newcomers.take() && this.#admits(stage, '$connect'),
      this.#permissions,
    );
    if (!admission.admitted) {
      this.#log(`gateway refused a handshake with ${admission.status} ${admission.body}`);
      answer(false, admission.status, admission.body, { 'Content-Type': 'application/json' });
      return;
    }
    this.#admissions.set(request, admission);
    if (!request.socket.readable || !request.socket.writable) {
      // The client gave up while `$connect` ran: the library drops the socket, and what `$connect` did is to be undone.
      this.#sayGoodbye(admission.facts, 1006, '');
    }
    answer(true);
  }

  async #route(connection: Connection, body: string): Promise<void> {
    const { facts, heard: frame } = connection;
    const found = routeFor(this.#api, body);
    const route = found?.key ?? '$default';
    const event = messageEvent(facts, route, body);
    const refused = this.#refusal(facts.stage, route, found);
    const trace = this.#tracing.follow({ ...idsOf(event), route, frame }, body, refused);
    const answer = (text: string): void => {
      if (connection.send(text)) trace?.sent(connection, text);
    };
    const trouble = (message: TroubleMessage): void =>
      answer(troubleFrame(message, facts.connectionId, event.requestId));
    if (refused === 'dropped') connection.terminate();
    else if (refused === 'throttled') trouble('Too Many Requests');
    else if (found === undefined) trouble('Forbidden');
    else {
      const result = await this.#call(found.route, facts.stage, event, trace);
      if (result.type === 'timed-out') trouble('Endpoint request timed out');
      else if (result.type === 'refused') trouble(result.message);
      else if (result.type !== 'answered') trouble('Internal server error');
      else if (found.route.twoWay) {
        const reply = result.body ?? ''; // Alone, whatever the status (PARITY R18, R19).
        if (Buffer.byteLength(reply) <= MAX_MESSAGE_BYTES) answer(reply);
        else {
          this.#log(`gateway ${event.requestId} ${found.route.logicalId} replied with more than 128 KB`);
          trouble('Internal server error'); // PARITY R28
        }
      }
    }
  }

  /** Why a message goes no further than the gateway. */
  #refusal(stage: string, route: string, found: object | undefined): Received['refused'] {
    if (this.#faults.strikes('drop')) return 'dropped'; // PARITY X1
    if (!this.#admits(stage, route) || this.#faults.strikes('throttle')) return 'throttled';
    return found === undefined ? 'forbidden' : undefined;
  }

  #admits(stage: string, routeKey: string): boolean {
    return this.#throttles.get(stage)?.admits(routeKey) ?? true;
  }

  /** Begins to follow the coming or going of a client. */
  #follow({ key: route }: Route, event: GatewayEvent): RequestTrace | undefined {
    return this.#tracing.follow({ ...idsOf(event), route, frame: 0 });
  }

  async #call(
    route: Route,
    stage: string,
    event: GatewayEvent,
    trace: RequestTrace | undefined,
  ): Promise<IntegrationResult> {
    try {
      return await this.#calls.call(route, stage, event);
    } finally {
      if (trace !== undefined) this.#tracing.end(event.requestId);
    }
  }

  /** Tells `$disconnect`, when there is such a route, as best it can (PARITY D3). */
  #sayGoodbye(facts: ConnectionFacts, code: number, reason: string): void {
    const route = this.#api.routes.get('$disconnect');
    if (route === undefined || this.#faults.strikes('loseDisconnect')) return; // PARITY X3
    const event = disconnectEvent(facts, code, reason);
    const farewell = this.#call(route, facts.stage, event, this.#follow(route, event));
    this.#farewells.add(farewell);
    void farewell.finally(() => this.#farewells.delete(farewell));
  }
}

const idsOf = ({ requestId, connectionId }: GatewayEvent) => ({ requestId, connectionId });
