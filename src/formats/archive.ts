import type { NewsItem } from '../core/messages.ts';
import { memoizePair } from '../core/memoize.ts';
import type { Feed } from './feed.ts';
import type { FeedContext } from './context.ts';
import { archiveFolder, entriesOf, feedHead, isArchived, periodOf } from './feed.ts';
import { siteScope } from './scopes.ts';
import type { FeedScope } from './scopes.ts';

/** The months or years that have an archive, newest first, as `YYYY-MM` or `YYYY`. */
export function archivePeriods(context: FeedContext, scope = siteScope(context)): string[] {
  return [...periodsOf(context, scope).keys()];
}

/** The messages that an archive holds, newest first. */
export function archiveNews(context: FeedContext, period: string, scope = siteScope(context)): readonly NewsItem[] {
  return periodsOf(context, scope).get(period) ?? [];
}

/**
 * All messages of one period, with links to the archives before and after.
 * https://www.rfc-editor.org/rfc/rfc5005#section-4
 */
export function archiveFeed(context: FeedContext, period: string, scope = siteScope(context)): Feed {
  const names = archivePeriods(context, scope);
  const place = names.indexOf(period);
  const [later, earlier] = [names[place - 1], names[place + 1]];
  return {
    ...feedHead(context, scope),
    ...entriesOf(archiveNews(context, period, scope), context),
    folder: archiveFolder(context, scope, period),
    ...(earlier !== undefined && { older: archiveFolder(context, scope, earlier) }),
    ...(later !== undefined && { newer: archiveFolder(context, scope, later) }),
  };
}

const periodsOf = memoizePair((context: FeedContext, scope: FeedScope): ReadonlyMap<string, readonly NewsItem[]> => {
  const periods = new Map<string, readonly NewsItem[]>();
  if (scope.archives !== 'months' && !isArchived(scope)) return periods;
  const { news } = scope;
  let from = 0;
  for (let first = news[0]; first; first = news[from]) {
    const period = periodOf(context, scope, first);
    // Newest first, so a period is one piece of the news, and its end is found sooner than each message's period.
    const to = firstIndex(news, from, (item) => periodOf(context, scope, item) !== period);
    periods.set(period, [...(periods.get(period) ?? []), ...news.slice(from, to)]);
    from = to;
  }
  return periods;
});

/** The index of the first item, not before `from`, of which something is true that is true of all after it. */
function firstIndex<Item>(items: readonly Item[], from: number, isTrue: (item: Item) => boolean): number {
  let [low, high] = [from, items.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const item = items[middle];
    if (item !== undefined && isTrue(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
