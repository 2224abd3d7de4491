import { foreignLang } from '../core/locales.ts';
import type { Fact, MixedText } from '../i18n/facts.ts';
import { factText, isForeign, mixedText } from '../i18n/facts.ts';
import type { FeedContext } from './context.ts';
import { escapeMarkup } from './xml.ts';

/** HTML, marked if it is in another language than what is around it. Its letters say its direction. */
export function markedHtml(html: string, lang: string | undefined): string {
  return lang === undefined || html === '' ? html : `<div lang="${escapeMarkup(lang)}" dir="auto">${html}</div>`;
}

/** A text as HTML, marked in the same way, within a line. */
export function markedText(text: string, lang: string | undefined): string {
  const html = escapeMarkup(text);
  return lang === undefined || html === '' ? html : `<span lang="${escapeMarkup(lang)}" dir="auto">${html}</span>`;
}

/** A text as HTML in which all that owners wrote in another language than the reader's is marked. */
export function markedParts(mixed: MixedText, { ledger, words }: Pick<FeedContext, 'ledger' | 'words'>): string {
  return mixed
    .map((part) => {
      const lang = typeof part === 'string' ? undefined : foreignLang(ledger.content.site, part);
      return typeof part === 'string' || lang === undefined
        ? escapeMarkup(mixedText([part], words))
        : markedText(part.text, lang);
    })
    .join('');
}

/** A labelled line in words: `Next update: 20 Nov 2026, 09:50 UTC`. */
export interface FactLine {
  text: string;
  /** The same, marked where it is in another language than the reader's. */
  html: string;
  /** Whether it is somewhere. */
  foreign: boolean;
}

export function factLine(fact: Pick<Fact, 'label' | 'value'>, context: FeedContext): FactLine {
  const { ledger, words, dates } = context;
  const { label, value } = fact;
  const text = words.say('feed.fact', { label, value: factText(fact, words, dates) });
  const parts = 'parts' in value ? value.parts : [];
  if (!isForeign(ledger.content.site, parts)) return { text, html: escapeMarkup(text), foreign: false };
  const line = words.parts<MixedText>('feed.fact', { label: [label], value: parts }).flat();
  return { text, html: markedParts(line, context), foreign: true };
}
