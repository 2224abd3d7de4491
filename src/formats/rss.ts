import type { RSSOptions } from '@astrojs/rss';
import { getRssString } from '@astrojs/rss';
import type { Instant } from '../core/model.ts';
import type { FeedLink } from './feed-links.ts';
import { feedLinks } from './feed-links.ts';
import type { Feed, FeedEntry } from './feed.ts';
import { escapeMarkup } from './text.ts';

/** Atom's elements in RSS. */
const ATOM = 'http://www.w3.org/2005/Atom';
/** Minutes that a reader may wait before it asks again. */
const MINUTES_TO_LIVE = 5;

/** A feed as RSS 2.0, with Atom's elements for its own address, for older entries and for corrections. */
export function rss(feed: Feed): Promise<string> {
  return channel(feed, 'rss.xml', feed.entries.map(itemOf));
}

/**
 * A channel of RSS with any items.
 * @param file its name, beside the page it follows
 */
export function channel(feed: Omit<Feed, 'entries'>, file: string, items: RSSOptions['items']): Promise<string> {
  return getRssString({
    title: feed.title,
    description: feed.description,
    site: feed.url,
    xmlns: { atom: ATOM },
    customData: channelData(feed, file),
    items,
  });
}

/** What a channel says besides its title and description. Archives are in Atom, whose document they are by RFC 5005. */
function channelData(feed: Omit<Feed, 'entries'>, file: string): string {
  const { url, language, updated } = feed;
  const self = feedLinks(feed, file).filter(({ rel }) => rel === 'self');
  const older = feedLinks(feed, 'atom.xml').filter(({ rel }) => rel === 'prev-archive');
  return [
    element('link', url),
    element('language', language),
    element('lastBuildDate', new Date(updated).toUTCString()),
    element('ttl', String(MINUTES_TO_LIVE)),
    ...self.map((link) => linkElement(link, 'application/rss+xml')),
    ...older.map((link) => linkElement(link, 'application/atom+xml')),
  ].join('');
}

function linkElement({ rel, href }: FeedLink, type: string): string {
  return `<atom:link href="${escapeMarkup(href)}" rel="${rel}" type="${type}"/>`;
}

/** The id of an item, which is no address, and when it was last changed. */
export function itemData({ id, updated }: Pick<FeedEntry, 'id' | 'updated'>): string {
  return `<guid isPermaLink="false">${escapeMarkup(id)}</guid>${element('atom:updated', iso(updated))}`;
}

function itemOf(entry: FeedEntry) {
  return {
    title: entry.title,
    link: entry.url,
    pubDate: new Date(entry.published),
    // Readers take an RSS description as HTML.
    ...(entry.text && { description: escapeMarkup(entry.text).replaceAll('\n', '<br>') }),
    ...(entry.html && { content: entry.html }),
    categories: [...entry.categories],
    customData: itemData(entry),
  };
}

function element(name: string, text: string): string {
  return `<${name}>${escapeMarkup(text)}</${name}>`;
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}
