import { type FaultName, type FaultSettings, NO_FAULTS } from './fault-settings.ts';

/** The faults in force, which may be changed at any time, and the dice. */
export class Faults {
  readonly #random: () => number;
  #settings: FaultSettings;
  #none: boolean;
  #changed: () => void = () => undefined;

  /** `random` yields numbers from 0 up to but not 1. */
  constructor(settings: Partial<FaultSettings> = {}, random: () => number = Math.random) {
    this.#settings = { ...NO_FAULTS, ...settings };
    this.#none = isNone(this.#settings);
    this.#random = random;
  }

  get settings(): FaultSettings {
    return this.#settings;
  }

  /** Changes some; the others stay as they are. */
  change(settings: Partial<FaultSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
    this.#none = isNone(this.#settings);
    this.#changed();
  }

  /** Calls `listener` at each change from now on. */
  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  /** Whether nothing goes wrong on purpose. */
  get none(): boolean {
    return this.#none;
  }

  /** Whether this one happens now. */
  strikes(name: Exclude<FaultName, 'delayMs' | 'jitterMs'>): boolean {
    const chance = this.#settings[name];
    return chance > 0 && this.#random() < chance;
  }

  /** How long the next post waits. */
  delay(): number {
    const { delayMs, jitterMs } = this.#settings;
    return jitterMs > 0 ? delayMs + this.#random() * jitterMs : delayMs;
  }
}

const isNone = (settings: FaultSettings): boolean =>
  Object.values(settings).every((setting) => setting === 0);
