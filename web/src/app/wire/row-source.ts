import { DataSource } from '@angular/cdk/collections';
import { type Observable, ReplaySubject } from 'rxjs';
import type { WireEntry } from './wire-entry.ts';

/** Hands the rows to the virtual scroll: the same array each time that something is different in it. */
export class RowSource extends DataSource<WireEntry> {
  readonly #rows = new ReplaySubject<readonly WireEntry[]>(1);

  connect(): Observable<readonly WireEntry[]> {
    return this.#rows;
  }

  disconnect(): void {
    this.#rows.complete();
  }

  show(rows: readonly WireEntry[]): void {
    this.#rows.next(rows);
  }
}
