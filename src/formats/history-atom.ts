import { atom } from './atom.ts';
import type { HistoryFeed } from './history.ts';

const FILE = 'history.atom';

/** `/history.atom`, whose id is its address: the page's own is the id of `/atom.xml`. */
export function historyAtom(feed: HistoryFeed): string {
  return atom(feed, new URL(FILE, feed.url).href, FILE);
}
