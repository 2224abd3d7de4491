import { getRssString } from '@astrojs/rss';
import type { Instant } from '../core/model.ts';
import type { Feed, FeedEntry } from './feed.ts';
import { escapeMarkup } from './text.ts';

const ATOM = 'http://www.w3.org/2005/Atom';
/** Minutes that a reader may wait before it asks again. */
const MINUTES_TO_LIVE = 5;

/** A feed as RSS 2.0, with Atom's elements for its own address and for corrections. */
export function rss(feed: Feed): Promise<string> {
  const self = new URL('rss.xml', feed.url).href;
  return getRssString({
    title: feed.title,
    description: feed.description,
    site: feed.url,
    xmlns: { atom: ATOM },
    customData: [
      element('link', feed.url),
      element('language', feed.language),
      element('lastBuildDate', new Date(feed.updated).toUTCString()),
      element('ttl', String(MINUTES_TO_LIVE)),
      `<atom:link href="${escapeMarkup(self)}" rel="self" type="application/rss+xml"/>`,
    ].join(''),
    items: feed.entries.map(itemOf),
  });
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
    customData: `<guid isPermaLink="false">${escapeMarkup(entry.id)}</guid>${element('atom:updated', iso(entry.updated))}`,
  };
}

function element(name: string, text: string): string {
  return `<${name}>${escapeMarkup(text)}</${name}>`;
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}
