import { millisecondsInDay } from 'date-fns/constants';
import { memoize } from './memoize.ts';
// Temporal, because `TZDate` of @date-fns/tz 1.5 lets the machine's own zone shift a day that is built from its parts.

/** A day of the site's zone with its bounds; 23 or 25 hours long where clocks change. */
export interface DaySpan {
  day: Day;
  from: Instant;
  to: Instant;
}

/** The calendar day that an instant falls on in a zone (an IANA name). */
export function dayOf(instant: Instant, zone: string): Day {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The month an instant falls on in a zone, as `YYYY-MM`. */
export function monthOf(instant: Instant, zone: string): string {
  return dayOf(instant, zone).slice(0, 7);
}

/** The most that clocks go back: over midnight, or one day at the date line. */

/** A fast `monthOf` for a site. It asks the calendar once per month, and again only near the ends of a month. */
export const monthNamer = memoize(({ time_zone: zone }: { time_zone: string }): ((instant: Instant) => string) => {
  const months: { from: Instant; to: Instant; name: string }[] = [];
  let last: (typeof months)[number] | undefined;
  return (instant) => {
    const holds = ({ from, to }: (typeof months)[number]) => from <= instant && instant < to;
    if (!last || !holds(last)) last = months.find(holds);
    if (last) return last.name;
    const name = monthOf(instant, zone);
    const first = `${name}-01`;
    const next = Temporal.PlainDate.from(first).add({ months: 1 }).toString();
    last = { from: startOfDay(first, zone) + millisecondsInDay, to: startOfDay(next, zone) - millisecondsInDay, name };
    if (holds(last)) months.push(last);
    return name;
  };
});

/**
 * The first instant of a day in a zone.
 * @throws {RangeError} if the day does not exist
 */
export function startOfDay(day: Day, zone: string): Instant {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
}

/** The calendar day `count` days later; earlier when negative. */
export function addDays(day: Day, count: number): Day {
  return Temporal.PlainDate.from(day).add({ days: count }).toString();
}

/**
 * The last `count` days up to the day of `now`, oldest first. Days that a zone skipped are left out, such as 2011-12-30
 * in Pacific/Apia.
 */
export function lastDays(now: Instant, count: number, zone: string): DaySpan[] {
  const days: DaySpan[] = [];
  let to = startOfDay(addDays(dayOf(now, zone), 1), zone);
  while (days.length < count) {
    const day = dayOf(to - 1, zone);
    const from = startOfDay(day, zone);
    days.push({ day, from, to });
    to = from;
  }
  return days.reverse();
}

/** Earlier years come from programs (zero as a time), later ones from typing errors. */
export const FIRST_YEAR = 1990;
export const LAST_YEAR = 2199;

const CALENDAR_DAY = /^\d{4}-\d\d-\d\d$/;

/** Midnight UTC of a day `YYYY-MM-DD` that exists, from `FIRST_YEAR` to `LAST_YEAR`. */
export function calendarDay(date: string): number | undefined {
  if (!CALENDAR_DAY.test(date)) return undefined;
  const day = new Date(`${date}T00:00:00Z`);
  const year = day.getUTCFullYear();
  // JavaScript reads 31 April as 1 May.
  const exists = day.getUTCDate() === Number(date.slice('YYYY-MM-'.length));
  return exists && year >= FIRST_YEAR && year <= LAST_YEAR ? day.getTime() : undefined;
}

/** A calendar month of the site's zone with its bounds. */
export interface MonthSpan {
  /** `YYYY-MM`. */
  month: string;
  from: Instant;
  /** The start of the next month. */
  to: Instant;
}

/**
 * All months from one instant to another, oldest first.
 * @param before the number of additional months before the first
 */
export function monthsBetween(first: Instant, last: Instant, zone: string, before = 0): MonthSpan[] {
  const end = Temporal.PlainYearMonth.from(dayOf(last, zone).slice(0, 7));
  const months: MonthSpan[] = [];
  let name = Temporal.PlainYearMonth.from(dayOf(first, zone).slice(0, 7)).subtract({ months: before });
  let from = startOfDay(`${name.toString()}-01`, zone);
  while (Temporal.PlainYearMonth.compare(name, end) <= 0) {
    const next = name.add({ months: 1 });
    const to = startOfDay(`${next.toString()}-01`, zone);
    months.push({ month: name.toString(), from, to });
    [name, from] = [next, to];
  }
  return months;
}

/**
 * The days of a month in a zone, up to the day of `now`. A day that the zone skipped is empty: 2011-12-30 in Pacific/Apia.
 */
export function daysOfMonth(month: string, now: Instant, zone: string): DaySpan[] {
  const days: DaySpan[] = [];
  const name = Temporal.PlainYearMonth.from(month);
  let from = startOfDay(`${month}-01`, zone);
  for (let date = name.toPlainDate({ day: 1 }); date.month === name.month && from <= now;) {
    const next = date.add({ days: 1 });
    const to = startOfDay(next.toString(), zone);
    days.push({ day: date.toString(), from, to });
    [date, from] = [next, to];
  }
  return days;
}

/** The index of an instant's month. The first or last one if it is outside. */
export function monthIndex(months: readonly MonthSpan[], at: Instant): number {
  let [low, high] = [0, months.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((months[middle]?.from ?? Infinity) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;

/** A calendar day in the site's time zone, `YYYY-MM-DD`. */
export type Day = string;
