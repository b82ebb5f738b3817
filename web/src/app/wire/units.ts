import { inject, Pipe, type PipeTransform } from '@angular/core';
import { LOCALE } from '../language/locale.ts';

const two = (count: number): string => String(count).padStart(2, '0');

/** The time of day of a moment to the millisecond, by the reader's own clock: 09:05:07.042. */
@Pipe({ name: 'wireTime' })
export class WireTime implements PipeTransform {
  transform(at: number): string {
    const time = new Date(at);
    const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
    return `${clock}.${String(time.getMilliseconds()).padStart(3, '0')}`;
  }
}

/** A stretch of milliseconds with as many digits as matter: 0.42 ms, 4.2 ms, 420 ms, 4.2 s, 7 min 5 s. */
@Pipe({ name: 'duration' })
export class Duration implements PipeTransform {
  transform(ms: number | undefined): string {
    if (ms === undefined) return '';
    if (ms < 999.5) return `${ms.toFixed(ms < 0.995 ? 2 : ms < 9.95 ? 1 : 0)} ms`;
    if (ms < 59_950) return `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`;
    const seconds = Math.round(ms / 1000);
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
}

/** A count with its thousands apart. */
@Pipe({ name: 'grouped' })
export class Grouped implements PipeTransform {
  readonly #format = new Intl.NumberFormat(inject(LOCALE));

  transform(count: number): string {
    return this.#format.format(count);
  }
}
