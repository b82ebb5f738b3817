import { Component, computed, effect, inject, signal } from '@angular/core';
import { panelId, tabId } from '../appearance/tab-ids.ts';
import { type Tab, Tabs } from '../appearance/tabs.ts';
import { Configuration } from '../connection/configuration.ts';
import { FaultSwitches } from '../local/fault-switches.ts';
import { HopList } from '../local/hop-list.ts';
import { Pictures } from '../pictures/pictures.ts';
import { Reveal } from '../wire/reveal.ts';
import { WirePane } from '../wire/wire-pane.ts';
import { WireView } from '../wire/wire-view.ts';

type Instrument = 'frames' | 'pictures' | 'hops' | 'faults';

/** What there is to look at beside the conversations: the wire, and what a local runner does with its frames. */
@Component({
  selector: 'app-instruments',
  imports: [FaultSwitches, HopList, Pictures, Tabs, WirePane],
  templateUrl: './instruments.html',
  styleUrl: './instruments.css',
})
export class Instruments {
  readonly #isLocal = inject(Configuration).isLocal;

  protected readonly group = 'instrument';
  protected readonly panelId = panelId;
  protected readonly tabId = tabId;
  protected readonly wire = inject(WireView);
  protected readonly shown = signal<Instrument>('frames');
  protected readonly tabs = computed((): readonly Tab<Instrument>[] => [
    { key: 'frames', label: $localize`Frames` },
    { key: 'pictures', label: $localize`Pictures` },
    ...(this.#isLocal()
      ? [
          { key: 'hops', label: $localize`Hops` } as const,
          { key: 'faults', label: $localize`Faults` } as const,
        ]
      : []),
  ]);

  constructor() {
    const reveal = inject(Reveal);
    effect(() => {
      if (reveal.frames()) this.shown.set('frames');
    });
  }
}
