import { TestBed } from '@angular/core/testing';
import { LOCALE } from '../language/locale.ts';
import { Calendar } from './calendar.ts';

const AT = new Date(2026, 10, 22, 21, 5).getTime();

function calendarIn(locale: string): Calendar {
  TestBed.configureTestingModule({ providers: [{ provide: LOCALE, useValue: locale }] });
  return TestBed.inject(Calendar);
}

describe('Calendar', () => {
  for (const [locale, day, time] of [
    ['en-US', 'Sunday, November 22, 2026', '09:05 PM'],
    ['en-GB', 'Sunday, 22 November 2026', '21:05'],
    ['ja', '2026年11月22日日曜日', '21:05'],
  ] as const)
    it(`tells the day and the time as one does in ${locale}`, () => {
      const calendar = calendarIn(locale);
      expect(calendar.dayOf(AT)).toBe(day);
      expect(calendar.timeOf(AT).replace('\u202F', ' ')).toBe(time);
    });
});
