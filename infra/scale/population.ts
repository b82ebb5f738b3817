import { afterEnding, type Effort, FRESH } from '../../web/src/app/connection/backoff.ts';
import type { Ending } from '../../web/src/app/connection/link.ts';
import type { Crowd } from './crowd.ts';
import { dice } from '../soak/dice.ts';

/** When who does something, in whole seconds from the start. */
export class Agenda {
  readonly #seconds: number[][];

  constructor(seconds: number) {
    this.#seconds = Array.from({ length: seconds }, () => []);
  }

  /** Notes that `person` acts `ms` after the start; what is past the end is not simulated. */
  add(ms: number, person: number): void {
    this.#seconds[Math.floor(ms / 1000)]?.push(person);
  }

  /** Who acts in that second. */
  at(second: number): readonly number[] {
    return this.#seconds[second] ?? [];
  }
}

/** The people, each with the page's own back-off. */
export class Population {
  readonly size: number;
  readonly #room: number;
  readonly #connected: Uint8Array;
  readonly #efforts: Effort[];
  readonly #since: Float64Array;
  readonly #inRoom: Uint16Array;
  readonly random: () => number;
  connected = 0;

  constructor({ people, room }: Crowd, seed: number) {
    this.size = people;
    this.#room = room;
    this.#connected = new Uint8Array(people);
    this.#efforts = new Array<Effort>(people).fill(FRESH);
    this.#since = new Float64Array(people);
    this.#inRoom = new Uint16Array(Math.ceil(people / room));
    this.random = dice(seed);
  }

  isConnected(person: number): boolean {
    return this.#connected[person] === 1;
  }

  /** How many are in the room of `person`. */
  company(person: number): number {
    return this.#inRoom[this.#roomOf(person)] ?? 0;
  }

  join(person: number, now: number): void {
    this.#connected[person] = 1;
    this.#since[person] = now;
    this.#inRoom[this.#roomOf(person)] = this.company(person) + 1;
    this.connected++;
  }

  /** Its connection ends, or never came about; gives the pause after which it tries again, in milliseconds. */
  fail(person: number, why: Ending, now: number): number {
    const wasConnected = this.isConnected(person);
    const livedMs = wasConnected ? now - (this.#since[person] ?? now) : 0;
    if (wasConnected) this.leave(person);
    const effort = afterEnding(this.#efforts[person] ?? FRESH, why, livedMs, this.random);
    this.#efforts[person] = effort;
    return effort.pauseMs;
  }

  leave(person: number): void {
    this.#connected[person] = 0;
    this.#inRoom[this.#roomOf(person)] = this.company(person) - 1;
    this.connected--;
  }

  // Neighbours do not share a room: those who arrive together are strangers.
  #roomOf(person: number): number {
    return person % Math.ceil(this.size / this.#room);
  }
}
