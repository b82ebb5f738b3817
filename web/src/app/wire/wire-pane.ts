import { Component, computed, DOCUMENT, inject, linkedSignal, signal } from '@angular/core';
import { fileOf, save } from './download.ts';
import { FrameComposer } from './frame-composer.ts';
import { FrameDetail } from './frame-detail.ts';
import { FrameList } from './frame-list.ts';
import { har, HAR_TYPE } from './har.ts';
import { ndjson, NDJSON_TYPE } from './ndjson.ts';
import { RawFrames } from './raw-frames.ts';
import { Grouped } from './units.ts';
import { WireFilters } from './wire-filters.ts';
import { WireLog } from './wire-log.ts';
import { WireView } from './wire-view.ts';

/** The wire: every frame of the window's peers, both ways, as it went over the socket. */
@Component({
  selector: 'app-wire-pane',
  imports: [FrameComposer, FrameDetail, FrameList, Grouped, WireFilters],
  templateUrl: './wire-pane.html',
  styleUrl: './wire-pane.css',
})
export class WirePane {
  readonly #document = inject(DOCUMENT);
  readonly #log = inject(WireLog);
  readonly #frames = inject(RawFrames);
  readonly #askedBefore = this.#frames.asked();
  protected readonly view = inject(WireView);

  protected readonly held = computed(() => {
    this.#log.revision();
    return this.#log.entries.length;
  });
  /** Whether a frame is being written: somebody opened the field, or wants to change a frame. */
  protected readonly composing = linkedSignal({
    source: this.#frames.asked,
    computation: (asked) => asked !== this.#askedBefore,
  });
  /** Whether a file is being made. */
  protected readonly exporting = signal(false);

  protected togglePause(): void {
    if (this.view.paused()) this.view.goOn();
    else this.view.pause();
  }

  /** Saves the rows that the filter lets through. */
  protected async export(format: 'ndjson' | 'har'): Promise<void> {
    this.exporting.set(true);
    const rows = [...this.view.rows];
    const pieces = format === 'har' ? har(rows, this.#log.sockets, '1') : ndjson(rows);
    const file = await fileOf(pieces, format === 'har' ? HAR_TYPE : NDJSON_TYPE);
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    save(this.#document, `wire-${stamp}.${format}`, file);
    this.exporting.set(false);
  }
}
