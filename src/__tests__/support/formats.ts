import { XMLParser } from 'fast-xml-parser';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import RssParser from 'rss-parser';
import { buildLedger } from '../../core/ledger.ts';
import { datesFor } from '../../i18n/dates.ts';
import { wordsFor } from '../../i18n/words.ts';
import { NOW, readFiles } from './reader.ts';
import type { FeedContext } from '../../formats/context.ts';

/** What feeds are made of, from files as they stand in `content/`; noon of 20 November 2026 by default. */
export function contextOf(files: Readonly<Record<string, string>>, now = NOW): FeedContext {
  const { content, diagnostics } = readFiles(files, ['/logo.svg', '/map.png']);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!content || errors.length > 0) throw new Error(errors.map(({ file, reason }) => `${file}: ${reason}`).join('\n'));
  const { locale, time_zone: zone } = content.site;
  return { ledger: buildLedger(content, now), words: wordsFor(locale), dates: datesFor(locale, zone) };
}

/** What a feed reader makes of an entry. */
export interface ReadEntry {
  id: string | undefined;
  url: string | undefined;
  title: string | undefined;
  /** ISO 8601. */
  published: string | undefined;
  categories: string[];
  html: string | undefined;
}

export type ReadFeed = (text: string) => Promise<ReadEntry[]> | ReadEntry[];

/** Independent readers of each format; each throws where a feed is broken. */
export const READERS: Readonly<Record<'rss' | 'atom' | 'json', Readonly<Record<string, ReadFeed>>>> = {
  rss: { 'rss-parser': rssParser, feedsmith: feedsmithRss, 'fast-xml-parser': xmlRss },
  atom: { 'rss-parser': rssParser, feedsmith: feedsmithAtom, 'fast-xml-parser': xmlAtom },
  json: { feedsmith: feedsmithJson, 'JSON.parse': plainJson },
};

async function rssParser(text: string): Promise<ReadEntry[]> {
  const fields: [string, string, { keepArray: true }] = ['category', 'category', { keepArray: true }];
  const parser = new RssParser<object, Record<string, unknown>>({ customFields: { item: [fields] } });
  const feed = await parser.parseString(text);
  return feed.items.map((item) => ({
    id: item.guid ?? (item.id as string | undefined),
    url: item.link,
    title: item.title,
    published: iso(item.isoDate),
    categories: list(item.category).map((one) => (typeof one === 'string' ? one : (one as AtomTerm).$.term)),
    html: (item['content:encoded'] as string | undefined) ?? item.content,
  }));
}

interface AtomTerm {
  $: { term: string };
}

function feedsmithRss(text: string): ReadEntry[] {
  return (parseRssFeed(text).items ?? []).map((item) => ({
    id: item.guid?.value,
    url: item.link,
    title: item.title,
    published: iso(item.pubDate),
    categories: (item.categories ?? []).flatMap(({ name }) => name ?? []),
    html: item.content?.encoded,
  }));
}

function feedsmithAtom(text: string): ReadEntry[] {
  return (parseAtomFeed(text).entries ?? []).map((entry) => ({
    id: entry.id,
    url: entry.links?.find(({ rel }) => rel === 'alternate')?.href,
    title: entry.title?.value,
    published: iso(entry.published),
    categories: (entry.categories ?? []).flatMap(({ term }) => term ?? []),
    html: entry.content?.value,
  }));
}

function feedsmithJson(text: string): ReadEntry[] {
  return (parseJsonFeed(text).items ?? []).map((item) => ({
    id: item.id,
    url: item.url,
    title: item.title,
    published: iso(item.date_published),
    categories: item.tags ?? [],
    html: item.content_html,
  }));
}

function plainJson(text: string): ReadEntry[] {
  const { items } = JSON.parse(text) as { items: Record<string, string>[] };
  return items.map((item) => ({
    id: item.id,
    url: item.url,
    title: item.title,
    published: iso(item.date_published),
    categories: list(item.tags) as string[],
    html: item.content_html,
  }));
}

const xml = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  htmlEntities: true,
  attributeNamePrefix: '',
  textNodeName: 'text',
});

function xmlRss(text: string): ReadEntry[] {
  const { rss } = xml.parse(text, true) as { rss: { channel: { item?: unknown } } };
  return (list(rss.channel.item) as Record<string, string & { text: string }>[]).map((item) => ({
    id: item.guid?.text,
    url: item.link,
    title: item.title,
    published: iso(item.pubDate),
    categories: list(item.category) as string[],
    html: item['content:encoded'],
  }));
}

function xmlAtom(text: string): ReadEntry[] {
  const { feed } = xml.parse(text, true) as { feed: { entry?: unknown } };
  return (list(feed.entry) as Record<string, string & { text: string; href: string }>[]).map((entry) => ({
    id: entry.id,
    url: entry.link?.href,
    title: entry.title,
    published: iso(entry.published),
    categories: list(entry.category).map((one) => (one as { term: string }).term),
    html: entry.content?.text,
  }));
}

function list(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function iso(date: string | undefined): string | undefined {
  return date && new Date(date).toISOString();
}
