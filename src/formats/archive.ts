import { monthNamer } from '../core/days.ts';
import type { Ledger } from '../core/ledger.ts';
import type { Component } from '../core/model.ts';
import type { NewsItem } from '../core/messages.ts';
import { allNews, newsByComponent } from '../core/messages.ts';
import { memoize, memoizePair } from '../core/memoize.ts';
import type { Feed, FeedContext } from './feed.ts';
import { archiveFolder, componentArchiveFolder, componentHead, entriesOf, isArchived, siteHead } from './feed.ts';

/** The messages of one feed by the period that they are archived in, newest first. */
type Periods = ReadonlyMap<string, readonly NewsItem[]>;

/** The months in which something was said, newest first, as `YYYY-MM`. */
export function archiveMonths(context: FeedContext): string[] {
  return [...monthsOf(context.ledger).keys()];
}

/** The messages that the archive of a month holds, newest first. */
export function archiveNews(context: FeedContext, month: string): readonly NewsItem[] {
  return monthsOf(context.ledger).get(month) ?? [];
}

/** All messages of one month: an archive of the feed of the whole page. */
export function archiveFeed(context: FeedContext, month: string): Feed {
  const folderOf = (one: string) => archiveFolder(context, one);
  return { ...siteHead(context), ...archiveOf(monthsOf(context.ledger), month, folderOf, context) };
}

/** The years for which a component has archives, newest first, as `YYYY`; none while its feed holds everything. */
export function componentArchiveYears(context: FeedContext, component: Component): string[] {
  return [...yearsOf(context.ledger, component.id).keys()];
}

/** The messages that the archive of a component's year holds, newest first. */
export function componentArchiveNews(context: FeedContext, component: Component, year: string): readonly NewsItem[] {
  return yearsOf(context.ledger, component.id).get(year) ?? [];
}

/** All messages of one year that name a component: an archive of its feed. */
export function componentArchiveFeed(context: FeedContext, component: Component, year: string): Feed {
  const folderOf = (one: string) => componentArchiveFolder(context, component, one);
  return {
    ...componentHead(context, component),
    ...archiveOf(yearsOf(context.ledger, component.id), year, folderOf, context),
  };
}

/** Leads to the archives before and after. https://www.rfc-editor.org/rfc/rfc5005#section-4 */
function archiveOf(
  periods: Periods,
  period: string,
  folderOf: (period: string) => string,
  context: FeedContext,
): Pick<Feed, 'entries' | 'updated' | 'folder' | 'older' | 'newer'> {
  const names = [...periods.keys()];
  const place = names.indexOf(period);
  const [later, earlier] = [names[place - 1], names[place + 1]];
  return {
    ...entriesOf(periods.get(period) ?? [], context),
    folder: folderOf(period),
    ...(earlier !== undefined && { older: folderOf(earlier) }),
    ...(later !== undefined && { newer: folderOf(later) }),
  };
}

const monthsOf = memoize((ledger: Ledger): Periods => {
  const monthAt = monthNamer(ledger.content.site);
  return Map.groupBy(allNews(ledger), ({ message }) => monthAt(message.at));
});

const yearsOf = memoizePair((ledger: Ledger, component: string): Periods => {
  const news = newsByComponent(ledger).get(component) ?? [];
  if (!isArchived(news)) return new Map();
  const monthAt = monthNamer(ledger.content.site);
  return Map.groupBy(news, ({ message }) => monthAt(message.at).slice(0, 4));
});
