import { formatTag } from './dates.ts';
import { oncePer, oncePerPair } from '../core/once.ts';
import type { Words } from './words.ts';
const MINUTE = 60_000;

/**
 * A length of time for tables and figures, in its two largest units: `1h 12m`, `2d 3h`, `42s` below a minute.
 * Rounded down, as `durationInWords` does.
 */
export function shortLength(milliseconds: number, words: Words): string {
  if (milliseconds > 0 && milliseconds < MINUTE) {
    return formatOf(words).format({ seconds: Math.ceil(milliseconds / 1000) });
  }
  return minutesInShort(words, Math.floor(Math.max(milliseconds, 0) / MINUTE));
}

const formatOf = oncePer(({ locale }: Words) => new Intl.DurationFormat(formatTag(locale), { style: 'narrow' }));

/** Remembered, since reports say the same lengths again and again, and each takes some 50 microseconds. */
const minutesInShort = oncePerPair((words: Words, minutes: number): string => {
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (days > 0) return formatOf(words).format({ days, hours });
  if (hours > 0) return formatOf(words).format({ hours, minutes: minutes % 60 });
  return minutes > 0 ? formatOf(words).format({ minutes }) : zero(words);
});

/** Formats leave out what is zero. */
function zero(words: Words): string {
  return new Intl.DurationFormat(formatTag(words.locale), { style: 'narrow', minutesDisplay: 'always' }).format({
    minutes: 0,
  });
}
