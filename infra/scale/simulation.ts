import { PING_INTERVAL_MS } from '#protocol';
import type { Ending } from '../../web/src/app/connection/link.ts';
import { TokenBucket } from '../local/gateway/token-bucket.ts';
import { type Action, CONNECT, hello, MESSAGE, ping } from './actions.ts';
import type { Crowd } from './crowd.ts';
import { durationMs } from './month.ts';
import { Agenda, Population } from './population.ts';
import { QUOTAS } from '../quotas.ts';

export interface Plan {
  readonly crowd: Crowd;
  readonly seed: number;
  /** How long, and when everyone is dropped at once: in seconds. */
  readonly seconds: number;
  readonly dropAt: number;
}

/** What happened in one second. */
export interface Second {
  /** People who are in their rooms at its end. */
  connected: number;
  /** Handshakes that were tried, and those over the quota of new connections. */
  handshakes: number;
  handshakesRefused: number;
  /** Requests that API Gateway was asked for, posts included, and those over its quota. */
  requests: number;
  throttled: number;
  /** Frames of presence that did not arrive although they were tried three times; the next pong mends it. */
  untold: number;
  /** Functions that ran at once, on average. */
  concurrency: number;
}

/** How often a post is tried; functions/delivery.ts. */
const POST_ATTEMPTS = 3;

/** Lets people arrive, talk, be dropped all at once, and come back, second by second, against the quotas of one account. */
export function simulate({ crowd, seed, seconds, dropAt }: Plan): readonly Second[] {
  const population = new Population(crowd, seed);
  const { random, size } = population;
  const clock = { ms: 0 };
  const now = () => clock.ms;
  const connections = new TokenBucket({ rate: QUOTAS.newConnections, burst: QUOTAS.newConnections }, now);
  const requests = new TokenBucket(QUOTAS.requests, now);
  const attempts = new Agenda(seconds);
  const pings = new Agenda(seconds);
  for (let person = 0; person < size; person++)
    attempts.add(random() * crowd.arrivalMinutes * 60_000, person);
  // Sent and confirmed: two frames a message.
  const talkRate = (2 * crowd.messagesADay) / (crowd.hoursADay * 3600);

  const all: Second[] = [];
  for (let at = 0; at < seconds; at++) {
    const second: Second = {
      connected: 0,
      handshakes: 0,
      handshakesRefused: 0,
      requests: 0,
      throttled: 0,
      untold: 0,
      concurrency: 0,
    };
    const take = (): boolean => {
      second.requests++;
      if (requests.take()) return true;
      second.throttled++;
      return false;
    };
    const post = (): boolean => {
      for (let attempt = 1; attempt <= POST_ATTEMPTS; attempt++) if (take()) return true;
      return false;
    };
    const invoke = (action: Action) => (second.concurrency += durationMs(action) / 1000);
    // At the earliest in the next second: this one's list is made.
    const again = (person: number, why: Ending) => {
      const due = clock.ms + population.fail(person, why, clock.ms);
      attempts.add(Math.max(due, (at + 1) * 1000), person);
    };

    const connect = (person: number): void => {
      second.handshakes++;
      const isRefused = !connections.take();
      if (isRefused) second.handshakesRefused++;
      if (isRefused || !take()) {
        again(person, { kind: 'handshake-failed', reason: '' });
        return;
      }
      invoke(CONNECT);
      const company = population.company(person) + 1;
      // The hello, and the welcome that answers it.
      if (!take() || !post()) {
        again(person, { kind: 'no-welcome' });
        return;
      }
      invoke(hello(company));
      population.join(person, clock.ms);
      for (let other = 1; other < company; other++) if (!post()) second.untold++;
      pings.add(clock.ms + PING_INTERVAL_MS, person);
    };
    const renew = (person: number): void => {
      if (!population.isConnected(person)) return;
      pings.add(clock.ms + PING_INTERVAL_MS, person);
      invoke(ping(population.company(person)));
      if (take()) post();
    };
    // One that is throttled goes out again: the page repeats it until its receipt comes.
    const talk = (): void => {
      invoke(MESSAGE);
      if (take()) post();
    };

    clock.ms = at * 1000;
    if (at === dropAt) {
      for (let person = 0; person < size; person++) {
        if (population.isConnected(person))
          again(person, { kind: 'closed', code: 1001, reason: 'Going away' });
      }
    }
    const acts = [
      ...attempts.at(at).map((person) => () => connect(person)),
      ...pings.at(at).map((person) => () => renew(person)),
      ...Array.from({ length: Math.round(population.connected * talkRate) }, () => talk),
    ];
    // Spread over the second in any order: the buckets fill while it passes.
    for (const [place, act] of shuffled(acts, random).entries()) {
      clock.ms = at * 1000 + (1000 * place) / acts.length;
      act();
    }
    second.connected = population.connected;
    all.push(second);
  }
  return all;
}

function shuffled<T>(items: T[], random: () => number): T[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other] as T, items[last] as T];
  }
  return items;
}
