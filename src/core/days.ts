import type { Day, Instant } from './model.ts';

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

/**
 * The first instant of a day in a zone.
 * @throws {RangeError} when no calendar has such a day
 */
export function startOfDay(day: Day, zone: string): Instant {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
}

/** The calendar day `count` days later; earlier when negative. */
export function addDays(day: Day, count: number): Day {
  return Temporal.PlainDate.from(day).add({ days: count }).toString();
}

/** The `count` days that end with the day of `now`, oldest first. */
export function lastDays(now: Instant, count: number, zone: string): DaySpan[] {
  const today = dayOf(now, zone);
  return Array.from({ length: count }, (_, index) => {
    const day = addDays(today, index - count + 1);
    return { day, from: startOfDay(day, zone), to: startOfDay(addDays(day, 1), zone) };
  });
}
