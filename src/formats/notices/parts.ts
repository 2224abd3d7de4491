import { foreignLang, rootUrl } from '../../core/locales.ts';
import type { Instant } from '../../core/days.ts';
import type { Paragraph, Root } from 'mdast';
import { hasKnownStart, incidentState, isNotice, severityOf } from '../../core/incident.ts';
import { eventUntil } from '../../core/messages.ts';
import type { ComponentStatus } from '../../core/vocabulary.ts';
import type { MixedText } from '../../i18n/facts.ts';
import {
  affectedParts,
  areaParts,
  isPartlyRead,
  mixedText,
  newsHeading,
  severityInWords,
  isClockUpdate,
} from '../../i18n/facts.ts';
import type { Words } from '../../i18n/words.ts';
import { isolated } from '../../i18n/words.ts';
import type { FeedContext } from '../context.ts';
import { plainMarkdown } from '../markdown-text.ts';
import { eventAddress, messageAddress, newestExpectedFix } from '../../core/events.ts';
import { oneLine } from './chat-text.ts';
import { fitText, fitTree } from './fit.ts';
import type { Notice } from './notice.ts';
import { isOverWith, isPostmortem, saysStatuses } from './notice.ts';
import type { Markup } from './write.ts';
import { writeBody } from './write.ts';
import type { AffectedComponent } from '../../core/affected.ts';
import { affectedNodes } from '../../core/affected.ts';
import { plannedAt } from '../../core/maintenance.ts';
import { componentStatusAt } from '../../core/status.ts';
import { worstStatus } from '../../core/vocabulary.ts';

/** A labelled line in words, without line ends. */
interface Detail {
  label: string;
  value: string;
  /** The value in pieces, of which each knows its language. */
  parts: MixedText;
}

/**
 * The details that a reader of this message alone needs. Unlike a feed entry, it repeats facts of earlier messages that
 * still apply, and leaves out outdated ones.
 */
function detailsOf(notice: Notice, context: FeedContext): Detail[] {
  const { event } = notice;
  const { words } = context;
  const values: [label: string, value: string | MixedText][] = [
    [words.say('fact.components'), componentsIn(notice, context)],
    // An announcement affects nothing.
    [words.say('fact.areas'), event.kind === 'announcement' || isOverWith(notice) ? '' : areasIn(notice, context)],
    ...timesIn(notice, context),
    [words.say('fact.reference'), event.reference ?? ''],
    [words.say('fact.unreadable'), isPartlyRead(event, notice.message.update) ? words.say('update.unreadable') : ''],
  ];
  return values
    .map(([label, value]): Detail => {
      const mixed = typeof value === 'string' ? [oneLine(value)] : value;
      // What parts the names has spaces at its ends.
      const parts = mixed.map((part) => (typeof part === 'string' ? part : { ...part, text: oneLine(part.text) }));
      return { label, value: mixedText(parts, words), parts };
    })
    .filter(({ value }) => value !== '');
}

/** Components with their current status: that of the message, or a worse one from another event. */
function componentsIn(notice: Notice, { ledger, words }: FeedContext): MixedText {
  const { event, message } = notice;
  const at = Math.min(message.at, ledger.now);
  const affected = message.components.map((id): AffectedComponent => {
    if (!saysStatuses(notice)) return [id, undefined];
    return [id, worstStatus([message.after[id] ?? 'operational', componentStatusAt(ledger, id, at)])];
  });
  return affectedParts(affectedNodes(ledger.content, event, affected), words);
}

/** Areas with their language: labelled lines are not translated, but the front matter can be. */
function areasIn(notice: Notice, { ledger, words }: FeedContext): MixedText {
  const { site } = ledger.content;
  const said = eventUntil(notice).updates.findLast(({ areas }) => areas !== undefined)?.areas;
  return said ? areaParts(said, site, words) : areaParts(notice.event.areas, site, words, notice.event.areasLang);
}

function timesIn(notice: Notice, { words, dates }: FeedContext): [label: string, value: string][] {
  const { event, message } = notice;
  const time = (instant: Instant | undefined) => (instant === undefined ? '' : dates.dateTime(instant));
  const over = isOverWith(notice);
  const { from, to } = event.kind === 'maintenance' ? plannedAt(event, message.at) : {};
  const planned = from !== undefined && to !== undefined && from < Infinity && message.word !== 'completed';
  return [
    [words.say('markdown.started'), event.kind === 'incident' && hasKnownStart(event) ? time(event.started) : ''],
    [words.say('fact.ended'), time(endedWith(notice))],
    [words.say('feed.planned'), planned ? words.say('time.range', { from: time(from), to: time(to) }) : ''],
    [words.say('fact.next_update'), over ? '' : time(message.update?.nextUpdate)],
    [words.say('fact.expected_fix'), over ? '' : time(fixExpectedWith(notice))],
  ];
}

function endedWith(notice: Notice): Instant | undefined {
  const event = eventUntil(notice);
  return event.kind === 'incident' ? incidentState(event).endedAt : undefined;
}

/** The newest expected fix, unless it has passed or the status is Monitoring. */
function fixExpectedWith(notice: Notice): Instant | undefined {
  const fix = newestExpectedFix(eventUntil(notice).updates);
  const watched = notice.message.update?.status === 'monitoring';
  return fix === undefined || watched || fix < notice.message.at ? undefined : fix;
}

const SEPARATOR = ' · ';
/** The most characters of the page's name in a message. */
const SITE_LIMIT = 60;

/** The parts of a notice in words, as single lines. Each format lays them out. */
export interface NoticeParts {
  site: string;
  /** What happened. */
  title: string;
  /** The language of the title, if it differs from that of the message. */
  titleLang: string | undefined;
  /** The status: `Identified`. */
  status: string;
  /** Page name, severity and time: `Acme · Partial outage · 20 Nov 2026, 09:48 UTC`. */
  byline: string;
  /** The text as Markdown without HTML and relative addresses. */
  body: Root;
  details: Detail[];
  /** Address of the message on its event's page. */
  url: string;
  /** The status that its colour shows. Undefined if the message changes no status. */
  tone: ComponentStatus | undefined;
}

/**
 * Title and status, with the title cut to fit.
 * @param limit for the result of `write`, in UTF-16 units
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

/** The text, or what fits of it and a link to the rest. */
export function bodyWithin(parts: NoticeParts, words: Words, markup: Markup, fits: (text: string) => boolean): string {
  const whole = writeBody(parts.body, markup);
  if (fits(whole)) return whole;
  const rest = markup.link(words.say('message.rest'), parts.url);
  const cut = (body: Root) => `${writeBody(body, markup)}\n\n${rest}`;
  return cut(fitTree(parts.body, (body) => fits(cut(body))));
}

export function partsOf(notice: Notice, context: FeedContext): NoticeParts {
  const { event } = notice;
  const { words, dates, ledger } = context;
  return {
    site: siteName(context),
    title: oneLine(event.title),
    titleLang: foreignLang(ledger.content.site, event),
    // A late reminder is read later than it was due.
    status: newsHeading(notice, words, dates, ledger.now),
    byline: bylineOf(notice, context),
    body: noticeBody(notice, context),
    details: detailsOf(notice, context),
    url: notice.url ?? addressOf(notice, context),
    tone: toneOf(notice),
  };
}

/** Address of the message on its event's page. */
function addressOf({ event, message }: Notice, { ledger }: FeedContext): string {
  return messageAddress(ledger.content.site.url, event, message);
}

function bylineOf(notice: Notice, context: FeedContext): string {
  const { words, dates } = context;
  const { message } = notice;
  const repeated = message.word === 'update' && message.update ? [words.say(`word.${message.update.status}`)] : [];
  const event = eventUntil(notice);
  const severity = event.kind === 'announcement' || isOverWith(notice) ? [] : [severityInWords(event, words)];
  const time = message.undated ? [] : [dates.dateTime(message.at)];
  return [isolated(siteName(context), words.direction), ...repeated, ...severity, ...time].join(SEPARATOR);
}

function siteName({ ledger }: FeedContext): string {
  return fitText(oneLine(ledger.content.site.name), SITE_LIMIT);
}

function noticeBody({ event, message }: Notice, context: FeedContext): Root {
  const { site } = context.ledger.content;
  const place = { root: rootUrl(site).href, page: eventAddress(site.url, event) };
  const spoken = isClockUpdate(message, context.words);
  const paragraph: Paragraph = { type: 'paragraph', children: [{ type: 'text', value: spoken }] };
  const written = message
    .bodies()
    .flatMap(({ body, idPrefix }) => plainMarkdown(body, { ...place, idPrefix }).children);
  return { type: 'root', children: spoken ? [...written, paragraph] : written };
}

function toneOf(notice: Notice): ComponentStatus | undefined {
  const event = eventUntil(notice);
  if (event.kind === 'announcement' || isPostmortem(notice) || notice.message.word === 'cancelled') return undefined;
  if (isOverWith(notice)) return 'operational';
  if (event.kind === 'maintenance') return 'under_maintenance';
  return isNotice(event) || event.partial ? undefined : severityOf(event);
}
