import { type Deed, Visitor } from './visitor.ts';
import { World, type WorldOptions } from './world.ts';

/** Who is there before, and what they then do at moments that are chosen. */
export interface Scenario {
  readonly visitors: Readonly<
    Record<string, { readonly before?: readonly Deed[]; readonly then?: readonly Deed[] }>
  >;
  readonly options?: WorldOptions;
}

const MINUTE = 60_000;

/** A scenario on its way. */
export class Play {
  readonly happened: string[] = [];
  readonly #world: World;
  readonly #visitors: readonly Visitor[];
  readonly #isLossless: boolean;
  readonly #vanishes: boolean;

  private constructor(world: World, visitors: readonly Visitor[], scenario: Scenario) {
    this.#world = world;
    this.#visitors = visitors;
    this.#vanishes = Object.values(scenario.visitors).some(({ then }) => then?.includes('vanishes'));
    this.#isLossless = world.steps.losses === 0 && !this.#vanishes;
  }

  static async begin(scenario: Scenario): Promise<Play> {
    const world = new World(scenario.options);
    const casts = Object.entries(scenario.visitors).map(([name, { before = [], then = [] }], place) => {
      return { visitor: new Visitor(world, name, place), before, then };
    });
    for (const { visitor, before } of casts) {
      for (const deed of before) {
        visitor.plan([deed]);
        await world.steps.settle();
      }
    }
    for (const { visitor, then } of casts) visitor.plan(then);
    return new Play(
      world,
      casts.map(({ visitor }) => visitor),
      scenario,
    );
  }

  get choices(): readonly string[] {
    return this.#world.steps.choices;
  }

  async take(choice: string): Promise<void> {
    this.happened.push(choice);
    await this.#world.steps.take(choice);
  }

  /** Two plays of equal states go on equally. */
  get state(): string {
    return this.#world.state(this.#visitors.map(({ snapshot }) => snapshot));
  }

  /** When nothing more happens: what is wrong, or undefined. */
  async verdict(): Promise<string | undefined> {
    const { steps } = this.#world;
    // Without a loss, the frames alone have told everyone everything [P20] [P21].
    if (this.#isLossless) {
      const problem = this.#problem('before any pong');
      if (problem !== undefined) return problem;
    }
    steps.losses = 0;
    for (const visitor of this.#here) if (!visitor.isWelcome) visitor.leave();
    await steps.settle();
    await this.#pingAll();
    if (this.#vanishes) await this.#outlast();
    return this.#problem('after the next pong') ?? (await this.#problemWithResuming());
  }

  get #here(): readonly Visitor[] {
    return this.#visitors.filter(({ connectionId }) => connectionId !== undefined);
  }

  async #pingAll(): Promise<void> {
    for (const visitor of this.#here) visitor.ping();
    await this.#world.steps.settle();
  }

  /** Until the leases end of those who are gone without a word, while the others renew theirs [P13]. */
  async #outlast(): Promise<void> {
    for (let time = 0; time < 2; time++) {
      this.#world.clock.now += 6 * MINUTE;
      await this.#pingAll();
    }
  }

  #problem(when: string): string | undefined {
    const { complaints } = this.#world;
    if (complaints.length > 0) return complaints.join('; ');
    for (const visitor of this.#here) {
      const others = this.#here.filter((other) => other !== visitor);
      const wanted = others.map(({ connectionId }) => connectionId).sort();
      if (visitor.hasLostSession) return `${visitor.name} has lost its session`;
      if (!visitor.isWelcome) return `${when} ${visitor.name} is not welcome`;
      if (visitor.shown.join() !== wanted.join()) {
        return `${when} ${visitor.name} shows [${visitor.shown.join()}] and not [${wanted.join()}]`;
      }
    }
    return undefined;
  }

  /** Everyone's session is alive, though everything that could end it ran more than five minutes ago [P15]. */
  async #problemWithResuming(): Promise<string | undefined> {
    const { clock, steps } = this.#world;
    clock.now += 6 * MINUTE;
    for (const visitor of this.#here) {
      visitor.leave(false);
      visitor.join();
      await steps.settle();
      if (visitor.hasLostSession) return `${visitor.name} has lost its session`;
    }
    return undefined;
  }
}
