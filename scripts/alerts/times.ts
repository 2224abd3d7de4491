import type { Instant } from '../../src/core/model.ts';
import { readTime } from '../import/times.ts';

/** Times outside of these are mistakes, or mean none: `0001-01-01T00:00:00Z`, 0. */
const EARLIEST = Date.parse('2000-01-01T00:00Z');
const LATEST = Date.parse('2100-01-01T00:00Z');

/** `Fri, 20 Nov 2026 09:20:00 GMT`, as in a mail. */
const MAIL =
  /^(?:[A-Z][a-z]{2}, )?(?<day>\d{1,2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<clock>\d{2}:\d{2}:\d{2}) (?<zone>GMT|UTC|[+-]\d{4})$/;
/** `Fri Nov 20 09:20:00 UTC 2026`, as `date` prints it. */
const DATE =
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) +(?<day>\d{1,2}) (?<clock>\d{2}:\d{2}:\d{2}) (?<zone>GMT|UTC) (?<year>\d{4})$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Reads a time that says when it is: an ISO 8601 one with its zone, one of a mail, or the time since 1970 in
 * seconds, milliseconds, microseconds or nanoseconds, told apart by how many there are. Nothing of one without a
 * zone, since a wrong hour is worse than none; of an impossible one; of one before 2000 or after 2099.
 */
export function instantOf(value: unknown): Instant | undefined {
  return withinReason(
    typeof value === 'number' ? sinceEpoch(value) : typeof value === 'string' ? inText(value) : undefined,
  );
}

/** The same, where a time without a zone is in UTC, because its system says so. */
export function instantInUtc(value: unknown): Instant | undefined {
  const instant = instantOf(value);
  if (instant !== undefined || typeof value !== 'string' || value.length > 100) return instant;
  return withinReason(readTime(value)?.instant);
}

function inText(text: string): Instant | undefined {
  if (text.length > 100) return undefined;
  const written = text.trim();
  if (/^\d{9,20}(?:\.\d+)?$/.test(written)) return sinceEpoch(Number(written));
  const iso = readTime(written);
  if (iso) return iso.zoned ? iso.instant : undefined;
  const { day = '', month = '', year, clock, zone } = (MAIL.exec(written) ?? DATE.exec(written))?.groups ?? {};
  const digits = String(MONTHS.indexOf(month) + 1).padStart(2, '0');
  return readTime(`${year}-${digits}-${day.padStart(2, '0')} ${clock} ${zone === 'GMT' ? 'UTC' : zone}`)?.instant;
}

function sinceEpoch(amount: number): Instant {
  const unit = amount < 1e11 ? 1000 : amount < 1e14 ? 1 : amount < 1e17 ? 1e-3 : 1e-6;
  return Math.round(amount * unit);
}

function withinReason(instant: Instant | undefined): Instant | undefined {
  return instant !== undefined && instant >= EARLIEST && instant < LATEST ? instant : undefined;
}
