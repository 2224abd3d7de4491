import type { Instant } from '../../core/days.ts';
import { foreignLang } from '../../core/locales.ts';
import type { MixedText } from '../../i18n/facts.ts';
import { isForeign, mixedText } from '../../i18n/facts.ts';
import type { ViewContext } from '../context.ts';

/** An instant on the page. Its text is what a reader without JavaScript sees. */
export interface Moment {
  instant: Instant;
  text: string;
  /**
   * `full`: always with its date. `end`: without it on the day of the moment before. `ago`: how long ago, or how soon,
   * and no time, so that without a script it is empty. Else without its date today.
   */
  form?: 'full' | 'end' | 'ago';
  /** Whether it stays in the site's time zone, like the day or month heading above it. */
  fixed?: boolean;
  /** How the script adds how long ago, or how soon, in place of `@`; empty for ` (@)`. At an `end`, that of the beginning. */
  relative?: string;
}

export interface Link {
  text: string;
  href: string;
  /** The language of its text, if it is not the page's. */
  lang?: string;
  /** Its accessible name, where another link has the same text. */
  name?: string;
}

/** A text of the owner in another language than the page's. */
export interface Foreign {
  text: string;
  lang: string;
}

/** A sentence with times, links and names in it. */
export type Rich = readonly (string | Moment | Link | Foreign)[];

/**
 * The language of what owners wrote, if it is not the page's.
 * @param written a text that knows its language; without one it is in the first language of the site
 */
export function langOf({ ledger }: ViewContext, written: { lang?: string } = {}): { lang?: string } {
  const lang = foreignLang(ledger.content.site, written);
  return lang === undefined ? {} : { lang };
}

/** A text in which all that owners wrote in another language than the page's is marked. */
export function marked(context: ViewContext, mixed: MixedText): Rich {
  if (!isForeign(context.ledger.content.site, mixed)) {
    const text = mixedText(mixed, context.words);
    return text === '' ? [] : [text];
  }
  return mixed.map((part) => {
    if (typeof part === 'string') return part;
    const { lang } = langOf(context, part);
    return lang === undefined ? mixedText([part], context.words) : { text: part.text, lang };
  });
}

/** A sentence without links and marks. */
export function plainText(rich: Rich): string {
  return rich.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

/** An instant near the present: the time alone when it is today. */
export function near({ dates, ledger }: ViewContext, instant: Instant): Moment {
  return { instant, text: dates.near(instant, ledger.now) };
}

/** The same, with how long ago or how soon. */
export function nearRelative(context: ViewContext, instant: Instant): Moment {
  return { ...near(context, instant), relative: bracketsOf(context) };
}

/** How long ago an instant was, or how soon it comes. */
export function ago(context: ViewContext, instant: Instant): Moment {
  const relative = bracketsOf(context);
  return { instant, text: '', form: 'ago', ...(relative && { relative }) };
}

/** An instant of the record, always with its date. */
export function full({ dates }: ViewContext, instant: Instant): Moment {
  return { instant, text: dates.dateTime(instant), form: 'full' };
}

/** The same, with how long ago or how soon. */
export function fullRelative(context: ViewContext, instant: Instant): Moment {
  return { ...full(context, instant), relative: bracketsOf(context) };
}

/** Japanese and Chinese have brackets as wide as their letters, and no spaces around and between. */
function bracketsOf({ words }: ViewContext): string {
  return /^(ja|zh)\b/.test(words.locale) ? '（@）' : '';
}

/** The same in the site's zone, whatever zone the reader is in. */
export function onSiteClock(rich: Rich): Rich {
  return rich.map((part) => (typeof part === 'object' && 'instant' in part ? { ...part, fixed: true } : part));
}

/** The end of a range, after its start. */
export function end({ dates }: ViewContext, instant: Instant, beginning: Moment): Moment {
  const text = dates.end(instant, beginning.instant);
  return { instant, text, form: 'end', ...(beginning.relative !== undefined && { relative: beginning.relative }) };
}

/** A range of times. */
export function range(context: ViewContext, from: Moment, to: Instant): Rich {
  const { relative: _, ...beginning } = from;
  return context.words.parts('time.range', { from: beginning, to: end(context, to, from) });
}
