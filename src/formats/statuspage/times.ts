import type { Instant } from '../../core/model.ts';

/**
 * A time as Statuspage writes it, with milliseconds and the offset of the zone at that instant:
 * `2026-11-20T10:20:00.000+01:00`, and `Z` where there is none.
 * @param zone an IANA name
 */
export function timeIn(zone: string, instant: Instant): string {
  const time = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  if (time.offsetNanoseconds === 0) return new Date(instant).toISOString();
  return time.toString({ fractionalSecondDigits: 3, timeZoneName: 'never' });
}
