import { Pipe, type PipeTransform } from '@angular/core';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** The time of day of a moment, as the reader's own clock shows it. */
@Pipe({ name: 'clockTime' })
export class ClockTime implements PipeTransform {
  transform(at: number): string {
    return clock.format(at);
  }
}
