import type { Announcements } from './announcement.ts';
import { announcementsOf } from './announcement.ts';
import { dayOf, monthOf } from '../../core/days.ts';
import { isFinal } from '../../core/upcoming-changes.ts';
import type { Month, Period } from '../../core/history.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { MonthPlace } from './all-pages.ts';
import { allMonths, hasReports, reportPages } from './all-pages.ts';
import type { CalendarMonth, Grid, Legend } from './calendar.ts';
import { beginningOf, dayId, legendOf, siteCalendar } from './calendar.ts';
import { countsOf, namedOf, summariesOf } from './event.ts';
import type { EventSummary } from './event.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import type { Link } from './rich.ts';

/** `/history/` */
export interface History {
  page: Page;
  title: string;
  reports?: Link;
  legend: Legend;
  /** The years with the last twelve months, as calendars. */
  years: { id: string; title: string; months: CalendarMonth[] }[];
  /** The years before, folded, as lines. */
  earlier: { id: string; title: string; count: string; months: { link: Link; count: string; quiet: boolean }[] }[];
}

/** `/history/YYYY-MM/` */
export interface MonthPage {
  page: Page;
  title: string;
  count: string;
  calendar: Grid;
  weekdays: readonly string[];
  legend: Legend;
  /** The days on which events began, newest first. */
  days: { id: string; title: string; events: EventSummary[] }[];
  /** What began before the month and lasted into it. */
  lasting?: LastingEvents;
  announcements?: Announcements;
  /** Says which time zone its days and times are in. */
  clock: string;
  /** A link to the month's report. */
  report?: Link;
  turner: Turner;
}

/** Events that began before the time that a page tells of. */
export interface LastingEvents {
  title: string;
  events: EventSummary[];
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

/** This year and the one before always have the last twelve months. */
const YEARS_AS_CALENDARS = 2;

export function historyModel(context: ViewContext): History {
  const { words, dates, href } = context;
  const title = words.say('history');
  const years = [...Map.groupBy(allMonths(context), ({ month }) => month.slice(0, 'YYYY'.length))];
  const recent = years.slice(0, YEARS_AS_CALENDARS).map(([year, months]) => ({
    id: `y-${year}`,
    title: dates.year(year),
    months: months.map((place) => calendarMonth(context, place)),
  }));
  return {
    page: pageOf(context, { title, description: words.say('history.description'), path: PATHS.history }),
    title,
    ...(hasReports(context) && { reports: { text: words.say('reports.lead_link'), href: href(PATHS.reports) } }),
    legend: legendOf(
      context,
      recent.flatMap(({ months }) => months),
    ),
    years: recent,
    earlier: years.slice(YEARS_AS_CALENDARS).map(([year, months]) => ({
      id: `y-${year}`,
      title: dates.year(year),
      count: countsOf(
        context,
        months.flatMap(({ events }) => events),
      ),
      months: months.map((place) => ({
        link: { text: dates.monthName(place.month), href: href(PATHS.month(place.month)) },
        count: countOf(context, place),
        quiet: place.events.length + place.lasting.length === 0,
      })),
    })),
  };
}

/** How many events a period had; where none began in it, how many lasted into it. */
export function countOf(context: ViewContext, { events, lasting }: Period): string {
  return countsOf(context, events.length > 0 ? events : lasting);
}

export function lastingIn(context: ViewContext, { lasting }: Period): { lasting?: LastingEvents } {
  if (lasting.length === 0) return {};
  const events = lasting.map((event) => namedOf(context, event));
  return { lasting: { title: context.words.say('component.earlier'), events } };
}

function calendarMonth(context: ViewContext, place: MonthPlace): CalendarMonth {
  const { dates, href } = context;
  return {
    name: dates.monthName(place.month),
    href: href(PATHS.month(place.month)),
    count: countOf(context, place),
    ...siteCalendar(context, place),
  };
}

export function monthModel(context: ViewContext, place: MonthPlace): MonthPage {
  const { month, events, announcements, earlier, later } = place;
  const { words, dates, href } = context;
  const title = dates.monthTitle(month);
  const calendar = siteCalendar(context, place, true);
  const summaries = summariesOf(context, events, { headingLevel: 3 });
  const beginnings = events.map((event) => dayOf(beginningOf(context, event), dates.zone));
  const days = Map.groupBy(summaries, (_, index) => beginnings[index] ?? '');
  const link = (other: string): Link => ({ text: dates.monthTitle(other), href: href(PATHS.month(other)) });
  return {
    page: pageOf(context, {
      title,
      description: words.say('history.month_description', {
        month: dates.month(month),
        counts: countOf(context, place),
      }),
      path: PATHS.month(month),
      finished: isFinalMonth(context, place),
    }),
    title,
    count: countOf(context, place),
    calendar,
    weekdays: dates.weekdays,
    legend: legendOf(context, [calendar]),
    days: [...days].map(([day, own]) => ({
      id: dayId(day),
      title: dates.weekday(day),
      events: own,
    })),
    ...lastingIn(context, place),
    ...(announcements.length > 0 && { announcements: announcementsOf(context, announcements) }),
    clock: words.say('past.clock', { zone: dates.zone }),
    ...(reportPages(context).includes(month) && {
      report: { text: words.say('report.link', { month: dates.month(month) }), href: href(PATHS.report(month)) },
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
export function isFinalMonth({ ledger, dates }: ViewContext, { month, events, lasting }: Month): boolean {
  return month < monthOf(ledger.now, dates.zone) && [...events, ...lasting].every((event) => isFinal(event, ledger));
}
