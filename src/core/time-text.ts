import { milliseconds } from 'date-fns/milliseconds';
import { millisecondsInDay, millisecondsInMinute } from 'date-fns/constants';
import type { Day, Instant } from './days.ts';
import { addDays, calendarDay, FIRST_YEAR, LAST_YEAR } from './days.ts';

/** A time of day in any common form, with optional day and zone. */
export interface WrittenTime {
  /** The possible days: none, one, or two if day and month can be swapped (`03/04/2026`). */
  days: Day[];
  /** Milliseconds since midnight. */
  clock: number;
  /** The zone as written. `''` for none. */
  zone: string;
}

type Groups = Readonly<Record<string, string | undefined>>;
type Take = (pattern: RegExp) => Groups | undefined;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const YEAR_FIRST = /(?<!\d)(?<year>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?:t(?=\d)|(?!\d))/i;
const COMPACT = /(?<!\d)(?<year>\d{4})(?<m>\d{2})(?<d>\d{2})(?:t(?=\d)|(?!\d))/i;
const YEAR_LAST = /(?<!\d)(?<a>\d{1,2})(?<sign>[./-])(?<b>\d{1,2})\k<sign>(?<year>\d{4}|\d{2})(?![\d:])/;
const DAY_MONTH = new RegExp(
  String.raw`(?<!\d)(?<d>\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*(?:of\s+)?${MONTH}\b\.?,?(?:[\s-]+(?<year>\d{4})(?!:))?`,
  'i',
);
const MONTH_DAY = new RegExp(
  String.raw`\b${MONTH}\b\.?[\s-]*(?<d>\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(?<year>\d{4})(?!:))?`,
  'i',
);
const NAMED_DAY = /\b(?<day>yesterday|today|tonight|tomorrow)\b/i;
const DAYS_AWAY: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tonight: 0, tomorrow: 1 };
const WEEKDAY = /\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?/gi;
const CLOCK_IN_WORDS =
  /(?<![\d:.])(?<hour>\d{1,2})(?:[:.]|\s?h\s?)(?<minute>\d{2})(?:[:.](?<second>\d{2})(?:[.,]\d+)?)?(?!\d)\s*(?<half>[ap]\.?\s?m\b\.?)?/i;
const HOUR = /(?<![\d:.])(?<hour>\d{1,2})\s*(?<half>[ap]\.?\s?m\b\.?)/i;
const DIGITS =
  /(?<![\d:.+-])(?<hour>[01]\d|2[0-3])(?<minute>[0-5]\d)(?<second>[0-5]\d)?(?![\d:.])(?=\s*(?:$|h|utc|z|gmt|[+-]|\())/i;
const FILLER = /(?<=^|\s)(?:at|on|by|around|about|approx\.?|ca\.?|uhr|hrs?|h|o'clock)(?=\s|$)|[@~,()[\]]/gi;

/** Replaces typographic characters that word processors and phones insert with plain ones. */
export function normalizeSigns(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u00AD\u200B-\u200F\u2060\uFEFF]/g, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[“”„«»‘’"'`*]|(?<!\p{L})_|_(?!\p{L})/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Reads a time in the forms that people use: `28.11.2026 21:43`, `11/28/2026 09:43 PM UTC`, `28 Nov, 21h43`,
 * `tomorrow 10:00`, `21.47`. Returns `impossible` for a day or a time of day that does not exist.
 * @param today what “today” is; a date without a year is the one nearest to it. Left out, neither is read
 */
export function readWrittenTime(text: string, today?: Day): WrittenTime | 'impossible' | undefined {
  let rest = normalizeSigns(text).replace(WEEKDAY, ' ');
  const take: Take = (pattern) => {
    const match = pattern.exec(rest);
    if (match) rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
    return match?.groups;
  };
  const days = takeDays(take, today);
  const clock = takeClock(take);
  if (clock === undefined) return undefined;
  const zone = rest.replace(FILLER, ' ').replace(/\s+/g, ' ').replace(/[.\s]+$/, '').replace(/^[-.·\s]+(?=\p{L}|$)/u, '').trim(); // prettier-ignore
  if (/\s/.test(zone) && !/^(?:utc|gmt) [+-]\S+$/i.test(zone)) return undefined;
  if (Number.isNaN(clock) || days?.length === 0) return 'impossible';
  return { days: days ?? [], clock, zone };
}

/** The possible days that exist; nothing if no day is written. */
function takeDays(take: Take, today: Day | undefined): Day[] | undefined {
  const named = today && take(NAMED_DAY)?.['day'];
  if (named) return [addDays(today, DAYS_AWAY[named.toLowerCase()] ?? 0)];
  const numbers = take(YEAR_FIRST) ?? take(COMPACT);
  if (numbers) return existing([[numbers['year'], numbers['m'], numbers['d']]]);
  const short = take(YEAR_LAST);
  if (short) {
    const { a, b, sign } = short;
    const year = short['year']?.length === 2 ? `20${short['year']}` : short['year'];
    const dayFirst = [year, b, a];
    return sign === '.' || a === b ? existing([dayFirst]) : existing([dayFirst, [year, a, b]]);
  }
  const spelt = take(DAY_MONTH) ?? take(MONTH_DAY);
  if (!spelt) return undefined;
  const month = String(MONTHS.indexOf((spelt['month'] ?? '').slice(0, 3).toLowerCase()) + 1);
  if (spelt['year']) return existing([[spelt['year'], month, spelt['d']]]);
  if (!today) return [];
  const years = [-1, 0, 1].map((away) => String(Number(today.slice(0, 4)) + away));
  const away = (day: Day) => Math.abs(Date.parse(day) - Date.parse(today));
  const near = existing(years.map((year) => [year, month, spelt['d']]));
  return near.sort((one, other) => away(one) - away(other)).slice(0, 1);
}

function existing(candidates: readonly (readonly (string | undefined)[])[]): Day[] {
  const days = candidates.map((parts) => parts.map((part = '') => part.padStart(2, '0')).join('-'));
  return days.filter((day) => calendarDay(day) !== undefined);
}

/** Milliseconds since midnight; `NaN` for a time of day that does not exist. */
function takeClock(take: Take): number | undefined {
  if (take(/\b(?<noon>noon)\b/i)) return milliseconds({ hours: 12 });
  const written = take(CLOCK_IN_WORDS) ?? take(HOUR) ?? take(DIGITS);
  if (!written) return undefined;
  const [hour, minute, second] = [
    Number(written['hour']),
    Number(written['minute'] ?? 0),
    Number(written['second'] ?? 0),
  ];
  const half = written['half']?.charAt(0).toLowerCase();
  if (hour > 23 || minute > 59 || second > 59 || (half && hour === 0 && minute > 59)) return Number.NaN;
  const hours = half && hour <= 12 ? (hour % 12) + (half === 'p' ? 12 : 0) : hour;
  return ((hours * 60 + minute) * 60 + second) * 1000;
}

/** Abbreviations that are not in the zone database, in minutes from UTC. */
const ABBREVIATIONS: Readonly<Record<string, number>> = {
  GMT: 0, WEST: 60, BST: 60, CEST: 120, EEST: 180, MSK: 180, IST: 330, SGT: 480, HKT: 480, JST: 540, KST: 540,
  AEST: 600, AEDT: 660, NZST: 720, NZDT: 780, EDT: -240, CDT: -300, CST: -360, MDT: -360, PDT: -420, PST: -480,
}; // prettier-ignore

/** Minutes from UTC of `UTC`, `Z`, `±HH:MM`, and of `±HHMM`, `±H` or `UTC+1`, as people write it. */
export function offsetOf(zone: string): number | undefined {
  if (/^(UTC|Z)$/i.test(zone)) return 0;
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone.replace(/^(UTC|GMT)\s*(?=[+-])/i, ''));
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 14 * 60 || Number(match[3] ?? 0) > 59) return undefined;
  return match[1] === '-' ? -minutes : minutes;
}

/**
 * Minutes from UTC of a zone with a name (`Europe/Berlin`, `CEST`) at a time that its clocks show.
 * @param wall the local time, in milliseconds as if it were UTC
 */
export function namedOffset(zone: string, wall: number): number | undefined {
  const known = ABBREVIATIONS[zone.toUpperCase()];
  if (known !== undefined) return known;
  // Temporal accepts any offset below a day as a zone.
  if (/^[+-]/.test(zone)) return offsetOf(zone);
  const local = Temporal.PlainDateTime.from(new Date(wall).toISOString().replace('Z', ''));
  try {
    return local.toZonedDateTime(zone, { disambiguation: 'later' }).offsetNanoseconds / 60e9;
  } catch {
    return undefined;
  }
}

/** What is wrong with a time, and the correct form if the meaning is clear. */
export interface TimeProblem {
  ruleId: 'time-no-zone' | 'time-named-zone' | 'time-impossible' | 'time-invalid';
  reason: string;
  expected?: string;
}

export type TimeResult = { instant: Instant } | { problem: TimeProblem };

/** A time of day in a labelled line, with its offset from UTC in minutes. */
interface ClockTime {
  milliseconds: number;
  offset: number;
}

const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?`;
const ZONE = String.raw`(?:\s*(?<zone>[Uu][Tt][Cc]|[Zz]|[+-]\d{2}:\d{2}))`;
const FULL = new RegExp(String.raw`^(?<date>\d{4}-\d{2}-\d{2})(?:[Tt]|\s+)${CLOCK}${ZONE}$`);
const CLOCK_ONLY = new RegExp(`^${CLOCK}${ZONE}$`);
/** The form of a time as a regular expression without flags, for a JSON Schema. */
export const TIME_PATTERN = FULL.source;
/**
 * Reads `2026-11-20 09:20 UTC`, `2026-11-20T09:20Z` or `2026-11-20 10:20 +01:00`; seconds are allowed.
 * @param zone the site's time zone, for the suggestion if the text has none
 */
export function parseTime(text: string, zone: string): TimeResult {
  const match = FULL.exec(text.trim())?.groups;
  if (!match) return { problem: explain(text.trim(), zone) };
  const offset = offsetOf(match['zone'] ?? '');
  const day = calendarDay(match['date'] ?? '');
  const clock = clockOf(match);
  if (offset === undefined || day === undefined || clock === undefined) return { problem: impossible(text.trim()) };
  return { instant: day + clock - offset * millisecondsInMinute };
}

/** Reads `09:50 UTC`, `09:50Z` or `10:50 +01:00`. Undefined for other forms. */
export function parseClock(text: string): ClockTime | undefined {
  const match = CLOCK_ONLY.exec(text.trim())?.groups;
  const milliseconds = match && clockOf(match);
  const offset = match && offsetOf(match['zone'] ?? '');
  return milliseconds === undefined || offset === undefined ? undefined : { milliseconds, offset };
}

/** The first instant after `from`, or the last one not after it, at which a clock shows a time of day. */
export function nearestClock(clock: ClockTime, from: Instant, direction: 'after' | 'before'): Instant {
  const shift = clock.offset * millisecondsInMinute;
  const midnight = Math.floor((from + shift) / millisecondsInDay) * millisecondsInDay - shift;
  const sameDay = midnight + clock.milliseconds;
  if (direction === 'after') return sameDay > from ? sameDay : sameDay + millisecondsInDay;
  return sameDay <= from ? sameDay : sameDay - millisecondsInDay;
}

/** Writes an instant: `2026-11-20 09:20 UTC`, with seconds only if they are not zero. */
export function formatTime(instant: Instant): string {
  return `${formatWall(instant)} UTC`;
}

function formatWall(instant: Instant): string {
  const [date, clock = ''] = new Date(instant).toISOString().split('T');
  return `${date} ${clock.slice(6, 8) === '00' ? clock.slice(0, 5) : clock.slice(0, 8)}`;
}

function explain(text: string, siteZone: string): TimeProblem {
  const read = readWrittenTime(text);
  if (read === 'impossible') return impossible(text);
  if (!read || read.days.length === 0) return { ruleId: 'time-invalid', reason: `“${text}” is not a valid time.` };
  const { days, clock, zone } = read;
  const forms = days.map((day) => writeIn(Date.parse(`${day}T00:00Z`) + clock, zone, siteZone));
  const [expected, other] = forms;
  if (expected === undefined) return { ruleId: 'time-invalid', reason: `“${zone}” is not a known time zone.` };
  if (other !== undefined) {
    const reason = `“${text}” could mean two days. Write ${expected}, or ${other}.`;
    return { ruleId: 'time-invalid', reason };
  }
  if (zone === '') {
    return {
      ruleId: 'time-no-zone',
      reason: `The time “${text}” has no time zone.${/^(UTC|[+-]\S+)$/.test(siteZone) ? '' : ` If the time is in UTC and not in ${siteZone}, write UTC.`}`,
      expected,
    };
  }
  if (offsetOf(zone) !== undefined) {
    return { ruleId: 'time-invalid', reason: `“${text}” is not in a valid time format.`, expected };
  }
  return {
    ruleId: 'time-named-zone',
    reason: `“${zone}” does not say which offset applies on that day. Write the offset, or use UTC.`,
    expected,
  };
}

/** Writes a local time. Undefined if its zone is unknown. */
function writeIn(wall: number, written: string, siteZone: string): string | undefined {
  const zone = written === '' ? siteZone : written;
  const offset = offsetOf(zone) ?? namedOffset(zone, wall);
  return offset === undefined ? undefined : withOffset(wall, offset);
}

function impossible(text: string): TimeProblem {
  const year = Number(/^\d{4}/.exec(text)?.[0]);
  const reason =
    year < FIRST_YEAR || year > LAST_YEAR
      ? `“${text}” is outside the years ${FIRST_YEAR} to ${LAST_YEAR}. Correct the year.`
      : `“${text}” is a time that does not exist.`;
  return { ruleId: 'time-impossible', reason };
}

/**
 * Writes a local time with its offset.
 * @param wall the local time, in milliseconds as if it were UTC
 * @param offset of its zone, in minutes from UTC
 */
export function withOffset(wall: number, offset: number): string {
  if (offset === 0) return formatTime(wall);
  const minutes = Math.abs(offset);
  const digits = (value: number) => String(value).padStart(2, '0');
  return `${formatWall(wall)} ${offset < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}`;
}

function clockOf(match: Record<string, string | undefined>): number | undefined {
  const [hour, minute, second] = [Number(match['hour']), Number(match['minute']), Number(match['second'] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}
