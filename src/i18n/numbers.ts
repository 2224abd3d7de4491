import { memoize } from '../core/memoize.ts';
import type { Words } from './words.ts';

// Formats are kept, since `toLocaleString` with options makes one for each number, which takes thirty times as long.

const tenths = memoize(({ locale }: Words) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));

const hundredths = memoize(
  ({ locale }: Words) => new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
);

/** With at most one decimal. */
export function numberInWords(value: number, words: Words): string {
  return tenths(words).format(value);
}

/** With two decimals. */
export function hundredthsInWords(value: number, words: Words): string {
  return hundredths(words).format(value);
}
