import type { HistoryFeed } from './history.ts';
import { channel, item } from './rss.ts';
import { element } from './xml.ts';

/** `/history.rss`: as in Statuspage's, the description of an item is all of its HTML. */
export function historyRss(feed: HistoryFeed): string {
  const items = feed.entries.map((entry) => item(entry, [element('description', {}, [entry.html])]));
  return channel(feed, 'history.rss', items);
}
