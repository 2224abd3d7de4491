import { dayOf, monthNamer, monthOf } from '../../core/days.ts';
import { isFinal } from '../../core/upcoming-changes.ts';
import type { Component } from '../../core/model.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { YearPlace } from './all-pages.ts';
import type { CalendarMonth, Legend } from './calendar.ts';
import { beginningOf, componentCalendar, legendOf, monthId, monthUptime } from './calendar.ts';
import type { EventSummary } from './event.ts';
import { namedOf } from './event.ts';
import { namedFeeds } from './feeds.ts';
import type { LastingEvents, Turner } from './history.ts';
import { arrowsOf, countOf, lastingIn } from './history.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import type { Link } from './rich.ts';
import { langOf } from './rich.ts';

/** `/components/ID/history/YYYY/` */
export interface ComponentYearPage {
  page: Page;
  component: Link;
  year: string;
  count: string;
  calendar: { months: CalendarMonth[]; legend: Legend };
  /** Says which time zone its days and times are in. */
  clock: string;
  /** The months in which events began, newest first. */
  months: { id: string; title: string; events: EventSummary[] }[];
  /** What began before the year and lasted into it. */
  lasting?: LastingEvents;
  turner: Turner;
}

/** What the page says in words, as its twin in Markdown does. */
type ComponentYearText = Omit<ComponentYearPage, 'page' | 'count' | 'calendar' | 'clock'>;

export function componentYearModel(context: ViewContext, component: Component, place: YearPlace): ComponentYearPage {
  const { words, dates } = context;
  const { year } = place;
  const calendar = componentCalendar(context, component, monthsOf(context, year));
  const count = countOf(context, place);
  return {
    ...componentYearText(context, component, place),
    page: pageOf(context, {
      title: `${component.name} ${dates.year(year)}`,
      description: `${component.name} ${dates.year(year)}: ${count}`,
      path: PATHS.componentYear(component.id, year),
      feeds: namedFeeds(context, PATHS.component(component.id), component.name),
      finished: isFinalYear(context, place),
    }),
    count,
    calendar: { months: calendar, legend: legendOf(context, calendar) },
    clock: words.say('past.clock', { zone: dates.zone }),
  };
}

export function componentYearText(context: ViewContext, component: Component, place: YearPlace): ComponentYearText {
  const { ledger, words, dates, href } = context;
  const { year, events, earlier, later } = place;
  const nameOf = monthNamer(ledger.content.site);
  const months = Map.groupBy(events, (event) => nameOf(beginningOf(context, event)));
  const named = { text: component.name, ...langOf(context, component), href: href(PATHS.component(component.id)) };
  const link = (other: string): Link => ({
    text: dates.year(other),
    href: href(PATHS.componentYear(component.id, other)),
  });
  return {
    component: named,
    year: dates.year(year),
    months: [...months].map(([month, own]) => ({
      id: monthId(month),
      title: dates.monthTitle(month),
      events: own.map((event) => namedOf(context, event)),
    })),
    ...lastingIn(context, place),
    turner: {
      label: words.say('history'),
      arrows: arrowsOf(words),
      all: named,
      ...(earlier && { earlier: link(earlier) }),
      ...(later && { later: link(later) }),
    },
  };
}

/** The months of a year up to the present one. */
function monthsOf({ ledger, dates }: ViewContext, year: string): string[] {
  const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
  return months.filter((month) => month <= monthOf(ledger.now, dates.zone));
}

/** Whether a year's page changes only with what `clockOf` says. */
export function isFinalYear({ ledger }: ViewContext, { events, lasting }: YearPlace): boolean {
  return [...events, ...lasting].every((event) => isFinal(event, ledger));
}

/** What the page of a final year shows of the clock: nothing, or today and the uptime of this month. */
export function clockOf(context: ViewContext, component: Component, { year }: YearPlace): string {
  const today = dayOf(context.ledger.now, context.dates.zone);
  return today.startsWith(year) ? `${today} ${monthUptime(context, component, today.slice(0, 'YYYY-MM'.length))}` : '';
}
