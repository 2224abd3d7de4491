import type { Instant } from '../../../src/core/model.ts';
import { hourOf } from '../times.ts';
import { monthNamed, WEEKDAYS } from './calendar-words.ts';

/** A day, with its year if that is written. */
export interface WrittenDay {
  year?: number;
  month: number;
  day: number;
}

/** A time as people write one, before its zone is known. */
export interface WrittenTime {
  /** Without the year where it is left out, and without any day where only a clock stands. */
  day?: WrittenDay;
  /** The other day that `06/05/2025` can mean: `day` has the day of the month first. */
  otherDay?: WrittenDay;
  /** Milliseconds since midnight; nothing where only a day stands. */
  clock?: number;
  /** Minutes from UTC; nothing when no zone stands there. */
  offset?: number;
}

const MONTH = String.raw`(?<month>\p{L}{3,10})\.?`;
const NAMED_DAY = String.raw`(?<named>\d{1,2})(?:st|nd|rd|th|d|\.)?`;
const YEAR = String.raw`(?:,?\s+(?<year>\d{4}))?`;
const DAYS = [
  String.raw`(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})`,
  String.raw`(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.(?:\s?(?<y>\d{4}))?`,
  String.raw`(?<d>\d{1,2})/(?<m>\d{1,2})/(?<y>\d{4})`,
  String.raw`${NAMED_DAY}(?:\s+(?:of|de|di))?[\s-]+${MONTH}${YEAR.replace(',?\\s+', '(?:[\\s,-]|de )+')}`,
  String.raw`${MONTH}\s+${NAMED_DAY}${YEAR}`,
];
const WEEKDAY = String.raw`(?:(?:${WEEKDAYS})\p{L}*[.,]?\s+)?`;
const HALF_DAY = String.raw`(?<half>[ap]m|[ap]\.m\.)`;
const CLOCK =
  String.raw`(?<hour>\d{1,2})(?:(?:[:h]|\.(?=\d{2}\s*(?:uhr|[ap]\.?m)))(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d+)?)?|` +
  String.raw`(?=\s*(?:uhr|[ap]\.?m)))\s*${HALF_DAY}?(?:\s*(?:uhr|hrs?))?`;
const ZONE = String.raw`(?:\s*\(?(?<zone>z|(?:utc|gmt)(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}(?::?\d{2})?|[a-z]{3,4})\)?(?:\s+(?:utc|gmt|\+0000))?)?`;
const BETWEEN = String.raw`(?:t|\s*(?:[-–—,@/|:]|at|um|alle|a las|à)?\s+|\s*[-–—,/|]\s*)`;

const FORMS = [
  ...DAYS.flatMap((day) => [
    `${day}(?:${BETWEEN}${CLOCK}${ZONE})?`,
    `${CLOCK}${ZONE}${BETWEEN}(?:(?:on|am)\\s+)?${day}`,
  ]),
  `${CLOCK}${ZONE}`,
].map((form) => new RegExp(`^${WEEKDAY}${form}$`, 'iu'));

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
    const time = groups && timeOf(groups, clean);
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

function timeOf(groups: Record<string, string | undefined>, text: string): WrittenTime | undefined {
  const days = daysOf(groups, /\d\/\d{1,2}\/\d{4}/.test(text));
  const clock = clockOf(groups);
  const offset = groups['zone'] === undefined ? undefined : offsetOf(groups['zone']);
  if (days === null || clock === null || offset === null) return undefined;
  const [day, otherDay] = days;
  return {
    ...(day && { day }),
    ...(otherDay && { otherDay }),
    ...(clock !== undefined && { clock }),
    ...(offset !== undefined && { offset }),
  };
}

/** The days that numbers can mean; null if none exists. */
function daysOf(
  { y, m, d, named, month, year }: Record<string, string | undefined>,
  swaps: boolean,
): WrittenDay[] | null {
  if (m === undefined && named === undefined) return [];
  const written = y ?? year;
  const whole = (monthNumber: number | undefined, dayNumber: number): WrittenDay[] => {
    if (monthNumber === undefined) return [];
    const date = new Date(Date.UTC(Number(written ?? 2024), monthNumber - 1, dayNumber));
    const exists = date.getUTCMonth() === monthNumber - 1 && date.getUTCDate() === dayNumber;
    return exists
      ? [{ ...(written !== undefined && { year: Number(written) }), month: monthNumber, day: dayNumber }]
      : [];
  };
  const found =
    m === undefined
      ? whole(monthNamed(month ?? ''), Number(named))
      : [...whole(Number(m), Number(d)), ...(swaps && m !== d ? whole(Number(d), Number(m)) : [])];
  return found.length === 0 ? null : found;
}

/** Milliseconds since midnight; 12 AM is midnight. Null for an invalid time of day. */
function clockOf({ hour, minute, second, half }: Record<string, string | undefined>): number | null | undefined {
  if (hour === undefined) return undefined;
  const hours = hourOf(Number(hour), half);
  const [minutes, seconds] = [Number(minute ?? 0), Number(second ?? 0)];
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
