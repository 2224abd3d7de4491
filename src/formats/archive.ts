import type { Ledger } from '../core/ledger.ts';
import type { NewsItem } from '../core/news.ts';
import { newsOf } from '../core/news.ts';
import type { Feed, FeedContext } from './feed.ts';
import { archiveFolder, entriesOf, monthOfItem, siteHead } from './feed.ts';

const remembered = new WeakMap<Ledger, Map<string, NewsItem[]>>();

/** The months in which something was said, newest first, as `YYYY-MM`. */
export function archiveMonths(context: FeedContext): string[] {
  return [...monthsOf(context).keys()];
}

/** The messages that the archive of a month holds, newest first. */
export function archiveNews(context: FeedContext, month: string): readonly NewsItem[] {
  return monthsOf(context).get(month) ?? [];
}

/**
 * All messages of one month: an archive of the feed of the whole page, which leads to the months before and after.
 * https://www.rfc-editor.org/rfc/rfc5005#section-4
 */
export function archiveFeed(context: FeedContext, month: string): Feed {
  const months = archiveMonths(context);
  const place = months.indexOf(month);
  const [later, earlier] = [months[place - 1], months[place + 1]];
  return {
    ...siteHead(context),
    ...entriesOf(archiveNews(context, month), context),
    folder: archiveFolder(context, month),
    ...(earlier !== undefined && { older: archiveFolder(context, earlier) }),
    ...(later !== undefined && { newer: archiveFolder(context, later) }),
  };
}

function monthsOf(context: FeedContext): Map<string, NewsItem[]> {
  const { incidents, maintenance } = context.ledger.content;
  const months =
    remembered.get(context.ledger) ??
    Map.groupBy(newsOf([...incidents, ...maintenance], context.ledger), (item) => monthOfItem(item, context));
  remembered.set(context.ledger, months);
  return months;
}
