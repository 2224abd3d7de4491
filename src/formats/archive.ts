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
  if (scope.archives !== 'months' && !isArchived(scope)) return new Map();
  return Map.groupBy(scope.news, (item) => periodOf(context, scope, item));
});
