import { getRssString } from '@astrojs/rss';
import type { HistoryEntry, HistoryFeed } from './history.ts';
import { ATOM, channelData, itemData } from './rss.ts';

/** `/history.rss`: as in Statuspage's, the description of an item is all of its HTML. */
export function historyRss(feed: HistoryFeed): Promise<string> {
  return getRssString({
    title: feed.title,
    description: feed.description,
    site: feed.url,
    xmlns: { atom: ATOM },
    customData: channelData(feed, 'history.rss'),
    items: feed.entries.map(itemOf),
  });
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
