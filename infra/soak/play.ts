import { GIVE_UP_MS } from '../../web/src/app/connection/sender.ts';
import { diceFrom, oneOf } from './dice.ts';
import { FastTime } from './fast-time.ts';
import { type Figures, Ledger } from './ledger.ts';
import { Pulse } from './pulse.ts';
import type { Scenario } from './scenario.ts';
import { startStage } from './stage.ts';
import { Tab } from './tab.ts';

export interface PlayOptions {
  readonly assembly: string;
  /** How many messages are written. */
  readonly messages: number;
  /** How many rooms there are, of three tabs each. */
  readonly rooms?: number;
  /** How many times as fast time passes for clients. */
  readonly pace?: number;
  readonly random: () => number;
}

/** What came of a scenario. */
export interface Outcome extends Figures {
  readonly name: string;
  /** How often any tab was welcomed: what goes wrong with connections shows in it. */
  readonly welcomes: number;
  readonly isKept: boolean;
  /** In real time. */
  readonly seconds: number;
  /** What is known of messages that fared otherwise than shown once and delivered. */
  readonly suspects: readonly string[];
}

/** Few: each that comes back is told to all the others, and with faults such a post may cost one of them its socket. */
const TABS_IN_ROOM = 3;
/** The longest pause before the next words of a tab, in the clients' time. */
const WORD_MS = 10_000;
const DEED_MS = 20_000;
/** A tab that waits for so many confirmations says nothing: nobody writes more in a minute. */
const MOST_WAITING = 60;
const MOST_AT_A_TIME = 4;
/** Everything is settled by then. What waits for its turn is not given up as long as others go out before it. */
const SETTLED_MS = GIVE_UP_MS * 6;

/** What the runner takes for an answer when nothing keeps it, in real time; a client whose time is 20 times as fast takes it for 0.6 s. */
const PROMPT_MS = 30;

/** Lets tabs talk while things go wrong, until everything is settled. */
export async function play(scenario: Scenario, options: PlayOptions): Promise<Outcome> {
  const { assembly, messages, rooms = 2, pace = 20, random } = options;
  const { faults = {}, limits = {}, tellsLimits = false, deeds = [], pauses = {} } = scenario;
  const from = performance.now();
  const time = new FastTime(pace);
  const pause = (ms: number) => time.pause(ms);
  const until = async (isSo: () => boolean, ms: number) => {
    for (const end = time.now() + ms; !isSo() && time.now() < end;) await pause(500);
  };

  const ledger = new Ledger();
  const stage = await startStage({ assembly, limits, faults, random: diceFrom(random) });
  const { delayMs = 0, jitterMs = 0 } = faults;
  const pulse = new Pulse({ url: stage.url, time, promptMs: PROMPT_MS + delayMs + jitterMs });
  const maxDurationMs = tellsLimits && limits.maxDurationMs ? limits.maxDurationMs * pace : undefined;
  const tabs = Array.from({ length: rooms * TABS_IN_ROOM }, (_, place) => {
    const name = String.fromCharCode('A'.charCodeAt(0) + place);
    const room = `soak${place % rooms}`;
    return new Tab({ name, url: stage.url, room, time, random: diceFrom(random), ledger, maxDurationMs });
  });
  const isDone = () => ledger.written >= messages;

  const talk = async (tab: Tab, dice: () => number): Promise<void> => {
    while (!isDone()) {
      await pause(dice() * (pauses.wordMs ?? WORD_MS));
      for (let words = Math.ceil(dice() * MOST_AT_A_TIME); words > 0; words--)
        if (tab.waiting < MOST_WAITING && !isDone()) tab.write();
    }
  };
  const happen = async (dice: () => number): Promise<void> => {
    do {
      for (const deed of deeds) {
        await pause(dice() * (pauses.deedMs ?? DEED_MS));
        const tab = oneOf(tabs, dice);
        if (tab) await deed({ stage, tab, tabs, random: dice, pause });
      }
    } while (!isDone() && deeds.length > 0);
  };

  pulse.start();
  try {
    await until(
      () => tabs.every(({ isConnected, others }) => isConnected && others === TABS_IN_ROOM - 1),
      GIVE_UP_MS,
    );
    await Promise.all([...tabs.map((tab) => talk(tab, diceFrom(random))), happen(diceFrom(random))]);
    await until(() => tabs.every(({ waiting }) => waiting === 0), SETTLED_MS);
  } finally {
    for (const tab of tabs) {
      tab.report();
      tab.close();
    }
    await pulse.stop();
    time.stop();
    await stage.stop();
  }
  const figures = ledger.figures();
  const seconds = (performance.now() - from) / 1000;
  const isKept = figures.written >= messages && keeps(scenario.promise, figures);
  const welcomes = tabs.reduce((sum, tab) => sum + tab.welcomes, 0);
  return { name: scenario.name, welcomes, ...figures, isKept, seconds, suspects: ledger.suspects() };
}

/** Whether the figures are what was promised. */
export function keeps(promise: Scenario['promise'], figures: Figures): boolean {
  const { missing, twice, outOfOrder, unconfirmed, refused, silent, untrue } = figures;
  if (twice + outOfOrder + silent + untrue > 0) return false;
  return promise === 'word' || missing + unconfirmed + refused === 0;
}
