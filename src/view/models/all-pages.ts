import type { Instant } from '../../core/days.ts';
import { monthNamer, monthOf } from '../../core/days.ts';
import { areasOf } from '../../core/areas.ts';
import { groupsById } from '../../core/groups.ts';
import type { Month, Year } from '../../core/history.ts';
import { componentByYear, historyByMonth } from '../../core/history.ts';
import { memoize, memoizePair } from '../../core/memoize.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { Announcement, Component, StatusEvent } from '../../core/model.ts';
import { reportMonths } from '../../core/report/month-report.ts';
import { PATHS } from '../addresses.ts';
import type { SitePath } from '../addresses.ts';
import type { ViewContext } from '../context.ts';

interface ListedPage {
  path: SitePath;
  changed?: Instant;
}

const NONE = () => [];

/**
 * The pages of each kind for search engines, in this order. A kind without a line here does not compile.
 */
const LISTED: Readonly<Record<keyof typeof PATHS, (context: ViewContext) => readonly ListedPage[]>> = {
  home: ({ ledger }) => [{ path: PATHS.home, changed: ledger.now }],
  history: () => [{ path: PATHS.history }],
  subscribe: () => [{ path: PATHS.subscribe }],
  reports: (context) => (hasReports(context) ? [{ path: PATHS.reports }] : []),
  component: ({ ledger }) => [...ledger.content.components.keys()].map((id) => ({ path: PATHS.component(id) })),
  group: ({ ledger }) => [...groupsById(ledger.content.tree).keys()].map((id) => ({ path: PATHS.group(id) })),
  componentYear: (context) =>
    [...context.ledger.content.components.values()].flatMap((component) =>
      yearsOf(context, component).map(({ year }) => ({ path: PATHS.componentYear(component.id, year) })),
    ),
  area: ({ ledger }) => areasOf(ledger.content.site).map(({ id }) => ({ path: PATHS.area(id) })),
  month: (context) => allMonths(context).map(({ month }) => ({ path: PATHS.month(month) })),
  report: (context) => reportPages(context).map((month) => ({ path: PATHS.report(month) })),
  event: ({ ledger: { content } }) =>
    [...content.incidents, ...content.maintenance].map((event) => ({ path: PATHS.event(event), ...changedAt(event) })),
  announcement: ({ ledger }) => ledger.announcements.map(({ id }) => ({ path: PATHS.announcement(id) })),
  ownPage: ({ ledger }) => ledger.content.pages.map(({ id }) => ({ path: PATHS.ownPage(id) })),
  searchPart: NONE,
  summary: NONE,
  announcements: NONE,
  openapi: NONE,
  build: NONE,
  embed: NONE,
  embedScript: NONE,
  notFound: NONE,
  icon: NONE,
  appIcon: NONE,
  manifest: NONE,
  preview: NONE,
  eventPreview: NONE,
};

/** All pages for search engines. The home page comes first, then the last changed ones. */
export function allPages(context: ViewContext): { url: string; changed?: Instant }[] {
  const pages = Object.values(LISTED).flatMap((list) => list(context));
  return pages.map(({ path, ...page }) => ({ url: context.absolute(path), ...page }));
}

function changedAt({ updates }: StatusEvent): { changed?: Instant } {
  const changes = updates.map(({ at, edited }) => Math.max(at, edited ?? at));
  return changes.length > 0 ? { changed: Math.max(...changes) } : {};
}

/** Whether the page has public reports. */
export function hasReports({ ledger }: Pick<ViewContext, 'ledger'>): boolean {
  return ledger.content.site.reports === 'public';
}

/** The months with a report, newest first. Empty if reports are not public. */
export function reportPages(context: Pick<ViewContext, 'ledger'>): string[] {
  return hasReports(context) ? reportMonths(context.ledger) : [];
}

/** A month and its neighbours. */
export interface MonthPlace extends Month {
  /** Newest first. */
  announcements: readonly Announcement[];
  earlier?: string;
  later?: string;
}

/** All months from the first on record to the current one, newest first. */
export function allMonths({ ledger }: Pick<ViewContext, 'ledger'>): readonly MonthPlace[] {
  return monthsIn(ledger);
}

const monthsIn = memoize(({ announcements: all, content, now }: Ledger): readonly MonthPlace[] => {
  const eventful = historyByMonth(content, now);
  const present = monthOf(now, content.site.time_zone);
  const monthAt = monthNamer(content.site);
  const announced = Map.groupBy(all, ({ from }) => monthAt(from));
  const firsts = [present, eventful.at(-1)?.month ?? present, [...announced.keys()].at(-1) ?? present].sort();
  const names = monthsBetween(firsts[0] ?? present, eventful[0]?.month ?? present, present);
  const known = new Map(eventful.map((month) => [month.month, month]));
  return names.map((month, index) => {
    const [later, earlier] = [names[index - 1], names[index + 1]];
    const period = known.get(month) ?? { month, events: [], lasting: [] };
    const announcements = announced.get(month) ?? [];
    return { ...period, announcements, ...(earlier && { earlier }), ...(later && { later }) };
  });
});

/** A year of a component's past and its neighbours. */
export interface YearPlace extends Year {
  earlier?: string;
  later?: string;
}

/** The years in which something happened to a component, newest first. */
export function yearsOf({ ledger }: Pick<ViewContext, 'ledger'>, component: Component): readonly YearPlace[] {
  return yearsIn(ledger, component);
}

const yearsIn = memoizePair((ledger: Ledger, { id }: Component): readonly YearPlace[] => {
  const years = componentByYear(ledger, id);
  return years.map((one, index) => {
    const [later, earlier] = [years[index - 1]?.year, years[index + 1]?.year];
    return { ...one, ...(earlier && { earlier }), ...(later && { later }) };
  });
});

/** Newest first. */
function monthsBetween(first: string, ...lasts: string[]): string[] {
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  const name = (value: number) => `${Math.floor(value / 12)}-${String((value % 12) + 1).padStart(2, '0')}`;
  const last = Math.max(...lasts.map(number));
  return Array.from({ length: last - number(first) + 1 }, (_, index) => name(last - index));
}
