import { componentFeeds, feedsBelow } from './feeds.ts';
import { addDays, dayOf, monthNamer, startOfDay } from '../../core/days.ts';
import { isRetired, startOf } from '../../core/ledger.ts';
import { startedAt } from '../../core/history.ts';
import type { Component, StatusEvent } from '../../core/model.ts';
import { knownSpan, uptime } from '../../core/uptime.ts';
import { percentInWords, slaInWords, uptimeRule } from '../../i18n/uptime.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { TimeVariant } from '../time-variants.ts';
import type { Bar } from './bar.ts';
import { barOf } from './bar.ts';
import type { StatusView } from './components.ts';
import { statusViews } from './components.ts';
import type { EventSummary } from './event.ts';
import { summaryOf } from './event.ts';
import { countsOf } from './history.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import { langOf } from './rich.ts';
import type { Link } from './rich.ts';

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
  follow: { title: Link; links: Link[] };
  recent: { title: string; clock: string; events: EventSummary[]; none: string };
  earlier: { title: string; months: { link: Link; count: string }[] };
}

const RECENT_DAYS = 90;
/** The most events on the page, so that it stays small. */
const RECENT_MOST = 10;
/** The periods for uptime, in days. */
const WINDOWS = [30, 90, 365];

export function componentModel(context: ViewContext, component: Component): ComponentPage {
  const { ledger, words, dates } = context;
  const retired = isRetired(component, ledger.now);
  const start = startOfDay(addDays(dayOf(ledger.now, dates.zone), 1 - RECENT_DAYS), dates.zone);
  const events = (ledger.events.get(component.id) ?? []).filter((event) => hasBegun(context, event));
  const inTime = events.filter((event) => startOf(event) >= start);
  const recent = inTime.slice(0, RECENT_MOST);
  return {
    page: pageOf(context, {
      title: component.name,
      description: component.description ?? words.say('component.description', { component: component.name }),
      path: PATHS.component(component.id),
      feeds: componentFeeds(context, component),
    }),
    id: `c-${component.id}`,
    name: component.name,
    ...langOf(context, component),
    ...describedIn(context, component),
    statuses: retired ? [{ value: retiredView(context, component), when: {} }] : statusViews(context, component),
    bar: barOf(context, component),
    figures: figuresOf(context, component),
    rule: uptimeRule(ledger.content.site.uptime.weights, words),
    follow: {
      title: {
        text: words.say('subscribe'),
        href: context.href(PATHS.subscribe) + (retired ? '' : `#c-${component.id}`),
      },
      links: feedsBelow(context, PATHS.component(component.id)).map(({ title, href }) => ({ text: title, href })),
    },
    recent: {
      title:
        recent.length < inTime.length
          ? words.count('component.newest', recent.length)
          : words.count('component.recent', RECENT_DAYS),
      events: recent.map((event) => summaryOf(context, event, { headingLevel: 3 })),
      clock: words.say('past.clock', { zone: dates.zone }),
      none: words.say('component.quiet'),
    },
    earlier: { title: words.say('component.earlier'), months: monthsOf(context, events.slice(recent.length)) },
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

function hasBegun({ ledger }: ViewContext, event: StatusEvent): boolean {
  return event.kind === 'incident' || startedAt(event, ledger.now) !== undefined;
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

/** The months in which earlier events began, with how many of them there are. */
function monthsOf(context: ViewContext, events: readonly StatusEvent[]): ComponentPage['earlier']['months'] {
  const { dates, href } = context;
  const nameOf = monthNamer(context.ledger.content.site);
  const months = Map.groupBy(events, (event) => nameOf(startOf(event)));
  return [...months].map(([month, own]) => ({
    link: { text: dates.monthTitle(month), href: href(PATHS.month(month)) },
    count: countsOf(context, own),
  }));
}
