import type { Ledger } from '../core/ledger.ts';
import type { StatusEvent } from '../core/model.ts';
import type { Moment } from './feed-entry.ts';
import { momentsOf } from './feed-entry.ts';
import type { Feed, FeedContext } from './feed.ts';
import { archiveFolder, entriesOf, monthOfMoment, siteHead } from './feed.ts';

const remembered = new WeakMap<Ledger, Map<string, Moment[]>>();

/** The months in which something was said, newest first, as `YYYY-MM`. */
export function archiveMonths(context: FeedContext): string[] {
  return [...monthsOf(context).keys()];
}

/** The events whose updates the archive of a month holds. */
export function archiveEvents(context: FeedContext, month: string): StatusEvent[] {
  return [...new Set((monthsOf(context).get(month) ?? []).map(({ event }) => event))];
}

/**
 * All updates of one month: an archive of the feed of the whole page, which leads to the month before.
 * https://www.rfc-editor.org/rfc/rfc5005#section-4
 */
export function archiveFeed(context: FeedContext, month: string): Feed {
  const months = archiveMonths(context);
  const earlier = months[months.indexOf(month) + 1];
  return {
    ...siteHead(context),
    ...entriesOf(monthsOf(context).get(month) ?? [], context),
    folder: archiveFolder(context, month),
    ...(earlier !== undefined && { older: archiveFolder(context, earlier) }),
  };
}

function monthsOf(context: FeedContext): Map<string, Moment[]> {
  const { incidents, maintenance } = context.ledger.content;
  const months =
    remembered.get(context.ledger) ??
    Map.groupBy(momentsOf([...incidents, ...maintenance]), (moment) => monthOfMoment(moment, context));
  remembered.set(context.ledger, months);
  return months;
}
