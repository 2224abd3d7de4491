import type { HistoryEntry, HistoryFeed } from './history.ts';
import { channel, itemData } from './rss.ts';

/** `/history.rss`: as in Statuspage's, the description of an item is all of its HTML. */
export function historyRss(feed: HistoryFeed): Promise<string> {
  return channel(feed, 'history.rss', feed.entries.map(itemOf));
}

function itemOf(entry: HistoryEntry) {
  return {
    title: entry.title,
    link: entry.url,
    pubDate: new Date(entry.published),
    description: entry.html,
    categories: [...entry.categories],
    customData: itemData(entry),
  };
}
