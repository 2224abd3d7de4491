import type { Instant } from '../../src/core/days.ts';

const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}):(\d{2})(:\d{2}(?:\.\d+)?)?\s*([ap]m)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

export interface ReadTime {
  instant: Instant;
  /** Whether the source states the zone. */
  zoned: boolean;
}

/**
 * Reads an ISO 8601 time, with AM or PM if that stands there; nothing if it is not valid. A time without a zone is in
 * `zone`, an IANA name.
 */
export function readTime(text: string, zone = 'UTC'): ReadTime | undefined {
  const match = ISO.exec(text.trim());
  if (!match) return undefined;
  const [, day = '', hour = '0', minute = '00', second = ':00', half, stated] = match;
  const clock = `${String(hourOf(Number(hour), half)).padStart(2, '0')}:${minute}`;
  const offset = stated === undefined || /^(z|utc)$/i.test(stated) ? 'Z' : stated.replace(/^(...):?/, '$1:');
  const instant = Date.parse(`${day}T${clock}${second}${offset}`);
  const exists = new Date(Date.parse(`${day}T00:00Z`) || 0).toISOString().startsWith(day);
  if (Number.isNaN(instant) || !exists) return undefined;
  return stated === undefined ? { instant: inZone(instant, zone), zoned: false } : { instant, zoned: true };
}

/** The hour from 0 to 23 of an hour with AM or PM: 12 AM is midnight, and 16:00 PM is 16:00. */
export function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined || hour > 12) return hour;
  return (hour % 12) + (/^\s*p/i.test(half) ? 12 : 0);
}

/** The instant at which clocks in `zone` show what they show in UTC at another one. */
export function inZone(instant: Instant, zone: string): Instant {
  const shown = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('UTC').toPlainDateTime();
  return shown.toZonedDateTime(zone).epochMilliseconds;
}

/** The instant without its fraction of a second. */
export function toSecond(instant: Instant): Instant {
  return Math.floor(instant / 1000) * 1000;
}

/** The day in UTC, as file names have it. */
export function utcDay(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10);
}
