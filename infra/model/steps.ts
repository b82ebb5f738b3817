/** Something that may happen now or later. */
interface Step {
  readonly label: string;
  /** Whether it may also never happen. */
  readonly losable: boolean;
  readonly happen: () => void;
}

const LOST = 'lost: ';

/** All that may happen next. Whoever explores chooses; nothing happens by itself. */
export class Steps {
  #steps: Step[] = [];
  /** How many more frames may be lost. */
  losses: number;

  constructor(losses: number) {
    this.losses = losses;
  }

  offer(label: string, happen: () => void, losable = false): void {
    this.#steps.push({ label, losable, happen });
  }

  /** Takes back what cannot happen any more. */
  withdraw(prefix: string): void {
    this.#steps = this.#steps.filter(({ label }) => !label.startsWith(prefix));
  }

  /** The names of all that may be chosen, in an order that does not depend on what happened before. */
  get choices(): readonly string[] {
    const labels = this.#steps.map(({ label }) => label);
    const lost = this.#steps.filter(({ losable }) => losable && this.losses > 0);
    return [...new Set([...labels, ...lost.map(({ label }) => LOST + label)])].sort();
  }

  /** What is on its way, for two states to be told apart. */
  get pending(): readonly string[] {
    return this.#steps.map(({ label }) => label).sort();
  }

  /** Lets it happen, and everything that follows from it until there is a choice again. */
  async take(choice: string): Promise<void> {
    const isLost = choice.startsWith(LOST);
    const label = isLost ? choice.slice(LOST.length) : choice;
    const at = this.#steps.findIndex((step) => step.label === label);
    const [step] = at < 0 ? [] : this.#steps.splice(at, 1);
    if (step === undefined) throw new Error(`${choice} cannot happen now`);
    if (isLost) this.losses--;
    else step.happen();
    // All that is left to run waits for promises that are fulfilled: it has run before the next turn of the event loop.
    await new Promise(setImmediate);
  }

  /** Lets everything happen that may, in one order, and nothing be lost. */
  async settle(): Promise<void> {
    for (let [choice] = this.choices; choice !== undefined; [choice] = this.choices) await this.take(choice);
  }
}
