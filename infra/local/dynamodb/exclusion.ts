interface Turn {
  readonly alone: boolean;
  readonly start: (done: () => void) => void;
}

/** Lets some calls run together and others alone: whoever cannot begin yet waits, and so does whoever comes after. */
export class Exclusion {
  readonly #waiting: Turn[] = [];
  #running = 0;
  #alone = false;

  /** Runs `start` beside others of its kind, until it calls `done`. */
  together(start: (done: () => void) => void): void {
    this.#enter({ alone: false, start });
  }

  /** Runs `start` while nothing else runs, until it calls `done`. */
  alone(start: (done: () => void) => void): void {
    this.#enter({ alone: true, start });
  }

  #enter(turn: Turn): void {
    this.#waiting.push(turn);
    this.#next();
  }

  #next(): void {
    for (;;) {
      const first = this.#waiting[0];
      if (first === undefined || this.#alone || (first.alone && this.#running > 0)) return;
      this.#waiting.shift();
      this.#running += 1;
      this.#alone = first.alone;
      first.start(() => {
        this.#running -= 1;
        this.#alone = false;
        this.#next();
      });
    }
  }
}
