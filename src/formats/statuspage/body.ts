import type { StatusEvent } from '../../core/model.ts';
import { factsOfMessage, factText } from '../../i18n/facts.ts';
import { spokenByClock } from '../../i18n/spoken.ts';
import { renderBody } from '../../reader/html.ts';
import { eventAddress } from './addresses.ts';
import type { FeedContext } from '../feed.ts';
import { escapeMarkup } from '../text.ts';
import type { Message } from '../../core/messages.ts';

const LINE = '<br />';
const PARAGRAPH = LINE + LINE;

/**
 * What a message says, as Statuspage has it: HTML in which breaks part lines and paragraphs, so that a text without
 * markup stands as it is. Labelled lines follow it in words; no address in it is relative.
 */
export function bodyOf(event: StatusEvent, message: Message, context: FeedContext): string {
  const { site } = context.ledger.content;
  const page = eventAddress(site.url, event);
  const texts = message
    .bodies()
    .map(({ body, idPrefix }) =>
      withBreaks(renderBody(body, { idPrefix, headingLevel: 3, root: site.url.href, page })),
    );
  const facts = factLines(event, message, context).map(escapeMarkup).join(LINE);
  return [...texts, escapeMarkup(spokenByClock(message, context.words)), facts].filter(Boolean).join(PARAGRAPH);
}

function withBreaks(html: string): string {
  return html
    .replace(/<\/p>\n<p(?: id="[^"]*")?>/g, PARAGRAPH)
    .replace(/<p(?: id="[^"]*")?>|<\/p>/g, '')
    .replaceAll('<br>', LINE);
}

function factLines(event: StatusEvent, message: Message, { ledger, words, dates }: FeedContext): string[] {
  return factsOfMessage(event, message, ledger.content, words).map((fact) =>
    words.say('feed.fact', { label: fact.label, value: factText(fact, words, dates) }),
  );
}
