import { addDays, dayOf, monthNamer, startOfDay } from '../../core/days.ts';
import { startedAt } from '../../core/history.ts';
import { startOf } from '../../core/ledger.ts';
import type { StatusEvent } from '../../core/model.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { EventSummary } from './event.ts';
import { countsOf, summaryOf } from './event.ts';
import type { Link } from './rich.ts';

/** The past of a part of the page: of a component or a group. */
export interface PartPast {
  recent: { title: string; clock: string; events: EventSummary[]; none: string };
  /** Months or years, each with how many events it had; with a year, links to its months. */
  earlier: { title: string; periods: { link: Link; count: string; months?: Link[] }[] };
}

const RECENT_DAYS = 90;
/** The most events on the page, so that it stays small. */
const RECENT_MOST = 10;

/**
 * @param all every event of that part, newest first
 * @param periods what to list below the newest events: without, the months of those before them
 */
export function pastOf(
  context: ViewContext,
  all: readonly StatusEvent[],
  periods?: PartPast['earlier']['periods'],
): PartPast {
  const { ledger, words, dates } = context;
  const start = startOfDay(addDays(dayOf(ledger.now, dates.zone), 1 - RECENT_DAYS), dates.zone);
  const events = all.filter((event) => hasBegun(context, event));
  const inTime = events.filter((event) => startOf(event) >= start);
  const recent = inTime.slice(0, RECENT_MOST);
  return {
    recent: {
      title:
        recent.length < inTime.length
          ? words.count('component.newest', recent.length)
          : words.count('component.recent', RECENT_DAYS),
      events: recent.map((event) => summaryOf(context, event, { headingLevel: 3 })),
      clock: words.say('past.clock', { zone: dates.zone }),
      none: words.say('component.quiet'),
    },
    earlier: periods
      ? { title: words.say('history'), periods }
      : { title: words.say('component.earlier'), periods: monthsOf(context, events.slice(recent.length)) },
  };
}

function hasBegun({ ledger }: ViewContext, event: StatusEvent): boolean {
  return event.kind === 'incident' || startedAt(event, ledger.now) !== undefined;
}

/** The months in which earlier events began, with how many of them there are. */
function monthsOf(context: ViewContext, events: readonly StatusEvent[]): PartPast['earlier']['periods'] {
  const { dates, href } = context;
  const nameOf = monthNamer(context.ledger.content.site);
  const months = Map.groupBy(events, (event) => nameOf(startOf(event)));
  return [...months].map(([month, own]) => ({
    link: { text: dates.monthTitle(month), href: href(PATHS.month(month)) },
    count: countsOf(context, own),
  }));
}
