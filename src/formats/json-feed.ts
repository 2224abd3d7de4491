import { generateJsonFeed } from 'feedsmith';
import type { Feed, FeedEntry, FeedLink } from './feed.ts';
import { feedLinks } from './feed.ts';

/** A feed as JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/ */
export function jsonFeed(feed: Feed): string {
  const links = feedLinks(feed, 'feed.json');
  const addressOf = (rel: FeedLink['rel']) => links.find((link) => link.rel === rel)?.href;
  const older = addressOf('prev-archive');
  // The generator leaves an empty list out, but a feed must have one.
  const { items = [], ...head } = generateJsonFeed({
    title: feed.title,
    description: feed.description,
    home_page_url: feed.url,
    feed_url: addressOf('self') ?? feed.url,
    ...(older && { next_url: older }),
    ...(feed.logo && { icon: feed.logo }),
    language: feed.language,
    authors: [{ name: feed.author, url: feed.url }],
    items: feed.entries.map(itemOf),
  }) as { items?: readonly unknown[] };
  return `${JSON.stringify({ ...head, items }, null, 2)}\n`;
}

function itemOf(entry: FeedEntry) {
  return {
    id: entry.id,
    url: entry.url,
    title: entry.title,
    ...(entry.lang !== undefined && { language: entry.lang }),
    content_html: entry.html,
    summary: entry.text,
    date_published: new Date(entry.published),
    date_modified: new Date(entry.updated),
    tags: [...entry.categories],
  };
}
