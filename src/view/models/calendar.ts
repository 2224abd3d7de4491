import type { DaySpan, Instant } from '../../core/days.ts';
import { daysOfMonth, monthNamer } from '../../core/days.ts';
import type { Period } from '../../core/history.ts';
import { pastOf } from '../../core/history.ts';
import type { Ledger } from '../../core/ledger.ts';
import { startOf } from '../../core/ledger.ts';
import { memoizePair } from '../../core/memoize.ts';
import type { Component, StatusEvent } from '../../core/model.ts';
import { componentSpans } from '../../core/timeline.ts';
import { dayStatuses, uptime } from '../../core/uptime.ts';
import { percentInWords } from '../../i18n/uptime.ts';
import { hrefOf, PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import { statusTone } from '../tone.ts';
import type { Tone } from '../tone.ts';
import { eventsOn, statusInWords } from './bar.ts';
import { countsOf, eventTone } from './event.ts';

/** A month as a calendar of its days, up to today. */
export interface CalendarMonth extends Grid {
  name: string;
  /** Where its events are told. */
  href?: string;
  uptime?: string;
  /** How many events it had. */
  count?: string;
}

export interface Grid {
  /** How many days of its first week come before it. */
  before: number;
  cells: Cell[];
}

/** Days in a row on which nothing stands out, or a day that does and where it leads. */
export type Cell = { quiet: 'ok' | 'unknown'; days: number } | MarkedDay;

interface MarkedDay {
  tone: Tone;
  title: string;
  href: string;
}

/** What the shapes in a calendar stand for, mildest first. */
export type Legend = { tone: Tone; text: string }[];

/** Mildest first. */
const TONES: readonly Tone[] = ['ok', 'note', 'maintenance', 'unknown', 'degraded', 'partial', 'major'];

/** The anchor of a day on the page of its month. */
export function dayId(day: string): string {
  return `d-${day.slice('YYYY-MM-'.length)}`;
}

/** The anchor of a month on the page of a component's year. */
export function monthId(month: string): string {
  return `m-${month.slice('YYYY-'.length)}`;
}

/**
 * A month of the whole site: each day shows the worst that an event brought on it. A day with one event leads to it, one
 * with several to its place on the month's page.
 * @param isAbove whether it stands above the events, so that days lead down to them
 */
export function siteCalendar(context: ViewContext, period: Period & { month: string }, isAbove = false): Grid {
  const { ledger, words, href } = context;
  const days = monthDays(context, period.month);
  const marks = marksOf(context, period, days);
  const page = isAbove ? '' : href(PATHS.month(period.month));
  return gridOf(context, days, (span, index) => {
    const events = [...(marks[index] ?? [])].sort(([, a], [, b]) => rankOf(b) - rankOf(a));
    const [worst] = events;
    if (!worst) return span.to > (ledger.firstRecord ?? Infinity) ? 'ok' : 'unknown';
    const [[event, tone], all] = [worst, events.map(([one]) => one)];
    const what = all.length === 1 ? event.title : countsOf(context, all);
    const isTold = all.some((one) => isOn(span, beginningOf(context, one)));
    return {
      tone,
      title: titleOf(context, span, words.clauses([nameOf(context, tone), what])),
      href: isTold && (isAbove || all.length > 1) ? `${page}#${dayId(span.day)}` : hrefOf(context, event),
    };
  });
}

/** The events of each day, with the worst that each brought on it. */
function marksOf(context: ViewContext, period: Period, days: readonly DaySpan[]): Map<StatusEvent, Tone>[] {
  const marks = days.map(() => new Map<StatusEvent, Tone>());
  for (const event of [...period.events, ...period.lasting]) {
    for (const { from, to, tone } of effectsOf(context, event)) {
      days.forEach((day, index) => {
        const known = marks[index]?.get(event);
        if (day.from >= to || day.to <= from || from > context.ledger.now) return;
        if (known === undefined || rankOf(tone) > rankOf(known)) marks[index]?.set(event, tone);
      });
    }
  }
  return marks;
}

/** What an event did to components and when; all of its time if it did nothing to any. */
function effectsOf({ ledger }: ViewContext, event: StatusEvent): { from: Instant; to: Instant; tone: Tone }[] {
  const past = pastOf(event, ledger.now);
  if (!past) return [];
  const { began, ended } = past;
  const spans = [...componentSpans(event).values()].flat();
  if (spans.length === 0) return [{ from: began, to: Math.max(ended, began + 1), tone: eventTone(event) }];
  const effects = spans.map(({ from, to, status }) => ({ from, to, tone: statusTone(status) as Tone }));
  // It is marked on the day it began, even if it affected nothing before a later one.
  const isFelt = effects.some(({ from, to }) => from <= began && began < to);
  return isFelt ? effects : [{ from: began, to: began + 1, tone: eventTone(event) }, ...effects];
}

/**
 * Months of a component: each day shows its status, and leads to what affected it.
 * @param months as `YYYY-MM`, oldest first
 */
export function componentCalendar(
  context: ViewContext,
  component: Component,
  months: readonly string[],
): CalendarMonth[] {
  const { ledger, dates, href } = context;
  const spans = months.map((month) => monthDays(context, month));
  const [from, to] = [spans[0]?.[0]?.from ?? Infinity, spans.at(-1)?.at(-1)?.to ?? 0];
  const past = (ledger.events.get(component.id) ?? []).filter((event) => {
    const known = pastOf(event, ledger.now);
    return known && known.began < to && known.ended > from;
  });
  const eventsOf = eventsOn(past, component.id, from);
  const monthAt = monthNamer(ledger.content.site);
  const told = new Set(past.map((event) => monthAt(beginningOf(context, event))));
  return months.map((month, index) => {
    const days = spans[index] ?? [];
    const statuses = dayStatuses(ledger, component, days);
    const place = `${href(PATHS.componentYear(component.id, month.slice(0, 'YYYY'.length)))}#${monthId(month)}`;
    return {
      name: dates.monthName(month),
      ...(told.has(month) && { href: place }),
      uptime: monthUptime(context, component, month),
      ...gridOf(context, days, (span, at) => {
        const day = statuses[at];
        if (!day || day.status === 'no_data') return 'unknown';
        if (day.status === 'operational') return 'ok';
        const events = eventsOf(day);
        const [first] = events;
        return {
          tone: statusTone(day.status),
          title: [titleOf(context, span, statusInWords(context, day)), ...events.map(({ title }) => title)].join('\n'),
          href: first && (events.length === 1 || !told.has(month)) ? hrefOf(context, first) : place,
        };
      }),
    };
  });
}

/** The uptime in a month so far; empty where nothing is known. */
export function monthUptime(context: ViewContext, component: Component, month: string): string {
  const { ledger, words } = context;
  const days = monthDays(context, month);
  const window = { from: days[0]?.from ?? Infinity, to: Math.min(days.at(-1)?.to ?? 0, ledger.now) };
  const percent = uptime(ledger, component, window, ledger.content.site.uptime.weights);
  return percent === undefined ? '' : percentInWords(percent, words);
}

function gridOf(
  { dates }: ViewContext,
  days: readonly DaySpan[],
  cellOf: (span: DaySpan, index: number) => 'ok' | 'unknown' | MarkedDay,
): Grid {
  const cells: Cell[] = [];
  days.forEach((span, index) => {
    const cell = cellOf(span, index);
    const last = cells.at(-1);
    if (typeof cell !== 'string') cells.push(cell);
    else if (last && 'quiet' in last && last.quiet === cell) last.days += 1;
    else cells.push({ quiet: cell, days: 1 });
  });
  return { before: days[0] ? dates.placeInWeek(days[0].day) : 0, cells };
}

/** A legend of the shapes that are used. */
export function legendOf(context: ViewContext, months: readonly Grid[]): Legend {
  const cells = months.flatMap((month) => month.cells);
  const used = new Set(cells.map((cell) => ('quiet' in cell ? (cell.quiet === 'ok' ? 'ok' : undefined) : cell.tone)));
  return TONES.filter((tone) => used.has(tone)).map((tone) => ({ tone, text: nameOf(context, tone) }));
}

const NAMES = {
  ok: 'component_status.operational',
  note: 'notice',
  maintenance: 'component_status.under_maintenance',
  unknown: 'page_status.unclear',
  degraded: 'component_status.degraded_performance',
  partial: 'component_status.partial_outage',
  major: 'component_status.major_outage',
} as const satisfies Record<Tone, string>;

function nameOf({ words }: ViewContext, tone: Tone): string {
  return words.say(NAMES[tone]);
}

/** Each month's days are found once for all pages. */
const daysIn = memoizePair(({ content, now }: Ledger, month: string) =>
  daysOfMonth(month, now, content.site.time_zone),
);

function monthDays({ ledger }: ViewContext, month: string): DaySpan[] {
  return daysIn(ledger, month);
}

/** When an event began, as its lists by day and month have it. */
export function beginningOf({ ledger }: ViewContext, event: StatusEvent): Instant {
  return pastOf(event, ledger.now)?.began ?? startOf(event);
}

function titleOf({ words, dates }: ViewContext, { day }: DaySpan, status: string): string {
  return words.say('uptime.day', { day: dates.shortDay(day), status });
}

function isOn({ from, to }: DaySpan, instant: Instant): boolean {
  return from <= instant && instant < to;
}

function rankOf(tone: Tone): number {
  return TONES.indexOf(tone);
}
