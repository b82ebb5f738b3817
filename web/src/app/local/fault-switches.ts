import { Component, computed, inject, linkedSignal } from '@angular/core';
import { LOCALE } from '../language/locale.ts';
import { Duration } from '../wire/units.ts';
import { type Fault, FAULTS, isTime, rangeOf, USUAL } from './faults.ts';
import { faultWords } from './fault-words.ts';
import { LocalRunner } from './local-runner.ts';

/** What can be made to go wrong in the local runner, to watch the page survive it. */
@Component({
  selector: 'app-fault-switches',
  templateUrl: './fault-switches.html',
  styleUrl: './fault-switches.css',
})
export class FaultSwitches {
  protected readonly runner = inject(LocalRunner);
  readonly #words = faultWords();
  readonly #percent = new Intl.NumberFormat(inject(LOCALE), { style: 'percent' });
  readonly #duration = new Duration();
  /** What the sliders stand at: the faults in force, and for those that are off what they would be switched on with. */
  readonly #strengths = linkedSignal<Partial<Record<Fault, number>>, Partial<Record<Fault, number>>>({
    source: () => this.runner.faults() ?? {},
    computation: (faults, before) => ({
      ...before?.value,
      ...Object.fromEntries(Object.entries(faults).filter(([, strength]) => strength > 0)),
    }),
  });

  protected readonly rows = computed(() => {
    const on = this.runner.faultsOn();
    return FAULTS.map((fault) => {
      const strength = this.#strengths()[fault] ?? USUAL[fault];
      return {
        ...{ fault, ...this.#words[fault], ...rangeOf(fault), strength, on: on.includes(fault) },
        shown: isTime(fault) ? this.#duration.transform(strength) : this.#percent.format(strength),
      };
    });
  });

  protected async turn(fault: Fault, box: HTMLInputElement): Promise<void> {
    await this.runner.change({ [fault]: box.checked ? (this.#strengths()[fault] ?? USUAL[fault]) : 0 });
    // It was turned by whoever clicked it; the runner may not have followed.
    box.checked = this.runner.faultsOn().includes(fault);
  }

  /** The slider is being moved: only what is let go of is asked for. */
  protected slide(fault: Fault, strength: number): void {
    this.#strengths.update((strengths) => ({ ...strengths, [fault]: strength }));
  }

  protected settle(fault: Fault, strength: number): void {
    this.slide(fault, strength);
    if (this.runner.faultsOn().includes(fault)) void this.runner.change({ [fault]: strength });
  }
}
