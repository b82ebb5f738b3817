import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { Cable } from './cable.ts';
import { type Opening, Peer } from './peer.ts';
import { Runner } from './runner.ts';
import type { Stack } from './stack.ts';
import { Terminal } from './terminal.ts';

export interface Options {
  /** The stack that the test runs on. */
  stack: Stack;
  /** What a page may complain of in a test, because the test brings it about. Nothing, unless a test says so. */
  tolerated: RegExp | undefined;
}

interface Fixtures {
  /** A room of this test's own. */
  room: string;
  /** Opens a page, in a browser profile of its own, whatever comes of it. */
  open: (opening?: Partial<Opening>) => Promise<Peer>;
  /** Opens a page and waits until it is connected. */
  join: (name?: string, opening?: Partial<Opening>) => Promise<Peer>;
  /** Opens a terminal in the room. */
  terminal: (name?: string) => Terminal;
  /** A cable to the gateway that this test may cut. */
  cable: Cable;
  /** A folder of this test's own. */
  folder: string;
  /** Starts a runner of this test's own, with these flags. */
  runner: (running?: { readonly flags?: readonly string[]; readonly keepsTables?: true }) => Promise<Runner>;
}

/** A promise that is kept in real browsers, on the stack that `npm start` runs. */
export const it = base.extend<Options & Fixtures>({
  stack: [{ page: '', webSocket: '', management: '' }, { option: true }],
  tolerated: [undefined, { option: true }],

  room: async ({ browserName }, use) => use(`${browserName}-${randomUUID()}`),

  open: async ({ browser, stack, room, tolerated }, use) => {
    const peers: Peer[] = [];
    await use(async (opening = {}) => {
      const context = await browser.newContext();
      const peer = await Peer.open(context, { page: stack.page, room, ...opening });
      peers.push(peer);
      return peer;
    });
    const troubles = peers.flatMap((peer) => peer.troubles);
    await Promise.all(peers.map((peer) => peer.page.context().close()));
    expect(
      troubles.filter((trouble) => !tolerated?.test(trouble)),
      'what pages complained of',
    ).toEqual([]);
  },

  join: async ({ open }, use) => {
    await use(async (name, opening = {}) => {
      const peer = await open({ ...(name !== undefined && { name }), ...opening });
      return peer.connected();
    });
  },

  terminal: async ({ stack, room }, use) => {
    const terminals: Terminal[] = [];
    await use((name) => {
      const terminal = new Terminal(stack.webSocket, { room, ...(name !== undefined && { name }) });
      terminals.push(terminal);
      return terminal;
    });
    await Promise.all(terminals.map((terminal) => terminal.leave()));
  },

  cable: async ({ stack }, use) => {
    const cable = await Cable.to(stack.webSocket);
    await use(cable);
    await cable.unplug();
  },

  folder: async ({ browserName }, use) => {
    const folder = await mkdtemp(join(tmpdir(), `hello-websocket-${browserName}-`));
    await use(folder);
    await rm(folder, { recursive: true });
  },

  runner: async ({ folder }, use) => {
    const runners: Runner[] = [];
    await use(async ({ flags = [], keepsTables } = {}) => {
      const runner = await Runner.start(...flags, ...(keepsTables ? ['--data', folder] : []));
      runners.push(runner);
      return runner;
    });
    await Promise.all(runners.map((runner) => runner.kill()));
  },
});

export const { describe, expect } = it;
