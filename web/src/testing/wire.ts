import { Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ACTION, SUBPROTOCOL } from '#protocol';
import type { WebSocketLike } from '../app/connection/socket.ts';
import { WEB_SOCKET } from '../app/connection/tokens.ts';
import { CLOCK } from '../app/wire/clock.ts';
import { tapFor } from '../app/wire/tap.ts';
import { WireLog } from '../app/wire/wire-log.ts';
import { FakeNetwork, type FakeSocket } from './fake-network.ts';

/** A socket as its page has it, and as the other end does. */
export interface Tapped {
  readonly page: WebSocketLike;
  readonly socket: FakeSocket;
}

/** What stands around the wire log in a test. */
export interface Wired {
  /** What the log takes for the time, in milliseconds. */
  readonly clock: { now: number };
  readonly log: WireLog;
  readonly network: FakeNetwork;
  /** Begins to open a socket of a seat. */
  readonly dial: (seat?: string, protocols?: string | string[]) => Tapped;
  /** Opens one. */
  readonly open: (seat?: string, protocols?: string | string[]) => Tapped;
}

/** A wire log, and sockets of which it hears. */
export function wired(): Wired {
  const network = new FakeNetwork();
  const clock = { now: 1000 };
  TestBed.configureTestingModule({
    providers: [
      { provide: WEB_SOCKET, useValue: network.WebSocket },
      { provide: CLOCK, useValue: () => clock.now },
    ],
  });
  const dial: Wired['dial'] = (seat = '1', protocols = SUBPROTOCOL) => {
    const injector = Injector.create({ providers: [tapFor(seat)], parent: TestBed.inject(Injector) });
    const WebSocket = injector.get(WEB_SOCKET);
    const page = new WebSocket('wss://example.com/dev?room=lobby', protocols);
    return { page, socket: network.socket };
  };
  const open: Wired['open'] = (seat, protocols) => {
    const both = dial(seat, protocols);
    both.socket.accept();
    return both;
  };
  return { clock, log: TestBed.inject(WireLog), network, dial, open };
}

/** A frame of a v1 client, as its text. */
export const request = (type: string, fields: object = {}): string =>
  JSON.stringify({ action: ACTION, type, ...fields });
