import { milliseconds } from 'date-fns/milliseconds';
import type { Day, Instant } from './days.ts';
import { addDays, calendarDay } from './days.ts';

/** A time of day in any common form, perhaps with a day and a zone. */
export interface WrittenTime {
  /** The days that it may mean: none, one, or two if day and month could be swapped (`03/04/2026`). */
  days: Day[];
  /** Milliseconds since midnight. */
  clock: number;
  /** As it is written; `''` for none. */
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
const CLOCK =
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
  const written = take(CLOCK) ?? take(HOUR) ?? take(DIGITS);
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

/** A part of a date that was written wrong, and the time that was meant. */
export interface DateSlip {
  part: 'year' | 'month' | 'order of day and month';
  instant: Instant;
}

type Part = DateSlip['part'];

/** All parts, from the one that is mistaken most often. */
export const DATE_PARTS: readonly Part[] = ['year', 'month', 'order of day and month'];
/** Nearer than this, another month may be meant: work of a month, the next update in a month. */
const SURELY_NOT_MEANT = milliseconds({ days: 60 });

/** How far a time lies at least from the one it belongs to when a part of it is wrong, and at most once it is right. */
const DISTANCES: Readonly<Record<Part, { wrong: number; right: number }>> = {
  year: { wrong: milliseconds({ days: 300 }), right: milliseconds({ days: 45 }) },
  month: { wrong: milliseconds({ days: 25 }), right: milliseconds({ days: 2 }) },
  'order of day and month': { wrong: milliseconds({ days: 25 }), right: milliseconds({ days: 2 }) },
};

/**
 * Finds the one part of a date that puts it beside the time it belongs to once it is changed.
 * @param near the time it belongs to
 * @param parts those that are looked at. Of long distances one in ten looks like a slip of the month by chance, so that
 *   something else has to speak for one; of a slip of the year it need not
 * @returns nothing for a time that is near already, and for one that no single part puts right
 */
export function findDateSlip(
  wrong: Instant,
  near: Instant,
  parts: readonly Part[],
  side?: 'after' | 'before',
): DateSlip | undefined {
  const isOnSide = (instant: Instant) => side === undefined || (side === 'after' ? instant >= near : instant <= near);
  for (const part of parts) {
    if (Math.abs(wrong - near) < DISTANCES[part].wrong) continue;
    const fitting = changed(wrong, near, part).filter(
      (instant) => Math.abs(instant - near) <= DISTANCES[part].right && isOnSide(instant),
    );
    const [instant] = fitting.sort((a, b) => Math.abs(a - near) - Math.abs(b - near));
    if (instant !== undefined) return { part, instant };
  }
  return undefined;
}

/** Finds the part that is wrong where nothing but the distance, or the wrong side, speaks for a slip. */
export function findLoneSlip(wrong: Instant, near: Instant, side: 'after' | 'before'): DateSlip | undefined {
  const isReversed = side === 'after' ? wrong < near : wrong > near;
  const isFar = Math.abs(wrong - near) > SURELY_NOT_MEANT;
  return findDateSlip(wrong, near, isReversed || isFar ? DATE_PARTS : ['year'], side);
}

/** The times that have another year, month or order near to a time. */
function changed(wrong: Instant, near: Instant, part: Part): Instant[] {
  const [written, there] = [new Date(wrong), new Date(near)];
  const [year, month, day] = [written.getUTCFullYear(), written.getUTCMonth(), written.getUTCDate()];
  if (part === 'order of day and month') return withDate(wrong, year, day - 1, month + 1);
  return [-1, 0, 1].flatMap((step) =>
    part === 'year'
      ? withDate(wrong, there.getUTCFullYear() + step, month, day)
      : withDate(wrong, year, (there.getUTCMonth() + step + 12) % 12, day),
  );
}

/** The same time of day on another date, if there is one. */
function withDate(instant: Instant, year: number, month: number, day: number): Instant[] {
  const date = new Date(instant);
  date.setUTCFullYear(year, month, day);
  return date.getUTCMonth() === month && date.getUTCDate() === day ? [date.getTime()] : [];
}
