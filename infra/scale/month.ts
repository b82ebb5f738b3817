import { PING_INTERVAL_MS } from '#protocol';
import { type Action, CONNECT, hello, leave, MESSAGE, ping } from './actions.ts';
import type { Crowd } from './crowd.ts';
import prices from './prices.json' with { type: 'json' };

/** What a function's instance has, in GB; handler.ts says why. */
const MEMORY_GB = 0.5;
/** Assumed, not measured: the time of one call to another service of the Region, and of all else in an invocation. */
export const STEP_MS = 6;
export const BASE_MS = 2;
/** What Lambda and the function write to the log of one invocation, and what a frame weighs on its way out. Assumed. */
const LOG_BYTES = 300;
const FRAME_BYTES = 400;

const MILLION = 1e6;
const BILLION = 1e9;
const GB = 1e9;

/** One line of the bill. */
export interface Position {
  readonly what: string;
  readonly usd: number;
}

/** How long one invocation is billed. */
export const durationMs = ({ steps }: Action): number => BASE_MS + steps * STEP_MS;

/** What a month costs, without the free tier. */
export function month(crowd: Crowd): readonly Position[] {
  const { people, room, daysAMonth, hoursADay, messagesADay, joinsADay } = crowd;
  const personDays = people * daysAMonth;
  const minutes = personDays * hoursADay * 60;
  const joins = personDays * joinsADay;
  const pings: Deed = { action: ping(room), times: (minutes * 60_000) / PING_INTERVAL_MS };
  const messages: Deed = { action: MESSAGE, times: personDays * messagesADay };
  // At most: those of up to 200 ms go in one frame.
  const receipts: Deed = messages;
  const presence: readonly Deed[] = [CONNECT, hello(room), leave(room)].map((action) => ({
    action,
    times: joins,
  }));
  const all = [pings, messages, receipts, ...presence];

  const { usd } = prices;
  const metered = sum(all, framesOf);
  const frameUsd = framesUsd(metered) / metered;
  const invocations = sum(all, ({ times }) => times);
  const gigabyteSeconds = sum(all, ({ action, times }) => (times * durationMs(action) * MEMORY_GB) / 1000);
  return [
    { what: 'connections', usd: (minutes / MILLION) * usd.millionConnectionMinutes },
    { what: 'keep-alive', usd: framesOf(pings) * frameUsd },
    { what: 'messages', usd: framesOf(messages) * frameUsd },
    { what: 'receipts, at most', usd: framesOf(receipts) * frameUsd },
    { what: 'who comes and goes', usd: sum(presence, framesOf) * frameUsd },
    {
      what: 'functions',
      usd: (invocations / MILLION) * usd.millionInvocations + gigabyteSeconds * usd.armGigabyteSecond,
    },
    {
      what: 'table',
      usd:
        (sum(all, ({ action, times }) => action.reads * times) / MILLION) * usd.millionReadUnits +
        (sum(all, ({ action, times }) => action.writes * times) / MILLION) * usd.millionWriteUnits,
    },
    { what: 'logs', usd: ((invocations * LOG_BYTES) / GB) * usd.logGigabyte },
    {
      what: 'traffic out',
      usd: ((sum(all, ({ action, times }) => action.posts * times) * FRAME_BYTES) / GB) * usd.trafficGigabyte,
    },
  ];
}

/** So many times the same. */
interface Deed {
  readonly action: Action;
  readonly times: number;
}

/** API Gateway meters frames in both directions; each of ours is one unit of 32 KB. */
const framesOf = ({ action, times }: Deed): number => (action.frames + action.posts) * times;

const sum = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((total, one) => total + of(one), 0);

function framesUsd(frames: number): number {
  const { millionFramesFirstBillion, millionFramesBeyond } = prices.usd;
  const first = Math.min(frames, BILLION);
  return (first * millionFramesFirstBillion + (frames - first) * millionFramesBeyond) / MILLION;
}
