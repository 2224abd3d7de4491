import type { Day, Instant } from '../core/model.ts';
import type { Words } from './words.ts';

/** Instants and days in words of one language and one time zone. */
export interface Dates {
  /** The IANA name the times are in. */
  zone: string;
  /** `20 Nov 2026, 09:20 UTC`. */
  dateTime: (instant: Instant) => string;
  /** `09:20 UTC`. */
  time: (instant: Instant) => string;
  /** `20 November 2026`. */
  day: (day: Day) => string;
  /** `20 Nov`. */
  shortDay: (day: Day) => string;
  /** `November 2026`, of `2026-11`. */
  month: (month: string) => string;
}

export function datesFor(locale: string, zone: string): Dates {
  const tag = locale === 'en' ? 'en-GB' : locale;
  const format = (options: Intl.DateTimeFormatOptions, timeZone = zone) =>
    new Intl.DateTimeFormat(tag, { timeZone, hourCycle: 'h23', ...options });
  const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  const dateTime = format({ day: 'numeric', month: 'short', year: 'numeric', ...clock });
  const time = format(clock);
  const day = format({ day: 'numeric', month: 'long', year: 'numeric' }, 'UTC');
  const shortDay = format({ day: 'numeric', month: 'short' }, 'UTC');
  const month = format({ month: 'long', year: 'numeric' }, 'UTC');
  return {
    zone,
    dateTime: (instant) => dateTime.format(instant),
    time: (instant) => time.format(instant),
    day: (value) => day.format(Date.parse(value)),
    shortDay: (value) => shortDay.format(Date.parse(value)),
    month: (value) => month.format(Date.parse(`${value}-01`)),
  };
}

const UNITS = [
  { stem: 'duration.days', milliseconds: 86_400_000 },
  { stem: 'duration.hours', milliseconds: 3_600_000 },
  { stem: 'duration.minutes', milliseconds: 60_000 },
] as const;

/** A length of time in its two largest units: `1 hour 12 minutes`. */
export function durationInWords(milliseconds: number, words: Words): string {
  let rest = milliseconds;
  const parts = UNITS.map(({ stem, milliseconds: unit }) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return { stem, count };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  if (first < 0) return words.say('duration.less_than_a_minute');
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ stem, count }) => words.count(stem, count))
    .join(' ');
}
