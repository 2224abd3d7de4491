import { addDays, dayOf, monthNamer, monthsBetween, startOfDay } from '../../core/days.ts';
import { isRetired } from '../../core/ledger.ts';
import type { Component } from '../../core/model.ts';
import { knownSpan, uptime } from '../../core/uptime.ts';
import { percentInWords, slaInWords, uptimeRule } from '../../i18n/uptime.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { TimeVariant } from '../time-variants.ts';
import type { Bar } from './bar.ts';
import { barOf } from './bar.ts';
import type { StatusView } from './components.ts';
import { statusViews } from './components.ts';
import { yearsOf } from './all-pages.ts';
import type { CalendarMonth, Legend } from './calendar.ts';
import { beginningOf, componentCalendar, legendOf, monthId } from './calendar.ts';
import { countsOf } from './event.ts';
import type { Follow } from './feeds.ts';
import { followOf, namedFeeds } from './feeds.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import type { PartPast } from './part-past.ts';
import { pastOf } from './part-past.ts';
import { langOf } from './rich.ts';

/** `/components/ID/` */
export interface ComponentPage {
  page: Page;
  id: string;
  name: string;
  /** The language of its name, if it is not the page's. */
  lang?: string;
  description?: { text: string; lang?: string };
  statuses: TimeVariant<StatusView>[];
  bar: Bar;
  figures: { label: string; value: string }[];
  rule: string;
  follow: Follow;
  /** The last twelve months, oldest first. */
  calendar: { title: string; months: CalendarMonth[]; legend: Legend };
  past: PartPast;
}

/** In the calendar. */
const MONTHS = 12;
/** The periods for uptime, in days. */
const WINDOWS = [30, 90, 365];

/** What the page says in words, as its twin in Markdown does. */
type ComponentText = Omit<ComponentPage, 'page' | 'id' | 'bar' | 'follow' | 'calendar'>;

export function componentModel(context: ViewContext, component: Component): ComponentPage {
  const { ledger, words } = context;
  const months = componentCalendar(context, component, lastMonths(context));
  return {
    ...componentText(context, component),
    page: pageOf(context, {
      title: component.name,
      description: component.description ?? words.say('component.description', { component: component.name }),
      path: PATHS.component(component.id),
      feeds: namedFeeds(context, PATHS.component(component.id), component.name),
    }),
    id: `c-${component.id}`,
    bar: barOf(context, component),
    follow: followOf(
      context,
      PATHS.component(component.id),
      isRetired(component, ledger.now) ? undefined : `c-${component.id}`,
    ),
    calendar: { title: words.count('reports.months', MONTHS), months, legend: legendOf(context, months) },
  };
}

export function componentText(context: ViewContext, component: Component): ComponentText {
  const { ledger, words } = context;
  return {
    name: component.name,
    ...langOf(context, component),
    ...describedIn(context, component),
    statuses: isRetired(component, ledger.now)
      ? [{ value: retiredView(context, component), when: {} }]
      : statusViews(context, component),
    figures: figuresOf(context, component),
    rule: uptimeRule(ledger.content.site.uptime.weights, words),
    past: pastOf(context, ledger.events.get(component.id) ?? [], yearsIn(context, component)),
  };
}

function describedIn(
  context: ViewContext,
  { description: text, descriptionLang: lang }: Component,
): Pick<ComponentPage, 'description'> {
  return text ? { description: { text, ...langOf(context, lang === undefined ? {} : { lang }) } } : {};
}

function retiredView({ words, dates }: ViewContext, { retired = 0 }: Component): StatusView {
  return { tone: 'unknown', text: words.say('component.retired', { day: dates.day(dayOf(retired, dates.zone)) }) };
}

/** Uptime over each period that is completely on record, else since the start of the record; then the SLA. */
function figuresOf(context: ViewContext, component: Component): ComponentPage['figures'] {
  const { ledger, words, dates } = context;
  const today = dayOf(ledger.now, dates.zone);
  const known = knownSpan(ledger, component);
  const figures: ComponentPage['figures'] = [];
  for (const days of WINDOWS) {
    const from = startOfDay(addDays(today, 1 - days), dates.zone);
    const percent = uptime(ledger, component, { from, to: ledger.now }, ledger.content.site.uptime.weights);
    if (percent === undefined) break;
    const label =
      known.from <= from
        ? words.count('uptime.window', days)
        : words.say('uptime.since', { day: dates.day(dayOf(known.from, dates.zone)) });
    figures.push({ label, value: percentInWords(percent, words) });
    if (known.from > from) break;
  }
  const { sla } = component;
  if (sla !== undefined) figures.push({ label: words.say('component.sla'), value: slaInWords(sla, words) });
  return figures;
}

function lastMonths({ ledger: { now }, dates }: ViewContext): string[] {
  return monthsBetween(now, now, dates.zone, MONTHS - 1).map(({ month }) => month);
}

/** Every year in which something happened, with its months. */
function yearsIn(context: ViewContext, component: Component): PartPast['earlier']['periods'] {
  const { dates, href } = context;
  const nameOf = monthNamer(context.ledger.content.site);
  return yearsOf(context, component).map(({ year, events }) => {
    const page = href(PATHS.componentYear(component.id, year));
    const months = new Set(events.map((event) => nameOf(beginningOf(context, event))));
    return {
      link: { text: dates.year(year), href: page },
      count: countsOf(context, events),
      months: [...months].map((month) => ({ text: dates.monthName(month), href: `${page}#${monthId(month)}` })),
    };
  });
}
