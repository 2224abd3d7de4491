import type { Ledger } from '../core/ledger.ts';
import type { Component } from '../core/model.ts';
import type { NewsItem } from '../core/news.ts';
import { newsOf } from '../core/news.ts';
import type { Feed, FeedContext } from './feed.ts';
import {
  archiveFolder,
  componentArchiveFolder,
  componentHead,
  componentNews,
  entriesOf,
  isArchived,
  monthOfItem,
  siteHead,
  yearOfItem,
} from './feed.ts';

/** The messages of one feed by the period that they are archived in, newest first. */
type Periods = ReadonlyMap<string, readonly NewsItem[]>;

const remembered = new WeakMap<Ledger, Map<string | undefined, Periods>>();

/** The months in which something was said, newest first, as `YYYY-MM`. */
export function archiveMonths(context: FeedContext): string[] {
  return [...monthsOf(context).keys()];
}

/** The messages that the archive of a month holds, newest first. */
export function archiveNews(context: FeedContext, month: string): readonly NewsItem[] {
  return monthsOf(context).get(month) ?? [];
}

/** All messages of one month: an archive of the feed of the whole page. */
export function archiveFeed(context: FeedContext, month: string): Feed {
  const folderOf = (one: string) => archiveFolder(context, one);
  return { ...siteHead(context), ...archiveOf(monthsOf(context), month, folderOf, context) };
}

/** The years for which a component has archives, newest first, as `YYYY`; none while its feed holds everything. */
export function componentArchiveYears(context: FeedContext, component: Component): string[] {
  return [...yearsOf(context, component).keys()];
}

/** The messages that the archive of a component's year holds, newest first. */
export function componentArchiveNews(context: FeedContext, component: Component, year: string): readonly NewsItem[] {
  return yearsOf(context, component).get(year) ?? [];
}

/** All messages of one year that name a component: an archive of its feed. */
export function componentArchiveFeed(context: FeedContext, component: Component, year: string): Feed {
  const folderOf = (one: string) => componentArchiveFolder(context, component, one);
  return {
    ...componentHead(context, component),
    ...archiveOf(yearsOf(context, component), year, folderOf, context),
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

function monthsOf(context: FeedContext): Periods {
  return remember(context, undefined, () => {
    const { incidents, maintenance } = context.ledger.content;
    const news = newsOf([...incidents, ...maintenance], context.ledger);
    return Map.groupBy(news, (item) => monthOfItem(item, context));
  });
}

function yearsOf(context: FeedContext, component: Component): Periods {
  return remember(context, component.id, () => {
    const news = componentNews(context, component);
    return Map.groupBy(isArchived(news) ? news : [], (item) => yearOfItem(item, context));
  });
}

/** @param component undefined for the whole page */
function remember({ ledger }: FeedContext, component: string | undefined, make: () => Periods): Periods {
  const known = remembered.get(ledger) ?? new Map<string | undefined, Periods>();
  remembered.set(ledger, known);
  const periods = known.get(component) ?? make();
  known.set(component, periods);
  return periods;
}
