import type { Paragraph, Root } from 'mdast';
import { isNotice } from '../../core/incident.ts';
import { severityOf } from '../../core/severity.ts';
import { eventUntil } from '../../core/news.ts';
import type { ComponentStatus } from '../../core/vocabulary.ts';
import { severityInWords } from '../../i18n/severity.ts';
import type { Words } from '../../i18n/words.ts';
import type { FeedContext } from '../feed.ts';
import { plainMarkdown } from '../markdown-text.ts';
import { eventAddress, messageAddress } from '../statuspage/addresses.ts';
import { spokenByClock } from '../../i18n/spoken.ts';
import { oneLine } from './characters.ts';
import { fitText, fitTree } from './cut.ts';
import type { Detail } from './details.ts';
import { detailsOf } from './details.ts';
import type { Notice } from './notice.ts';
import { isOverWith, isPostmortem } from './standing.ts';
import type { Markup } from './write.ts';
import { writeBody } from './write.ts';

const SEPARATOR = ' · ';
/** How much of the page's name stands in a message. */
const SITE_LIMIT = 60;

/** What a notice says, in words, in the site's zone and in single lines; each format writes it in its own way. */
export interface NoticeParts {
  site: string;
  /** What happened. */
  title: string;
  /** What this message says of it: `Identified`. */
  status: string;
  /** Page name, severity and time: `Acme · Partial outage · 20 Nov 2026, 09:48 UTC`. */
  byline: string;
  /** The text as Markdown that holds no HTML and no relative address. */
  body: Root;
  details: Detail[];
  /** Address of the message on its event's page. */
  url: string;
  /** What its colour stands for; nothing for what changes nothing. */
  tone: ComponentStatus | undefined;
}

/**
 * What happened and what this message says of it, with as much of the first as fits.
 * @param limit of what `write` makes of it, in UTF-16 units
 */
export function headlineWithin(
  parts: NoticeParts,
  words: Words,
  limit: number,
  write: (text: string) => string,
): string {
  const headline = (title: string) => write(words.say('feed.entry_title', { title, status: parts.status }));
  return headline(fitText(parts.title, limit, headline));
}

/** The text, or what fits of it and where the rest is. */
export function bodyWithin(parts: NoticeParts, words: Words, markup: Markup, fits: (text: string) => boolean): string {
  const whole = writeBody(parts.body, markup);
  if (fits(whole)) return whole;
  const rest = markup.link(words.say('message.rest'), parts.url);
  const cut = (body: Root) => `${writeBody(body, markup)}\n\n${rest}`;
  return cut(fitTree(parts.body, (body) => fits(cut(body))));
}

export function partsOf(notice: Notice, context: FeedContext): NoticeParts {
  const { event, message } = notice;
  const { words } = context;
  return {
    site: siteName(context),
    title: oneLine(event.title),
    status: words.say(`word.${message.word}`),
    byline: bylineOf(notice, context),
    body: noticeBody(notice, context),
    details: detailsOf(notice, context),
    url: addressOf(notice, context),
    tone: toneOf(notice),
  };
}

/** Address of the message on its event's page. */
export function addressOf({ event, message }: Notice, { ledger }: FeedContext): string {
  return messageAddress(ledger.content.site.url, event, message);
}

function bylineOf(notice: Notice, context: FeedContext): string {
  const { words, dates } = context;
  const { message } = notice;
  const repeated = message.word === 'update' && message.update ? [words.say(`word.${message.update.status}`)] : [];
  const severity = isOverWith(notice) ? [] : [severityInWords(eventUntil(notice), words)];
  const time = message.undated ? [] : [dates.dateTime(message.at)];
  return [siteName(context), ...repeated, ...severity, ...time].join(SEPARATOR);
}

function siteName({ ledger }: FeedContext): string {
  return fitText(oneLine(ledger.content.site.name), SITE_LIMIT);
}

function noticeBody({ event, message }: Notice, context: FeedContext): Root {
  const { site } = context.ledger.content;
  const place = { root: site.url.href, page: eventAddress(site.url, event) };
  const spoken = spokenByClock(message, context.words);
  const paragraph: Paragraph = { type: 'paragraph', children: [{ type: 'text', value: spoken }] };
  const written = message
    .bodies()
    .flatMap(({ body, idPrefix }) => plainMarkdown(body, { ...place, idPrefix }).children);
  return { type: 'root', children: spoken ? [...written, paragraph] : written };
}

function toneOf(notice: Notice): ComponentStatus | undefined {
  const event = eventUntil(notice);
  if (isPostmortem(notice) || notice.message.word === 'cancelled') return undefined;
  if (isOverWith(notice)) return 'operational';
  if (event.kind === 'maintenance') return 'under_maintenance';
  return isNotice(event) || event.partial ? undefined : severityOf(event);
}
