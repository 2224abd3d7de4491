import { rootUrl } from '../core/locales.ts';
import type { Instant } from '../core/days.ts';
import { monthOf } from '../core/days.ts';
import { entryId, eventPath, feedId, messageAddress } from '../core/events.ts';
import type { Ledger } from '../core/ledger.ts';
import type { Component, StatusEvent } from '../core/model.ts';
import type { Message, NewsItem } from '../core/messages.ts';
import { allNews, eventUntil, newsByComponent } from '../core/messages.ts';
import type { Dates } from '../i18n/dates.ts';
import type { Words } from '../i18n/words.ts';
import { escapeMarkup, xmlText } from './xml.ts';
import { affectedNodes } from '../core/affected.ts';
import { hasWindow, plannedAt } from '../core/maintenance.ts';
import { memoize } from '../core/memoize.ts';
import { factsOf, factText, isClockUpdate, windowText } from '../i18n/facts.ts';
import { bodyText, renderBody } from '../reader/markdown/html.ts';

/** One message of an incident or maintenance. */
export interface FeedEntry {
  /** A tag URI that never changes. */
  id: string;
  /** Address of the update on its page. */
  url: string;
  /** What happened and what this update says of it: `Payments fail — Resolved`. */
  title: string;
  /** The whole text, with labelled lines in words; no address in it is relative. */
  html: string;
  /** The same without markup. */
  text: string;
  published: Instant;
  updated: Instant;
  /** Names of components, or of whole groups, that were affected up to and including this update. */
  categories: readonly string[];
}

const entriesIn = memoize((_: Ledger) => new Map<string, FeedEntry>());

/** A message as a feed entry. Built once, since a message is in up to nine documents. */
export function entryOf(item: NewsItem, context: FeedContext): FeedEntry {
  const entries = entriesIn(context.ledger);
  const key = eventPath(item.event) + item.message.id;
  const entry = entries.get(key) ?? makeEntry(item, context);
  entries.set(key, entry);
  return entry;
}

function makeEntry({ event, message }: NewsItem, context: FeedContext): FeedEntry {
  const { ledger, words } = context;
  const { site } = ledger.content;
  const path = eventPath(event);
  const page = site.url.href + path;
  const facts = factLines(event, message, context);
  const spoken = isClockUpdate(message, words);
  const bodies = message.bodies();
  const html = bodies.map(({ body, idPrefix }) =>
    renderBody(body, { idPrefix, headingLevel: 2, root: rootUrl(site).href, page }),
  );
  const list = facts.map((fact) => `<li>${escapeMarkup(fact)}</li>`).join('');
  return {
    id: entryId(site, path + message.id, message),
    url: messageAddress(site.url, event, message),
    title: xmlText(words.say('feed.entry_title', { title: event.title, status: words.say(`word.${message.word}`) })),
    html: xmlText(
      [...html, spoken && `<p>${escapeMarkup(spoken)}</p>`, list && `<ul>${list}</ul>`].filter(Boolean).join('\n'),
    ),
    text: xmlText([...bodies.map(({ body }) => bodyText(body)), spoken, ...facts].filter(Boolean).join('\n')),
    published: message.at,
    updated: message.changed,
    categories: categoriesOf(eventUntil({ event, message }), ledger),
  };
}

/** Names of affected components, or of whole groups if there are many. */
export function categoriesOf(event: StatusEvent, { content }: Ledger): string[] {
  return affectedNodes(content, event).named.map(({ node }) => xmlText(node.name));
}

/** What a message says as data, and when a maintenance is planned, in words: `Next update: 20 Nov 2026, 09:50 UTC`. */
function factLines(event: StatusEvent, { update, at }: Message, { ledger, words, dates }: FeedContext): string[] {
  const line = (label: string, value: string) => words.say('feed.fact', { label, value });
  const facts = (update ? factsOf(event, update, ledger.content, words) : [])
    // Every message of a maintenance has its window, so a new window is always mentioned.
    .filter(({ name }) => name !== 'window')
    .map((fact) => line(fact.label, factText(fact, words, dates)));
  if (event.kind === 'incident' || !hasWindow(event)) return facts;
  const planned = windowText(plannedAt(event, at), words, dates);
  return [line(words.say('feed.planned'), planned), ...facts];
}

/** What every feed format says. No text holds a character that XML forbids. */
export interface Feed {
  /** Never changes. */
  id: string;
  /** Address of the page it follows, with a slash at the end; the feeds are beside it. */
  url: string;
  title: string;
  description: string;
  /** A BCP 47 tag. */
  language: string;
  author: string;
  /** Address of a picture. */
  logo?: string;
  /** When its newest entry changed. */
  updated: Instant;
  /** Newest first. */
  entries: readonly FeedEntry[];
  /** Of an archive, where its own documents are, with a slash at the end. */
  folder?: string;
  /** Where the documents of the archive with older entries are, with a slash at the end. */
  older?: string;
  /** Of an archive, where the documents of the next one with newer entries are, with a slash at the end. */
  newer?: string;
}

/** What feeds are made of and in: the content at one instant, a language, a time zone. */
export interface FeedContext {
  ledger: Ledger;
  words: Words;
  dates: Dates;
}

/** How many messages a feed holds at most. */
export const ENTRIES = 50;

/** The newest 50 messages of everything. */
export function siteFeed(context: FeedContext): Feed {
  return {
    ...siteHead(context),
    ...newestOf(allNews(context.ledger), context, (oldest) => archiveFolder(context, monthOfItem(oldest, context))),
  };
}

/** What the feed of the whole page says of itself, as its archives do. */
export function siteHead(context: FeedContext): Omit<Feed, 'entries' | 'updated'> {
  const { ledger, words } = context;
  const { site } = ledger.content;
  return {
    ...headOf(context),
    id: feedId(site, ''),
    url: site.url.href,
    title: xmlText(words.say('feed.title', { site: site.name })),
    description: xmlText(site.description ?? words.say('feed.description', { site: site.name })),
  };
}

/** The newest 50 messages of the events that name a component, each as it stands in the feed of the whole page. */
export function componentFeed(context: FeedContext, component: Component): Feed {
  return {
    ...componentHead(context, component),
    ...newestOf(componentNews(context, component), context, (oldest) =>
      componentArchiveFolder(context, component, yearOfItem(oldest, context)),
    ),
  };
}

/** The messages of the events that name a component, newest first. */
export function componentNews({ ledger }: FeedContext, { id }: Component): readonly NewsItem[] {
  return newsByComponent(ledger).get(id) ?? [];
}

/** Whether a feed leaves messages out, so that there are archives with them. */
export function isArchived(news: readonly NewsItem[]): boolean {
  return news.length > ENTRIES;
}

/** What the feed of a component says of itself, as its archives do. */
export function componentHead(context: FeedContext, component: Component): Omit<Feed, 'entries' | 'updated'> {
  const { ledger, words } = context;
  const { site } = ledger.content;
  const blanks = { site: site.name, component: component.name };
  const path = `components/${component.id}/`;
  return {
    ...headOf(context),
    id: feedId(site, path),
    url: site.url.href + path,
    title: xmlText(words.say('feed.component_title', blanks)),
    description: xmlText(words.say('feed.component_description', blanks)),
  };
}

/** Where the archive of a month has its documents, with a slash at the end. */
export function archiveFolder({ ledger }: FeedContext, month: string): string {
  return `${ledger.content.site.url.href}history/${month}/`;
}

/** The month that a message is archived in, `YYYY-MM` in the site's zone. */
function monthOfItem({ message }: NewsItem, { dates }: FeedContext): string {
  return monthOf(message.at, dates.zone);
}

/** Where the archive of a component's year has its documents, with a slash at the end. */
export function componentArchiveFolder({ ledger }: FeedContext, { id }: Component, year: string): string {
  return `${ledger.content.site.url.href}components/${id}/history/${year}/`;
}

/** The year that a component's message is archived in, `YYYY` in the site's zone. */
function yearOfItem(item: NewsItem, context: FeedContext): string {
  return monthOfItem(item, context).slice(0, 4);
}

/** The newest messages. Older ones are from the archive of the oldest of these on, so that none is lost in between. */
function newestOf(
  news: readonly NewsItem[],
  context: FeedContext,
  folderOf: (oldest: NewsItem) => string,
): Pick<Feed, 'entries' | 'updated' | 'older'> {
  const newest = news.slice(0, ENTRIES);
  const oldest = newest.at(-1);
  return { ...entriesOf(newest, context), ...(oldest && isArchived(news) && { older: folderOf(oldest) }) };
}

/** Entries, and when the newest of them changed; without any, when the record begins. */
export function entriesOf(news: readonly NewsItem[], context: FeedContext): Pick<Feed, 'entries' | 'updated'> {
  const { firstRecord, now } = context.ledger;
  const entries = news.map((item) => entryOf(item, context));
  const changes = entries.map(({ updated }) => updated);
  return { entries, updated: changes.length > 0 ? Math.max(...changes) : (firstRecord ?? now) };
}

function headOf({ ledger, words }: FeedContext): Pick<Feed, 'language' | 'author' | 'logo'> {
  const { site } = ledger.content;
  return {
    language: words.locale,
    author: xmlText(site.name),
    ...(site.logo && { logo: rootUrl(site).href + site.logo.slice(1) }),
  };
}

/** RFC 5005’s element that marks an archive is in this namespace. */
export const FEED_HISTORY = 'http://purl.org/syndication/history/1.0';

export interface FeedLink {
  rel: 'self' | 'current' | 'prev-archive' | 'next-archive';
  href: string;
}

/**
 * Where a feed's document is; where, of an archive, the document is that one subscribes to; and where older and
 * newer entries are: https://www.rfc-editor.org/rfc/rfc5005#section-4
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
