import { millisecondsInHour, millisecondsInMinute } from 'date-fns/constants';
import type { Instant } from '../../src/core/days.ts';
import { nearestClock, offsetOf } from '../../src/core/time-text.ts';
import { hourOf, inZone } from '../lib/times.ts';

/** Languages whose names of months and weekdays are read. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'] as const;

const MONTHS: readonly ReadonlySet<string>[] = Array.from(
  { length: 12 },
  (_, month) => new Set(LANGUAGES.map((language) => nameOf(language, { month: 'long' }, Date.UTC(2024, month, 15)))),
);

/** The names of the weekdays as alternatives of a regular expression; short forms are any beginning of three letters. */
const WEEKDAYS = [
  ...new Set(
    LANGUAGES.flatMap((language) =>
      Array.from({ length: 7 }, (_, day) => nameOf(language, { weekday: 'long' }, Date.UTC(2024, 0, 1 + day))),
    ),
  ),
]
  .map((name) => name.slice(0, 3))
  .join('|');

/**
 * The month that a word names, from 1: a whole name or its first three letters or more, in one of the languages.
 * Nothing for a word that names none, or several.
 */
function monthNamed(word: string): number | undefined {
  const letters = bare(word);
  if (letters.length < 3) return undefined;
  const found = MONTHS.flatMap((names, index) =>
    [...names].some((name) => name.startsWith(letters) || (letters === 'sept' && index === 8)) ? [index + 1] : [],
  );
  return found.length === 1 ? found[0] : undefined;
}

function nameOf(language: string, options: Intl.DateTimeFormatOptions, at: number): string {
  return bare(new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(at));
}

function bare(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '');
}

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

/** Abbreviations of zones, in minutes from UTC. Some stand for several zones, the most usual one first. */
export const ZONES: Readonly<Record<string, readonly number[]>> = {
  Z: [0], UTC: [0], GMT: [0], WET: [0], WEST: [60], BST: [60, 360], CET: [60], CEST: [120], EET: [120], EEST: [180],
  IST: [330, 60, 120], IDT: [180], MSK: [180], SAST: [120], PKT: [300], WIB: [420], ICT: [420], SGT: [480], HKT: [480],
  PHT: [480], AWST: [480], JST: [540], KST: [540], ACST: [570], ACDT: [630], AEST: [600], AEDT: [660], NZST: [720],
  NZDT: [780], NST: [-210], NDT: [-150], AST: [-240, 180], ADT: [-180], EST: [-300, 600], EDT: [-240, 660],
  CST: [-360, 480, -300], CDT: [-300, -240], MST: [-420, 480], MDT: [-360], PST: [-480, 480], PDT: [-420],
  AKST: [-540], AKDT: [-480], HST: [-600], BRT: [-180],
}; // prettier-ignore

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
  const clock = { milliseconds: time.clock ?? 0, offset: time.offset ?? offsetAt(from, zone) };
  return nearestClock(clock, from - 1, 'after');
}

/** How far clocks of a zone are from UTC at an instant, in minutes. */
export function offsetAt(instant: Instant, zone: string | number): number {
  if (typeof zone === 'number') return zone;
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9;
}

function atWall(wall: number, zone: string | number): Instant {
  if (typeof zone === 'number') return wall - zone * millisecondsInMinute;
  return inZone(wall, zone);
}

function timeOf(groups: Record<string, string | undefined>, text: string): WrittenTime | undefined {
  const days = daysOf(groups, /\d\/\d{1,2}\/\d{4}/.test(text));
  const clock = clockOf(groups);
  const { zone } = groups;
  const offset = zone === undefined ? undefined : (ZONES[zone.toUpperCase()]?.[0] ?? offsetOf(zone));
  if (days === null || clock === null || (zone !== undefined && offset === undefined)) return undefined;
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

interface RepairedTime {
  time: WrittenTime;
  /** What it was read as, when it cannot be read as it stands. */
  readAs?: string;
}

/** Slips of the hand that leave one reading only, each with what it stands for. */
const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/^(\d{4}-\d{2})0(\d{2}\b.*)$/, '$1-$2'],
  [/^(\d{4}-\d{2})(\d{2}\b.*)$/, '$1-$2'],
  [/^(\d{4})(\d{2}-\d{2}\b.*)$/, '$1-$2'],
  [/^(\d{4}-\d{2}-\d{2}):(\d{1,2}:.*)$/, '$1T$2'],
  [/^(\d{4}-\d{2}-\d{2})(\d{2}:\d{2}.*)$/, '$1T$2'],
  [/^(\d{4}-\d{2}-\d{2}[T ])0(\d{2}:\d{2}.*)$/i, '$1$2'],
  [/^(\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(?::\d{2})?) \d{1,2}:\d{2}(?::\d{2})?$/i, '$1'],
  [/^(\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2})[;.,](\d{2}.*)$/i, '$1:$2'],
  [/^(\d{4}-\d{2}-\d{2}[T ]\d{1,2})[;.](\d{2}(?:[:.]\d{2})?)$/i, '$1:$2'],
];

/** Reads a time of front matter, if need be as what it most likely stands for; nothing when that cannot be told. */
export function readRepaired(text: string): RepairedTime | undefined {
  const clean = text.trim();
  const time = readWritten(clean);
  if (time) return time.day ? { time } : undefined;
  for (const [slip, meant] of SLIPS) {
    const readAs = clean.replace(slip, meant);
    const repaired = readAs === clean ? undefined : readWritten(readAs);
    if (repaired?.day) return { time: repaired, readAs };
  }
  return undefined;
}

/** The day alone of what begins like a date: `2020-02-25` of `2020-02-25T115:45`, or of a file's name. */
export function readLeadingDay(text: string): WrittenTime | undefined {
  const [, day] = /^(\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})(?!\d)/.exec(text.trim()) ?? [];
  return day === undefined ? undefined : readWritten(day.replace(/^(\d+)\.(\d+)\.(\d+)$/, '$3-$2-$1'));
}

/** The difference between the times of a text and of its front matter, and how certain it is. */
interface Shift {
  /** Minutes that the text is ahead; whole hours. */
  minutes: number;
  /** Whether both the start and the end say so. */
  isSure: boolean;
}

/** No zone is further from UTC. */
const FARTHEST = 14;
/** A message is written a little after the time in the front matter. */
const LATE = 20 * millisecondsInMinute;
const EXACT = 2 * millisecondsInMinute;

/**
 * The shift of whole hours between the times of a text, which state no zone, and its front matter, which does: such
 * a shift is a zone. Nothing where the two agree, or differ in another way.
 */
export function shiftOf(
  blocks: readonly { time?: WrittenTime }[],
  start: Instant,
  end: Instant | undefined,
): Shift | undefined {
  const told = blocks
    .flatMap(({ time }) =>
      time?.day?.year && time.clock !== undefined && time.offset === undefined ? (instantOf(time, 0, 0) ?? []) : [],
    )
    .sort((a, b) => a - b);
  const [first, last] = [told[0], told.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const atStart = hoursBetween(start, first);
  const atEnd = end === undefined || told.length < 2 ? undefined : hoursBetween(end, last);
  if (atStart && atEnd && atStart.hours === atEnd.hours && (atStart.isExact || atEnd.isExact))
    return { minutes: atStart.hours * 60, isSure: true };
  return atStart?.isExact && atEnd === undefined ? { minutes: atStart.hours * 60, isSure: false } : undefined;
}

function hoursBetween(said: Instant, told: Instant): { hours: number; isExact: boolean } | undefined {
  const apart = told - said;
  const hours = Math.floor((apart + LATE / 2) / millisecondsInHour);
  const rest = apart - hours * millisecondsInHour;
  if (hours === 0 || Math.abs(hours) > FARTHEST || rest > LATE) return undefined;
  return { hours, isExact: Math.abs(rest) <= EXACT };
}
