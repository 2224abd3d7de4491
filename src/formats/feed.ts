import { monthOf } from '../core/days.ts';
import { feedId } from '../core/identity.ts';
import type { Ledger } from '../core/ledger.ts';
import type { Component, Instant } from '../core/model.ts';
import type { NewsItem } from '../core/news.ts';
import { allNews, newsByComponent } from '../core/news.ts';
import type { Dates } from '../i18n/dates.ts';
import type { Words } from '../i18n/words.ts';
import type { FeedEntry } from './feed-entry.ts';
import { entryOf } from './feed-entry.ts';
import { xmlText } from './text.ts';

export type { FeedEntry } from './feed-entry.ts';

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
export function monthOfItem({ message }: NewsItem, { dates }: FeedContext): string {
  return monthOf(message.at, dates.zone);
}

/** Where the archive of a component's year has its documents, with a slash at the end. */
export function componentArchiveFolder({ ledger }: FeedContext, { id }: Component, year: string): string {
  return `${ledger.content.site.url.href}components/${id}/history/${year}/`;
}

/** The year that a component's message is archived in, `YYYY` in the site's zone. */
export function yearOfItem(item: NewsItem, context: FeedContext): string {
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
    ...(site.logo && { logo: site.url.href + site.logo.slice(1) }),
  };
}
