import { foreignLang, rootUrl } from '../core/locales.ts';
import type { Instant } from '../core/days.ts';
import { monthNamer } from '../core/days.ts';
import { entryId, eventPath, feedId, messageAddress } from '../core/events.ts';
import type { Ledger } from '../core/ledger.ts';
import type { NewsEvent } from '../core/model.ts';
import type { Message, NewsItem } from '../core/messages.ts';
import { eventUntil } from '../core/messages.ts';
import type { FeedContext } from './context.ts';
import { siteScope } from './scopes.ts';
import type { FeedScope } from './scopes.ts';
import type { FactLine } from './marked.ts';
import { factLine, markedHtml, markedText } from './marked.ts';
import { escapeMarkup, xmlText } from './xml.ts';
import { affectedNodes } from '../core/affected.ts';
import { hasWindow, plannedAt } from '../core/maintenance.ts';
import { memoize } from '../core/memoize.ts';
import { factsOf, isClockUpdate, newsHeading } from '../i18n/facts.ts';
import { bodyText, renderBody } from '../reader/markdown/html.ts';

/** One message of an incident or maintenance, or an announcement. */
export interface FeedEntry {
  /** A tag URI that never changes. */
  id: string;
  /** Address of the update on its page. */
  url: string;
  /** The event's title and the update's status: `Payments fail — Resolved`. */
  title: string;
  /** The language of what happened in that title, if it is not the feed's. */
  titleLang?: string;
  /** The language of what somebody wrote, if it is not the feed's. */
  lang?: string;
  /** The whole text, with labelled lines in words and absolute addresses. */
  html: string;
  /** The same without markup. */
  text: string;
  /** That as HTML, with a break after each line, if some of it is in another language than the feed. */
  markedText?: string;
  published: Instant;
  updated: Instant;
  /** Names of components, or of whole groups, that were affected up to and including this update. */
  categories: readonly string[];
}

const entriesIn = memoize((_: Ledger) => new Map<string, FeedEntry>());

/** A message as a feed entry. Cached, because a message is in up to nine documents. */
export function entryOf(item: NewsItem, context: FeedContext): FeedEntry {
  const entries = entriesIn(context.ledger);
  const key = eventPath(item.event) + item.message.id;
  const entry = entries.get(key) ?? makeEntry(item, context);
  entries.set(key, entry);
  return entry;
}

function makeEntry({ event, message }: NewsItem, context: FeedContext): FeedEntry {
  const { ledger, words, dates } = context;
  const { site } = ledger.content;
  const path = eventPath(event);
  const page = site.url.href + path;
  const facts = factLines(event, message, context);
  const spoken = isClockUpdate(message, words);
  const bodies = message.bodies().map(({ body, idPrefix, lang: written }) => {
    const lang = foreignLang(site, { lang: written });
    const html = renderBody(body, { idPrefix, headingLevel: 2, root: rootUrl(site).href, page });
    return { text: bodyText(body), html: markedHtml(html, lang), lang };
  });
  const list = facts.map(({ html }) => `<li>${html}</li>`).join('');
  const langs = new Set(bodies.map(({ lang }) => lang));
  const [lang] = langs.size === 1 ? langs : [];
  const titleLang = foreignLang(site, event);
  const markedLines = () =>
    [
      ...bodies.map((one) => markedText(one.text, one.lang)),
      escapeMarkup(spoken),
      ...facts.map(({ html }) => html),
    ].filter(Boolean);
  const html = [
    ...bodies.map((one) => one.html),
    spoken && `<p>${escapeMarkup(spoken)}</p>`,
    list && `<ul>${list}</ul>`,
  ]
    .filter(Boolean)
    .join('\n');
  const isMixed = bodies.some((one) => one.lang !== undefined) || facts.some(({ foreign }) => foreign);
  return {
    id: entryId(site, path + message.id, message),
    url: messageAddress(site.url, event, message),
    title: xmlText(
      words.say('feed.entry_title', { title: event.title, status: newsHeading({ event, message }, words, dates) }),
    ),
    // A reader shows it among feeds of other languages, from left to right.
    html: xmlText(html && words.direction === 'rtl' ? `<div dir="rtl">${html}</div>` : html),
    text: xmlText(
      [...bodies, { text: spoken }, ...facts]
        .map(({ text }) => text)
        .filter(Boolean)
        .join('\n'),
    ),
    ...(isMixed && { markedText: xmlText(markedLines().join('<br>').replaceAll('\n', '<br>')) }),
    ...(titleLang !== undefined && { titleLang }),
    ...(lang !== undefined && { lang }),
    published: message.at,
    updated: message.changed,
    categories: categoriesOf(eventUntil({ event, message }), ledger),
  };
}

/** Names of affected components, or of whole groups if there are many. */
export function categoriesOf(event: NewsEvent, { content }: Ledger): string[] {
  return affectedNodes(content, event).named.map(({ node }) => xmlText(node.name));
}

/** The labelled lines and the planned window in words: `Next update: 20 Nov 2026, 09:50 UTC`. */
function factLines(event: NewsEvent, { update, at }: Message, context: FeedContext): FactLine[] {
  if (event.kind === 'announcement') return [];
  const { ledger, words } = context;
  const facts = (update ? factsOf(event, update, ledger.content, words) : [])
    // Every message of a maintenance has its window, so a new window is always mentioned.
    .filter(({ name }) => name !== 'window')
    .map((fact) => factLine(fact, context));
  if (event.kind === 'incident' || !hasWindow(event)) return facts;
  const { from, to } = plannedAt(event, at);
  return [factLine({ label: words.say('feed.planned'), value: { window: { from, to } } }, context), ...facts];
}

/** A feed, for all formats. Its texts have no characters that XML forbids. */
export interface Feed {
  /** Never changes. */
  id: string;
  /** Address of the page it follows, with a slash at the end; the feeds are beside it. */
  url: string;
  title: string;
  description: string;
  /** The language of the description, if it is not the feed's. */
  descriptionLang?: string;
  /** A BCP 47 tag. */
  language: string;
  author: string;
  /** Address of a picture. */
  logo?: string;
  /** When its newest entry changed. */
  updated: Instant;
  /** Newest first. */
  entries: readonly FeedEntry[];
  /** For an archive, the address of its folder, with a slash at the end. */
  folder?: string;
  /** The folder of the archive with older entries, with a slash at the end. */
  older?: string;
  /** For an archive, the folder of the one with newer entries, with a slash at the end. */
  newer?: string;
}

/** The most messages in a feed. */
export const ENTRIES = 50;

/** A feed with the newest 50 messages. Older ones are in its archives, if its scope has any. */
export function feedOf(context: FeedContext, scope = siteScope(context)): Feed {
  const newest = isArchived(scope) ? scope.news.slice(0, ENTRIES) : scope.news;
  const oldest = newest.at(-1);
  return {
    ...feedHead(context, scope),
    ...entriesOf(newest, context),
    // The archive of the oldest of these messages, so that readers miss none in between.
    ...(oldest && isArchived(scope) && { older: archiveFolder(context, scope, periodOf(context, scope, oldest)) }),
  };
}

/** Whether a feed is too short for all messages, so that it has archives. */
export function isArchived({ archives, news }: Pick<FeedScope, 'archives' | 'news'>): boolean {
  return archives !== undefined && news.length > ENTRIES;
}

/** The head of a feed and its archives. */
export function feedHead(context: FeedContext, scope: FeedScope): Omit<Feed, 'entries' | 'updated'> {
  const { ledger, words } = context;
  const { site } = ledger.content;
  return {
    id: feedId(site, scope.path),
    url: site.url.href + scope.path,
    title: xmlText(scope.title),
    description: xmlText(scope.description),
    ...(scope.descriptionLang !== undefined && { descriptionLang: scope.descriptionLang }),
    language: words.locale,
    author: xmlText(site.name),
    ...(site.logo && { logo: rootUrl(site).href + site.logo.slice(1) }),
  };
}

/** The folder of the archive of a month or year, with a slash at the end. */
export function archiveFolder({ ledger }: FeedContext, { path }: FeedScope, period: string): string {
  return `${ledger.content.site.url.href}${path}history/${period}/`;
}

/** The month or year that a message is archived in, `YYYY-MM` or `YYYY` in the site's zone. */
export function periodOf({ ledger }: FeedContext, { archives }: FeedScope, { message }: NewsItem): string {
  const month = monthNamer(ledger.content.site)(message.at);
  return archives === 'months' ? month : month.slice(0, 4);
}

/** Entries, and when the newest of them changed, or the start of the record without entries. */
export function entriesOf(news: readonly NewsItem[], context: FeedContext): Pick<Feed, 'entries' | 'updated'> {
  const { firstRecord, now } = context.ledger;
  const entries = news.map((item) => entryOf(item, context));
  const changes = entries.map(({ updated }) => updated);
  return { entries, updated: changes.length > 0 ? Math.max(...changes) : (firstRecord ?? now) };
}

/** RFC 5005’s element that marks an archive is in this namespace. */
export const FEED_HISTORY = 'http://purl.org/syndication/history/1.0';

export interface FeedLink {
  rel: 'self' | 'current' | 'prev-archive' | 'next-archive';
  href: string;
}

/**
 * The links of a feed: itself, the feed to subscribe to, and the archives with older and newer entries:
 * https://www.rfc-editor.org/rfc/rfc5005#section-4
 * @param file the document's name
 */
export function feedLinks(
  { url, folder, older, newer }: Pick<Feed, 'url' | 'folder' | 'older' | 'newer'>,
  file: string,
): FeedLink[] {
  const link = (rel: FeedLink['rel'], base: string | undefined) =>
    base === undefined ? [] : [{ rel, href: new URL(file, base).href }];
  return [
    ...link('self', folder ?? url),
    ...link('current', folder === undefined ? undefined : url),
    ...link('prev-archive', older),
    ...link('next-archive', newer),
  ];
}
