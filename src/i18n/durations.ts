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

/** The words of a page's language as date-fns takes them. A line never ends between a number and its unit. */
const unitsIn = memoize((words: Words): Pick<Locale, 'formatDistance'> => ({
  formatDistance: (unit, count) => words.count(STEMS[unit as keyof typeof STEMS], count).replaceAll(' ', '\u00a0'),
}));

/**
 * A length of time for tables and figures, in its two largest units: `1h 12m`, `2d 3h`, `42s` below a minute.
 * Rounded down, as `durationInWords` does.
 */
export function shortLength(milliseconds: number, words: Words): string {
  if (milliseconds > 0 && milliseconds < millisecondsInMinute) {
    return inShort('seconds', Math.ceil(milliseconds / millisecondsInSecond), words);
  }
  return minutesInShort(words, millisecondsToMinutes(Math.max(milliseconds, 0)));
}

/** Remembered, since reports say the same lengths again and again. */
const minutesInShort = memoizePair((words: Words, count: number): string => {
  const length = lengthIn(minutesToMilliseconds(count));
  const index = UNITS.findIndex((unit) => length[unit] > 0);
  const [first, second] = UNITS.slice(index, index + 2)
    .filter((unit) => length[unit] > 0)
    .map((unit) => inShort(unit, length[unit], words));
  if (first === undefined) return inShort('minutes', 0, words);
  return second === undefined ? first : words.say('short.pair', { first, second });
});

function inShort(unit: (typeof UNITS)[number] | 'seconds', count: number, words: Words): string {
  return words.say(`short.${unit}`, { count: numberIn(words).format(count) });
}

const numberIn = memoize(({ locale }: Words) => new Intl.NumberFormat(formatTag(locale)));
