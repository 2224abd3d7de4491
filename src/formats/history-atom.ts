import { atom } from './atom.ts';
import type { HistoryFeed } from './history.ts';

/** `/history.atom`. */
export function historyAtom(feed: HistoryFeed): string {
  return atom(feed, 'history.atom');
}
