import { foreignLang } from '../core/locales.ts';
import { entryId, eventPath, feedId } from '../core/events.ts';
import { startOf } from '../core/ledger.ts';
import { hasWindow } from '../core/maintenance.ts';
import type { Message } from '../core/messages.ts';
import { allNews, messagesOf } from '../core/messages.ts';
import type { StatusEvent } from '../core/model.ts';
import { categoriesOf, feedHead } from './feed.ts';
import { siteScope } from './scopes.ts';
import type { Feed, FeedEntry } from './feed.ts';
import type { FeedContext } from './context.ts';
import { bodyOf } from './statuspage/events.ts';
import { element, escapeMarkup, xmlText } from './xml.ts';
import { atom } from './atom.ts';
import { channel, item } from './rss.ts';

const ENTRIES = 25;

/** A feed with one entry, as HTML, per incident or maintenance. */
type HistoryFeed = Omit<Feed, 'entries'> & { entries: readonly HistoryEntry[] };
type HistoryEntry = Omit<FeedEntry, 'text' | 'markedText' | 'lang'>;

/**
 * One entry per incident and maintenance, last updated first, as in Statuspage's history feeds. An entry has all messages,
 * newest first, as `<strong>Resolved</strong> - text`. Unlike there, dates have a year, and the entry's date is the start of
 * the incident, or the announcement of the maintenance.
 */
export function historyFeed(context: FeedContext): HistoryFeed {
  const { ledger, words } = context;
  const { site } = ledger.content;
  const entries = newest(context).map((event) => entryOf(event, context));
  return {
    ...feedHead(context, siteScope(context)),
    id: feedId(site, 'history.atom'),
    title: xmlText(words.say('feed.history_title', { site: site.name })),
    updated:
      entries.length > 0 ? Math.max(...entries.map(({ updated }) => updated)) : (ledger.firstRecord ?? ledger.now),
    entries,
  };
}

/** The last updated events. An occurrence of a series counts once it has its own messages. */
function newest({ ledger }: FeedContext): StatusEvent[] {
  const events = new Set<StatusEvent>();
  for (const { event } of allNews(ledger)) {
    if (event.kind !== 'announcement') events.add(event);
    if (events.size === ENTRIES) break;
  }
  return [...events];
}

function entryOf(event: StatusEvent, context: FeedContext): HistoryEntry {
  const { site } = context.ledger.content;
  const messages = messagesOf(event, context.ledger.now);
  const first = messages[0] ?? { id: '', at: startOf(event) };
  const path = eventPath(event);
  const titleLang = foreignLang(site, event);
  return {
    id: entryId(site, path.slice(0, -1), first),
    url: site.url.href + path,
    title: xmlText(event.title),
    ...(titleLang !== undefined && { titleLang }),
    html: xmlText(
      [...messages.reverse().map((message) => said(event, message, context)), plan(event, context)].join(''),
    ),
    published: event.kind === 'incident' ? Math.min(event.started, first.at) : first.at,
    updated: Math.max(...messages.map(({ changed }) => changed)),
    categories: categoriesOf(event, context.ledger),
  };
}

function said(event: StatusEvent, message: Message, context: FeedContext): string {
  const word = context.words.say(`word.${message.word}`);
  return paragraph(
    message,
    `<strong>${escapeMarkup(word)}</strong> - ${bodyOf(event, message, context, 'marked')}`,
    context,
  );
}

/** Lists, tables and other blocks cannot be in a paragraph. */
function paragraph({ at, update }: Message, html: string, { dates }: FeedContext): string {
  const name = /<(?!a\b|abbr|b\b|br|code|del|em|i\b|img|kbd|mark|s\b|samp|span|strong|su[bp]|u\b)\w/.test(html)
    ? 'div'
    : 'p';
  const time = update?.undated ? '' : `<small>${escapeMarkup(dates.dateTime(at))}</small><br>`;
  return `<${name}>${time}${html}</${name}>`;
}

function plan(event: StatusEvent, { words, dates }: FeedContext): string {
  if (event.kind === 'incident' || !hasWindow(event)) return '';
  const value = words.say('time.range', { from: dates.dateTime(event.scheduled), to: dates.dateTime(event.until) });
  return `<p>${escapeMarkup(words.say('feed.fact', { label: words.say('feed.planned'), value }))}</p>`;
}

/** `/history.atom`. */
export function historyAtom(feed: HistoryFeed): string {
  return atom(feed, 'history.atom');
}

/** `/history.rss`: as in Statuspage's, the description of an item is all of its HTML. */
export function historyRss(feed: HistoryFeed): string {
  const items = feed.entries.map((entry) => item(entry, [element('description', {}, [entry.html])]));
  return channel(feed, 'history.rss', items);
}
