import type { Instant } from '../../../src/core/model.ts';

/** A time as people write one, before its zone is known. */
export interface WrittenTime {
  /** Without the year where it is left out, and without any day where only a clock stands. */
  day?: { year?: number; month: number; day: number };
  /** Milliseconds since midnight; nothing where only a day stands. */
  clock?: number;
  /** Minutes from UTC; nothing when no zone stands there. */
  offset?: number;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = String.raw`(?<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?`;
const NAMED_DAY = String.raw`(?<named>\d{1,2})(?:st|nd|rd|th|d)?`;
const YEAR = String.raw`(?:,?\s+(?<year>\d{4}))?`;
const DAYS = [
  String.raw`(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})`,
  String.raw`${NAMED_DAY}(?:\s+of)?[\s-]+${MONTH}${YEAR.replace(',?\\s+', '[\\s,-]+')}`,
  String.raw`${MONTH}\s+${NAMED_DAY}${YEAR}`,
];
const WEEKDAY = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?`;
const CLOCK = String.raw`(?<hour>\d{1,2})(?::|h)(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d+)?)?\s*(?<half>[ap]m)?`;
const ZONE = String.raw`(?:\s*\(?(?<zone>z|(?:utc|gmt)(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}(?::?\d{2})?|[a-z]{3,4})\)?(?:\s+(?:utc|gmt|\+0000))?)?`;
const BETWEEN = String.raw`(?:t|\s*(?:[-–—,@]|at|um)?\s+|\s*[-–—,]\s*)`;

const FORMS = [
  ...DAYS.flatMap((day) => [`${day}(?:${BETWEEN}${CLOCK}${ZONE})?`, `${CLOCK}${ZONE}${BETWEEN}(?:on\\s+)?${day}`]),
  `${CLOCK}${ZONE}`,
].map((form) => new RegExp(`^${WEEKDAY}${form}$`, 'i'));

/** Abbreviations of zones, in minutes from UTC. */
const ABBREVIATIONS: Readonly<Record<string, number>> = {
  Z: 0, UTC: 0, GMT: 0, WET: 0, WEST: 60, BST: 60, CET: 60, CEST: 120, EET: 120, EEST: 180, MSK: 180, IST: 330,
  SGT: 480, HKT: 480, JST: 540, KST: 540, AEST: 600, AEDT: 660, NZST: 720, NZDT: 780,
  EDT: -240, EST: -300, CDT: -300, CST: -360, MDT: -360, MST: -420, PDT: -420, PST: -480,
}; // prettier-ignore

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * Reads a time in any of the shapes that Hugo takes and people write: ISO 8601 with or without seconds and zone,
 * `11th of February 2022 - 19:00 UTC`, `Jan 2, 15:04 UTC`, `15h50`. Nothing for what is no time, or does not exist.
 */
export function readWritten(text: string): WrittenTime | undefined {
  const clean = text
    .replace(/[\u200B-\u200F\u202A-\u202E]/g, '')
    .trim()
    .replace(/\s+/g, ' ');
  if (clean.length > 60) return undefined;
  for (const form of FORMS) {
    const groups = form.exec(clean)?.groups;
    const time = groups && timeOf(groups);
    if (time) return time;
  }
  return undefined;
}

/**
 * The instant of a written time.
 * @param zone of a time that states none: an IANA name, or minutes from UTC
 * @param year of a time that states none
 */
export function instantOf(time: WrittenTime, zone: string | number, year: number): Instant | undefined {
  if (!time.day) return undefined;
  const midnight = Date.UTC(time.day.year ?? year, time.day.month - 1, time.day.day);
  return atWall(midnight + (time.clock ?? 0), time.offset ?? zone);
}

/** The first instant, not before another one, at which clocks show a time of day. */
export function nextClock(time: WrittenTime, from: Instant, zone: string | number): Instant {
  const offset = time.offset ?? offsetAt(from, zone);
  const shown = from + offset * MINUTE;
  const today = Math.floor(shown / DAY) * DAY + (time.clock ?? 0) - offset * MINUTE;
  return today < from ? today + DAY : today;
}

/** How far clocks of a zone are from UTC at an instant, in minutes. */
export function offsetAt(instant: Instant, zone: string | number): number {
  if (typeof zone === 'number') return zone;
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9;
}

function atWall(wall: number, zone: string | number): Instant {
  if (typeof zone === 'number') return wall - zone * MINUTE;
  const shown = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime();
  return shown.toZonedDateTime(zone).epochMilliseconds;
}

function timeOf(groups: Record<string, string | undefined>): WrittenTime | undefined {
  const day = dayOf(groups);
  const clock = clockOf(groups);
  const offset = groups['zone'] === undefined ? undefined : offsetOf(groups['zone']);
  if (day === null || clock === null || offset === null) return undefined;
  return { ...(day && { day }), ...(clock !== undefined && { clock }), ...(offset !== undefined && { offset }) };
}

/** Null for a day that does not exist. */
function dayOf(groups: Record<string, string | undefined>): WrittenTime['day'] | null | undefined {
  const { y, m, d, named, month, year } = groups;
  if (y === undefined && named === undefined) return undefined;
  const written = y ?? year;
  const found = {
    month: m === undefined ? MONTHS.indexOf((month ?? '').slice(0, 3).toLowerCase()) + 1 : Number(m),
    day: Number(d ?? named),
    ...(written !== undefined && { year: Number(written) }),
  };
  const date = new Date(Date.UTC(found.year ?? 2024, found.month - 1, found.day));
  return date.getUTCMonth() === found.month - 1 && date.getUTCDate() === found.day ? found : null;
}

function clockOf({ hour, minute, second, half }: Record<string, string | undefined>): number | null | undefined {
  if (hour === undefined) return undefined;
  const isAfternoon = half?.toLowerCase() === 'pm' && Number(hour) < 12;
  const hours = Number(hour) + (isAfternoon ? 12 : 0);
  const [minutes, seconds] = [Number(minute), Number(second ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** Null for letters that are no zone. */
function offsetOf(zone: string): number | null {
  const known = ABBREVIATIONS[zone.toUpperCase()];
  if (known !== undefined) return known;
  const match = /^(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(zone);
  if (!match) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 14 * 60) return null;
  return match[1] === '-' ? -minutes : minutes;
}
