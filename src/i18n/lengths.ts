import { formatTag } from './dates.ts';
import type { Words } from './words.ts';

const MINUTE = 60_000;
const formats = new Map<string, Intl.DurationFormat>();

/**
 * A length of time for tables and figures, in its two largest units: `1h 12m`, `2d 3h`, `42s` below a minute.
 * Rounded down, as `durationInWords` does.
 */
export function shortLength(milliseconds: number, words: Words): string {
  const format = formats.get(words.locale) ?? new Intl.DurationFormat(formatTag(words.locale), { style: 'narrow' });
  formats.set(words.locale, format);
  if (milliseconds > 0 && milliseconds < MINUTE) return format.format({ seconds: Math.ceil(milliseconds / 1000) });
  const minutes = Math.floor(Math.max(milliseconds, 0) / MINUTE);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (days > 0) return format.format({ days, hours });
  if (hours > 0) return format.format({ hours, minutes: minutes % 60 });
  return minutes > 0 ? format.format({ minutes }) : zero(words);
}

/** Formats leave out what is zero. */
function zero(words: Words): string {
  return new Intl.DurationFormat(formatTag(words.locale), { style: 'narrow', minutesDisplay: 'always' }).format({
    minutes: 0,
  });
}
