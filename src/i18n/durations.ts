import { millisecondsInMinute, millisecondsInSecond, minutesInDay, minutesInHour } from 'date-fns/constants';
import { formatDuration } from 'date-fns/formatDuration';
import type { Locale } from 'date-fns/locale';
import { millisecondsToMinutes } from 'date-fns/millisecondsToMinutes';
import { minutesToHours } from 'date-fns/minutesToHours';
import { minutesToMilliseconds } from 'date-fns/minutesToMilliseconds';
import { memoize, memoizePair } from '../core/memoize.ts';
import { formatTag } from './dates.ts';
import type { Words } from './words.ts';

const UNITS = ['days', 'hours', 'minutes'] as const;

/** A length of time in its two largest units: `1 hour 12 minutes`. */
export function durationInWords(milliseconds: number, words: Words): string {
  const length = lengthIn(milliseconds);
  const index = UNITS.findIndex((unit) => length[unit] > 0);
  const [first = '', second] = UNITS.slice(Math.max(index, 0), index + 2).map((unit) =>
    formatDuration(length, { format: [unit], locale: unitsIn(words) }),
  );
  if (first === '') return words.say('duration.less_than_a_minute');
  return second ? words.say('duration.pair', { first, second }) : first;
}

/** Whole days of 24 hours, hours and minutes of a length of time; zero for a negative one. */
function lengthIn(milliseconds: number): Record<(typeof UNITS)[number], number> {
  const minutes = millisecondsToMinutes(Math.max(milliseconds, 0));
  return {
    days: Math.floor(minutes / minutesInDay),
    hours: minutesToHours(minutes % minutesInDay),
    minutes: minutes % minutesInHour,
  };
}

const STEMS = { xDays: 'duration.days', xHours: 'duration.hours', xMinutes: 'duration.minutes' } as const;

/** The words of a page's language as date-fns takes them. */
const unitsIn = memoize((words: Words): Pick<Locale, 'formatDistance'> => ({
  formatDistance: (unit, count) => words.count(STEMS[unit as keyof typeof STEMS], count),
}));

/**
 * A length of time for tables and figures, in its two largest units: `1h 12m`, `2d 3h`, `42s` below a minute.
 * Rounded down, as `durationInWords` does.
 */
export function shortLength(milliseconds: number, words: Words): string {
  if (milliseconds > 0 && milliseconds < millisecondsInMinute) {
    return formatOf(words).format({ seconds: Math.ceil(milliseconds / millisecondsInSecond) });
  }
  return minutesInShort(words, millisecondsToMinutes(Math.max(milliseconds, 0)));
}

/** Whose narrow units are Latin letters, or without a space between them. */
const SHORT_UNITS = ['fa', 'ja', 'zh-TW'];
const styleIn = ({ locale }: Words) => (SHORT_UNITS.includes(locale) ? 'short' : 'narrow');

const formatOf = memoize((words: Words) => new Intl.DurationFormat(formatTag(words.locale), { style: styleIn(words) }));

/** Remembered, since reports say the same lengths again and again, and each takes some 50 microseconds. */
const minutesInShort = memoizePair((words: Words, count: number): string => {
  const { days, hours, minutes } = lengthIn(minutesToMilliseconds(count));
  if (days > 0) return formatOf(words).format({ days, hours });
  if (hours > 0) return formatOf(words).format({ hours, minutes });
  return minutes > 0 ? formatOf(words).format({ minutes }) : zero(words);
});

/** Formats leave out what is zero. */
function zero(words: Words): string {
  return new Intl.DurationFormat(formatTag(words.locale), { style: styleIn(words), minutesDisplay: 'always' }).format({
    minutes: 0,
  });
}
