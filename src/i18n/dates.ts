import { millisecondsInDay, millisecondsInHour, millisecondsInMinute } from 'date-fns/constants';
import type { Day, Instant } from '../core/days.ts';

/** Instants in words of one language and one time zone. */
interface Times {
  /** The IANA name the times are in. */
  zone: string;
  /** `20 Nov 2026, 09:20 UTC`. */
  dateTime: (instant: Instant) => string;
  /** `09:20 UTC`. */
  time: (instant: Instant) => string;
  /** `09:20 UTC` on the day of the other instant, `20 Nov, 09:20 UTC` in its year, else all of it. */
  near: (instant: Instant, other: Instant) => string;
  /** The end of a range beside its start, as `near` has it. */
  end: (instant: Instant, start: Instant) => string;
}

/** Days beside them. */
export interface Dates extends Times {
  /** `20 November 2026`. */
  day: (day: Day) => string;
  /** `Friday 20 November`, as a heading. */
  weekday: (day: Day) => string;
  /** `8 – 14 November`, or `8 November` when both are one day. */
  days: (first: Day, last: Day) => string;
  /** `20 Nov`. */
  shortDay: (day: Day) => string;
  /** `4 Aug – 2 Nov`, or `2 Nov` when both are one day. */
  shortDays: (first: Day, last: Day) => string;
  /** `November 2026`, of `2026-11`. */
  month: (month: string) => string;
  /** The same as a title or a link of its own, with a capital where the language has `novembre 2026` in a sentence. */
  monthTitle: (month: string) => string;
  /** `November`, of `2026-11`, as a link of its own. */
  monthName: (month: string) => string;
  /** `2026`, as a heading. */
  year: (year: string) => string;
  /** `M`, `T`, `W` and so on, from the first day of the week. */
  weekdays: readonly string[];
  /** How many days of its week come before a day. */
  placeInWeek: (day: Day) => number;
  /** `in 24 hours`, from milliseconds. */
  ahead: (time: number) => string;
}

/**
 * What the page's script needs of it.
 * @param tag that of `formatTag`
 * @param zone an IANA name
 */
export function timesFor(tag: string, zone: string): Times {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(tag, { timeZone: zone, hourCycle: 'h23', ...options });
  // Chinese and Persian would put the zone before the time, or in brackets.
  const isZoneLast = /^(zh|fa)/.test(tag);
  const zoned = (options: Intl.DateTimeFormatOptions) => {
    const digits = { hour: '2-digit', minute: '2-digit', ...options } as const;
    const plain = format(digits);
    const whole = format({ ...digits, timeZoneName: 'short' });
    return (instant: Instant) => {
      if (!isZoneLast) return withoutYearMark(whole.format(instant));
      const name = whole.formatToParts(instant).find(({ type }) => type === 'timeZoneName');
      return `${plain.format(instant)} ${name?.value ?? ''}`;
    };
  };
  const dateTime = zoned({ day: 'numeric', month: 'short', year: 'numeric' });
  const dayTime = zoned({ day: 'numeric', month: 'short' });
  const clock = zoned({});
  const time = (instant: Instant) => (CLOCK_WORDS[tag] ?? '') + clock(instant);
  const calendar = format({ day: 'numeric', month: 'numeric', year: 'numeric' });
  const yearOf = format({ year: 'numeric' });
  const beside = (onDay: (instant: Instant) => string) => (instant: Instant, other: Instant) => {
    if (calendar.format(instant) === calendar.format(other)) return onDay(instant);
    return (yearOf.format(instant) === yearOf.format(other) ? dayTime : dateTime)(instant);
  };
  return { zone, dateTime, time, near: beside(time), end: beside(clock) };
}

/** Russian and Ukrainian status pages write `2026`, and only formal documents `2026 г.` and `2026 р.` */
function withoutYearMark(text: string): string {
  return text.replace(/\s[гр]\./, '');
}

/** What `Intl` puts before a time that follows a day, and leaves out where the time stands alone. */
const CLOCK_WORDS: Readonly<Record<string, string>> = { fi: 'klo ' };

/**
 * @param locale a language that is shipped
 * @param zone an IANA name
 */
export function datesFor(locale: string, zone: string): Dates {
  // A day is the same in every zone once it is one.
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(formatTag(locale), { timeZone: 'UTC', ...options });
  const day = format({ day: 'numeric', month: 'long', year: 'numeric' });
  const weekday = format({ weekday: 'long', day: 'numeric', month: 'long' });
  const longDay = format({ day: 'numeric', month: 'long' });
  const shortDay = format({ day: 'numeric', month: 'short' });
  const month = format({ month: 'long', year: 'numeric' });
  // Chinese spells the name of a month alone, unlike in a date: 十一月, not 11月.
  const monthName = format({ month: locale.startsWith('zh') ? 'numeric' : 'long' });
  const year = format({ year: 'numeric' });
  const weekdayName = format({ weekday: 'narrow' });
  const { firstDay } = new Intl.Locale(formatTag(locale)).getWeekInfo();
  const nameOf = (value: string) => withoutYearMark(month.format(Date.parse(`${value}-01`)));
  const alone = (text: string) => withCapital(text, locale);
  return {
    ...timesFor(formatTag(locale), zone),
    day: (value) => withoutYearMark(day.format(Date.parse(value))),
    weekday: (value) => alone(weekday.format(Date.parse(value))),
    days: (first, last) => range(longDay, first, last),
    shortDay: (value) => shortDay.format(Date.parse(value)),
    shortDays: (first, last) => range(shortDay, first, last),
    month: nameOf,
    monthTitle: (value) => alone(nameOf(value)),
    monthName: (value) => alone(monthName.format(Date.parse(`${value}-01`))),
    year: (value) => withoutYearMark(year.format(Date.parse(value))),
    // 1 January 2024 was a Monday, the first day of ISO 8601.
    weekdays: Array.from({ length: 7 }, (_, index) => weekdayName.format(Date.UTC(2024, 0, firstDay + index))),
    placeInWeek: (value) => (new Date(value).getUTCDay() + 7 - (firstDay % 7)) % 7,
    ahead: aheadIn(locale),
  };
}

const AHEAD_UNITS = [
  { unit: 'day', length: millisecondsInDay, least: 2 },
  { unit: 'hour', length: millisecondsInHour, least: 1 },
] as const;

/** The largest unit that is true within a tenth: 57 minutes are an hour, 50 are not. */
function aheadIn(locale: string): (time: number) => string {
  const format = new Intl.RelativeTimeFormat(formatTag(locale));
  // CLDR has `בעוד שעה (1)`, and in Persian two words for the same.
  const spoken = (text: string) => text.replace(/ \(\d\)$/, '').replace(/بعد$/, 'دیگر');
  return (time) => {
    const fits = ({ length, least }: (typeof AHEAD_UNITS)[number]) => {
      const count = Math.round(time / length);
      return count >= least && Math.abs(count * length - time) <= time / 10;
    };
    const { unit, length } = AHEAD_UNITS.find(fits) ?? { unit: 'minute', length: millisecondsInMinute };
    return spoken(format.format(Math.max(1, Math.round(time / length)), unit));
  };
}

/** A sentence alone. In scripts whose sentences begin with a capital; Georgian has letters of both cases, and none that begin one. */
export function withCapital(text: string, locale: string): string {
  return text.replace(/^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u, (letter) =>
    letter.toLocaleUpperCase(locale),
  );
}

/** Where `formatRange` writes days in another form than alone: `11/8～11/14` for `11月8日`. No line begins with `〜` (U+301C). */
const BETWEEN: Readonly<Record<string, string>> = { ja: '〜', 'zh-CN': '至', 'zh-TW': '至' };

/** With plain spaces: which kind ICU puts around the dash differs from version to version. */
function range(format: Intl.DateTimeFormat, first: Day, last: Day): string {
  const [from, to] = [Date.parse(first), Date.parse(last)];
  // A range of one day is that day, and takes twenty times as long.
  if (from === to) return withPlainSpaces(format.format(from));
  const between = BETWEEN[format.resolvedOptions().locale];
  if (between) return [from, to].map((day) => format.format(day)).join(between);
  return withPlainSpaces(format.formatRange(from, to));
}

function withPlainSpaces(text: string): string {
  return text.replace(/[\u2009\u202f]/g, ' ');
}

/** The tag under which a language's dates and numbers are written as its status pages write them. */
export function formatTag(locale: string): string {
  return FORMAT_TAGS[locale] ?? locale;
}

const FORMAT_TAGS: Readonly<Record<string, string>> = { en: 'en-GB', fa: 'fa-u-ca-gregory' };
