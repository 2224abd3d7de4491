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
}

/** Days beside them. */
export interface Dates extends Times {
  /** `20 November 2026`. */
  day: (day: Day) => string;
  /** `Friday 20 November`. */
  weekday: (day: Day) => string;
  /** `8 – 14 November`, or `8 November` when both are one day. */
  days: (first: Day, last: Day) => string;
  /** `20 Nov`. */
  shortDay: (day: Day) => string;
  /** `4 Aug – 2 Nov`, or `2 Nov` when both are one day. */
  shortDays: (first: Day, last: Day) => string;
  /** `November 2026`, of `2026-11`. */
  month: (month: string) => string;
  /** `November`, of `2026-11`. */
  monthName: (month: string) => string;
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
    const clock = { hour: '2-digit', minute: '2-digit', ...options } as const;
    const plain = format(clock);
    const whole = format({ ...clock, timeZoneName: 'short' });
    return (instant: Instant) => {
      if (!isZoneLast) return withoutYearMark(whole.format(instant));
      const name = whole.formatToParts(instant).find(({ type }) => type === 'timeZoneName');
      return `${plain.format(instant)} ${name?.value ?? ''}`;
    };
  };
  const dateTime = zoned({ day: 'numeric', month: 'short', year: 'numeric' });
  const dayTime = zoned({ day: 'numeric', month: 'short' });
  const time = zoned({});
  const calendar = format({ day: 'numeric', month: 'numeric', year: 'numeric' });
  const yearOf = format({ year: 'numeric' });
  return {
    zone,
    dateTime,
    time,
    near(instant, other) {
      if (calendar.format(instant) === calendar.format(other)) return time(instant);
      return (yearOf.format(instant) === yearOf.format(other) ? dayTime : dateTime)(instant);
    },
  };
}

/** Russian and Ukrainian status pages write `2026`, and only formal documents `2026 г.` and `2026 р.` */
function withoutYearMark(text: string): string {
  return text.replace(/\s[гр]\./, '');
}

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
  const monthName = format({ month: 'long' });
  return {
    ...timesFor(formatTag(locale), zone),
    day: (value) => withoutYearMark(day.format(Date.parse(value))),
    weekday: (value) => weekday.format(Date.parse(value)),
    days: (first, last) => range(longDay, first, last),
    shortDay: (value) => shortDay.format(Date.parse(value)),
    shortDays: (first, last) => range(shortDay, first, last),
    month: (value) => withoutYearMark(month.format(Date.parse(`${value}-01`))),
    monthName: (value) => monthName.format(Date.parse(`${value}-01`)),
  };
}

/** Where `formatRange` writes days in another form than alone: `11/8～11/14` for `11月8日`. No line begins with `〜` (U+301C). */
const BETWEEN: Readonly<Record<string, string>> = { ja: '〜', 'zh-CN': '至', 'zh-TW': '至' };

/** With plain spaces: which kind ICU puts around the dash differs from version to version. */
function range(format: Intl.DateTimeFormat, first: Day, last: Day): string {
  const between = BETWEEN[format.resolvedOptions().locale];
  if (between && first !== last) return [first, last].map((day) => format.format(Date.parse(day))).join(between);
  return format.formatRange(Date.parse(first), Date.parse(last)).replace(/[\u2009\u202f]/g, ' ');
}

/** The tag under which a language's dates and numbers are written as its status pages write them. */
export function formatTag(locale: string): string {
  return FORMAT_TAGS[locale] ?? locale;
}

const FORMAT_TAGS: Readonly<Record<string, string>> = { en: 'en-GB', fa: 'fa-u-ca-gregory' };
