import { RESUME_WINDOW_MS } from '#protocol';
import { GIVE_UP_MS } from '../../web/src/app/connection/sender.ts';
import type { FaultSettings } from '../local/gateway/fault-settings.ts';
import type { Limits } from '../local/limits.ts';
import type { Stage } from './stage.ts';
import type { Tab } from './tab.ts';

/** Where something is done on purpose. */
export interface Scene {
  readonly stage: Stage;
  /** The tab to which it is done, of all. */
  readonly tab: Tab;
  readonly tabs: readonly Tab[];
  readonly random: () => number;
  /** Waits, in the clients' time. */
  readonly pause: (ms: number) => Promise<void>;
}
type Deed = (scene: Scene) => unknown;

/** What goes wrong, and what clients promise all the same. */
export interface Scenario {
  readonly name: string;
  /**
   * `everything`: shown once, in order, and confirmed. `word`: shown or said to be unconfirmed or refused, never twice,
   * and nothing that is said is untrue.
   */
  readonly promise: 'everything' | 'word';
  readonly faults?: Partial<FaultSettings>;
  /** In real time. */
  readonly limits?: Partial<Limits>;
  /** Whether clients are told how long a connection may last. */
  readonly tellsLimits?: boolean;
  /** What happens besides, one after the other and again while anybody writes, each with a pause before it. */
  readonly deeds?: readonly Deed[];
  /** The longest pause before a deed, and before the next words of a tab, in the clients' time. */
  readonly pauses?: { readonly deedMs?: number; readonly wordMs?: number };
}

const everyoneDropped: Deed = ({ stage }) => stage.dropAll();
const halfOpen: Deed = ({ tab }) => tab.network.freeze();
const reload: Deed = ({ tab }) => tab.reload();
const crash: Deed = ({ tab }) => tab.crash();
const cancel: Deed = ({ tab }) => tab.cancelOne();
const noNetwork: Deed = async ({ tab, pause, random }) => {
  tab.network.goDown();
  await pause(random() * 60_000);
  tab.network.restore();
};

/** So that much is on its way. */
const everyoneWrites = ({ tabs }: Scene): void => {
  for (const tab of tabs) for (let words = 0; words < WORDS; words++) tab.write();
};
const WORDS = 5;

/** No network until everyone has given up, and then with the session or without. */
const longAway =
  (losesSession: boolean): Deed =>
  async (scene) => {
    const { tab, pause } = scene;
    tab.network.goDown();
    everyoneWrites(scene);
    await pause(Math.max(RESUME_WINDOW_MS, GIVE_UP_MS) * 1.1);
    if (losesSession) tab.network.loseSession();
    tab.network.restore();
  };
/** As after the window: away for a shorter time than senders wait, and the session is gone all the same. */
const forgotten: Deed = async (scene) => {
  const { tab, pause, random } = scene;
  tab.network.goDown();
  everyoneWrites(scene);
  await pause(random() * 60_000);
  tab.network.loseSession();
  tab.network.restore();
};
const serverForgets: Deed = async (scene) => {
  const { stage, pause } = scene;
  everyoneWrites(scene);
  // The runner is away meanwhile: it takes real time to start again.
  await stage.restart(0);
  await pause(10_000);
};
const retry: Deed = ({ tab }) => tab.retrySome();

const DROPPED = { drop: 0.05 };
const DUPLICATED = { duplicate: 0.1 };
const REORDERED = { reorder: 0.1 };
const DELAYED = { delayMs: 20, jitterMs: 100 };
const SHORT = { maxDurationMs: 5000 };
/** So that several of those pass. */
const LASTING = { wordMs: 30_000 };
/** So that messages are always on their way, and as many wait as may. */
const BUSY = { wordMs: 600 };
const GONE = { gone: 0.02 };
const THROTTLED = { limitExceeded: 0.1, throttle: 0.05 };
const FAILING = { internalError: 0.05 };
const UNANSWERED = { hang: 0.01 };
const LOST_GOODBYES = { loseDisconnect: 1 };

const everything = (name: string, what: Partial<Scenario> = {}): Scenario => ({
  name,
  promise: 'everything',
  ...what,
});

/** One fault after the other, all of them inside the window. */
export const SINGLE: readonly Scenario[] = [
  everything('nothing goes wrong', { pauses: BUSY }),
  everything('5% dropped sockets', { faults: DROPPED }),
  everything('10% duplicated', { faults: DUPLICATED }),
  everything('10% reordered', { faults: REORDERED }),
  everything('delayed by 20 to 120 ms', { faults: DELAYED }),
  everything('1001 every 5 s', { limits: SHORT, pauses: LASTING }),
  everything('the same, and known', { limits: SHORT, tellsLimits: true, pauses: LASTING }),
  everything('2% 410', { faults: GONE }),
  everything('10% 429, 5% throttled', { faults: THROTTLED, pauses: BUSY }),
  everything('5% 500', { faults: FAILING }),
  everything('1% unanswered posts', { faults: UNANSWERED }),
  everything('lost $disconnect, 5% dropped', { faults: { ...DROPPED, ...LOST_GOODBYES } }),
  everything('everyone dropped at once', { deeds: [everyoneDropped], pauses: { deedMs: 30_000 } }),
  everything('half-open sockets', { deeds: [halfOpen] }),
  everything('no network for up to 60 s', { deeds: [noNetwork] }),
  everything('reloads', { deeds: [reload] }),
  everything('crashes', { deeds: [crash], pauses: { wordMs: 2000, deedMs: 4000 } }),
  everything('some are taken back', { deeds: [cancel], pauses: { ...BUSY, deedMs: 500 }, faults: DROPPED }),
];

/** All of them at once. */
export const ALL_AT_ONCE = everything('all at once', {
  faults: {
    ...{ ...DROPPED, ...DUPLICATED, ...REORDERED, ...DELAYED },
    ...{ ...THROTTLED, ...LOST_GOODBYES },
    // Of these less than alone: each costs connections, and together no two would ever meet.
    ...{ gone: 0.005, internalError: 0.02, hang: 0.002 },
  },
  limits: SHORT,
  deeds: [everyoneDropped, cancel, halfOpen, crash, noNetwork, cancel, reload],
  pauses: { ...BUSY, deedMs: 60_000 },
});

/** A little of all of them: connections last longer, so that it takes seconds. */
export const A_LITTLE: Scenario = {
  ...ALL_AT_ONCE,
  name: 'a little of everything',
  faults: {
    ...{ ...DUPLICATED, ...REORDERED, ...DELAYED, ...LOST_GOODBYES },
    ...{ drop: 0.01, gone: 0.002, limitExceeded: 0.02, internalError: 0.005 },
  },
  pauses: { ...BUSY, deedMs: 40_000 },
};

/** Sessions are lost: that of one, and then all of them. */
export const FORGOTTEN: Scenario = {
  name: 'forgotten',
  promise: 'word',
  deeds: [forgotten, serverForgets],
  pauses: { deedMs: 10_000, wordMs: 5000 },
};

/** Outages that are longer than the window. */
export const BEYOND: readonly Scenario[] = [
  {
    name: 'long outages',
    promise: 'word',
    deeds: [
      longAway(true),
      retry,
      forgotten,
      retry,
      reload,
      longAway(false),
      crash,
      retry,
      cancel,
      serverForgets,
    ],
    pauses: { deedMs: 10_000, wordMs: 20_000 },
  },
  {
    name: 'and all the rest at once',
    promise: 'word',
    faults: { ...ALL_AT_ONCE.faults },
    limits: SHORT,
    deeds: [longAway(true), retry, forgotten, halfOpen, reload, cancel, serverForgets, crash, retry],
    pauses: { deedMs: 10_000, wordMs: 20_000 },
  },
];
