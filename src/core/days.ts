import { TZDate } from '@date-fns/tz';
import { addDays as addCalendarDays, formatISO } from 'date-fns';
import type { Day, Instant } from './model.ts';

/** A day of the site's zone with its bounds; 23 or 25 hours long where clocks change. */
export interface DaySpan {
  day: Day;
  from: Instant;
  to: Instant;
}

/** The calendar day that an instant falls on in a zone (an IANA name). */
export function dayOf(instant: Instant, zone: string): Day {
  return formatISO(new TZDate(instant, zone), { representation: 'date' });
}

/** The month an instant falls on in a zone, as `YYYY-MM`. */
export function monthOf(instant: Instant, zone: string): string {
  return dayOf(instant, zone).slice(0, 7);
}

/** The first instant of a day in a zone. */
export function startOfDay(day: Day, zone: string): Instant {
  const [year, month, date] = parts(day);
  return new TZDate(year, month - 1, date, zone).getTime();
}

/** The calendar day `count` days later; earlier when negative. */
export function addDays(day: Day, count: number): Day {
  const [year, month, date] = parts(day);
  return formatISO(addCalendarDays(new TZDate(year, month - 1, date, 'UTC'), count), { representation: 'date' });
}

/** The `count` days that end with the day of `now`, oldest first. */
export function lastDays(now: Instant, count: number, zone: string): DaySpan[] {
  const today = dayOf(now, zone);
  const days = Array.from({ length: count + 1 }, (_, index) => addDays(today, index - count + 1));
  const starts = days.map((day) => startOfDay(day, zone));
  return days.slice(0, count).map((day, index) => ({ day, from: starts[index] ?? 0, to: starts[index + 1] ?? 0 }));
}

function parts(day: Day): [year: number, month: number, date: number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}
