import { monthOf } from '../../core/days.ts';
import { isFinal } from '../../core/upcoming-changes.ts';
import type { Month } from '../../core/history.ts';
import type { StatusEvent } from '../../core/model.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { MonthPlace } from './all-pages.ts';
import { allMonths, hasReports, reportPages } from './all-pages.ts';
import { summariesOf } from './event.ts';
import type { EventSummary } from './event.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import type { Link } from './rich.ts';

/** `/history/` */
export interface History {
  page: Page;
  title: string;
  reports?: Link;
  years: { year: string; months: { link: Link; count: string; quiet: boolean }[] }[];
}

/** `/history/YYYY-MM/` */
export interface MonthPage {
  page: Page;
  title: string;
  events: EventSummary[];
  /** Says which time zone its days and times are in. */
  clock: string;
  none: string;
  /** A link to the month's report. */
  report?: Link;
  turner: Turner;
}

/** Links to the previous and next month. */
export interface Turner {
  label: string;
  all: Link;
  /** The arrows for the previous and next month. */
  arrows: readonly [string, string];
  earlier?: Link;
  later?: Link;
}

export function historyModel(context: ViewContext): History {
  const { words, dates, href } = context;
  const title = words.say('history');
  const years = Map.groupBy(allMonths(context), ({ month }) => month.slice(0, 4));
  return {
    page: pageOf(context, { title, description: words.say('history.description'), path: PATHS.history }),
    title,
    ...(hasReports(context) && { reports: { text: words.say('reports.lead_link'), href: href(PATHS.reports) } }),
    years: [...years].map(([year, months]) => ({
      year,
      months: months.map(({ month, events }) => ({
        link: { text: dates.monthName(month), href: href(PATHS.month(month)) },
        count: countsOf(context, events),
        quiet: events.length === 0,
      })),
    })),
  };
}

export function monthModel(context: ViewContext, { month, events, earlier, later }: MonthPlace): MonthPage {
  const { words, dates, href } = context;
  const title = dates.monthTitle(month);
  const link = (other: string): Link => ({ text: dates.monthTitle(other), href: href(PATHS.month(other)) });
  return {
    page: pageOf(context, {
      title,
      description: words.say('history.month_description', {
        month: dates.month(month),
        counts: countsOf(context, events),
      }),
      path: PATHS.month(month),
      finished: isFinalMonth(context, { month, events }),
    }),
    title,
    events: summariesOf(context, events, { headingLevel: 2 }),
    clock: words.say('past.clock', { zone: dates.zone }),
    none: words.say('history.quiet'),
    ...(reportPages(context).includes(month) && {
      report: { text: words.say('report.link', { month: title }), href: href(PATHS.report(month)) },
    }),
    turner: {
      label: words.say('history.turner'),
      arrows: arrowsOf(words),
      all: { text: words.say('history'), href: href(PATHS.history) },
      ...(earlier && { earlier: link(earlier) }),
      ...(later && { later: link(later) }),
    },
  };
}

/** Arrows in reading direction. Their characters are not mirrored automatically. */
export function arrowsOf({ direction }: ViewContext['words']): Turner['arrows'] {
  return direction === 'rtl' ? ['→', '←'] : ['←', '→'];
}

/** Whether a month's page no longer changes with time. */
export function isFinalMonth({ ledger, dates }: ViewContext, { month, events }: Month): boolean {
  return month < monthOf(ledger.now, dates.zone) && events.every((event) => isFinal(event, ledger));
}

/** The number of incidents and maintenance, in words. */
export function countsOf({ words }: ViewContext, events: readonly StatusEvent[]): string {
  const incidents = events.filter(({ kind }) => kind === 'incident').length;
  const maintenance = events.length - incidents;
  const parts = [
    ...(incidents > 0 ? [words.count('history.incidents', incidents)] : []),
    ...(maintenance > 0 ? [words.count('history.maintenance', maintenance)] : []),
  ];
  return parts.length > 0 ? words.list(parts) : words.say('history.quiet');
}
