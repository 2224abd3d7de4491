import type { Words } from '../../i18n/words.ts';

/** `99.98%`; never rounded up, since the value was floored to two decimals. */
export function percentInWords(percent: number, words: Words): string {
  const digits = percent === 100 ? 0 : 2;
  const number = percent.toLocaleString(words.locale, { minimumFractionDigits: digits, maximumFractionDigits: 2 });
  return words.say('uptime.percent', { number });
}
