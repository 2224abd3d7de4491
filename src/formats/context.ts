import type { Ledger } from '../core/ledger.ts';
import type { Dates } from '../i18n/dates.ts';
import type { Words } from '../i18n/words.ts';

/** What feeds are made of and in: the content at one instant, a language, a time zone. */
export interface FeedContext {
  ledger: Ledger;
  words: Words;
  dates: Dates;
}
