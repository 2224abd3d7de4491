import type { Instant } from '../../core/days.ts';
import { lastDays } from '../../core/days.ts';
import type { Component, StatusEvent } from '../../core/model.ts';
import { memoizePair } from '../../core/memoize.ts';
import { componentSpans } from '../../core/timeline.ts';
import { dayStatuses, uptime } from '../../core/uptime.ts';
import type { DayStatus } from '../../core/uptime.ts';
import { COMPONENT_STATUSES } from '../../core/vocabulary.ts';
import { durationInWords } from '../../i18n/durations.ts';
import { percentInWords } from '../../i18n/uptime.ts';
import { hrefOf } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import { statusTone } from '../tone.ts';
import type { StatusTone } from '../tone.ts';
import { langOf } from './rich.ts';
import type { Link } from './rich.ts';

/** A component's days as a picture and as a table. */
export interface Bar {
  /** The uptime, with text before and after it for screen readers. */
  before: string;
  figure: string;
  after: string;
  /** Its width in days. */
  width: number;
  /** Ranges of equal days, drawn with a shared pattern. */
  runs: { pattern: QuietTone; path: string }[];
  /** Each day that stands out. */
  days: { tone: LoudTone; path: string; title: string }[];
  caption: BarCaption;
  /** The table's columns. */
  head: string[];
  /** Newest first. */
  rows: DayRow[];
}

/** The labels below the two ends of a bar. */
export interface BarCaption {
  first: string;
  last: string;
}

/** The picture alone: a line through the days of each tone, drawn with its pattern. Components with equal days share one. */
export type BarPicture = { tone: StatusTone; path: string }[];

/** The uptime in a list: only the number, with text before and after it for screen readers. */
export interface Figure {
  before: string;
  number: string;
  after: string;
}

/** One day, or a range of equal days. */
export interface DayRow {
  days: string;
  status: string;
  events: Link[];
}

type QuietTone = 'ok' | 'unknown';
type LoudTone = Exclude<StatusTone, QuietTone>;

/** A placeholder for the figure. The sentence is split there: the rest is only for screen readers. */
const FIGURE = '\ufffc';
const DAY_HEIGHT = 32;
const LEAST_SECONDS_TOLD = 60;

/** The outline of one day. Worse days are taller, and each status has its own shape. */
export const DAYS: Readonly<Record<StatusTone, (x: number) => string>> = {
  ok: (x) => `M${x}.1 10h.8v22h-.8z`,
  unknown: (x) => `M${x}.1 29h.8v3h-.8z`,
  maintenance: (x) => `M${x}.1 10h.8v9h-.8zm0 13h.8v9h-.8z`,
  degraded: (x) => `M${x}.1 6h.8v6h-.8zm0 9h.8v17h-.8z`,
  partial: (x) => `M${x}.1 32v-22l.4-8 .4 8v22z`,
  major: (x) => `M${x} 0h1v32h-1z`,
};

/** The bar of a component over the days that the site shows. */
export function barOf(context: ViewContext, component: Component): Bar {
  const { words, dates } = context;
  const { count, runs } = daysOf(context, component);
  const [before = '', after = ''] = words
    .count('uptime.bar', count, { component: component.name, figure: FIGURE })
    .split(FIGURE);
  return {
    before,
    after,
    figure: sentenceOf(context, component),
    width: count,
    runs: runs.flatMap(({ tone, from, days }) =>
      isLoud(tone) ? [] : [{ pattern: tone, path: `M${from} 0h${days.length}v${DAY_HEIGHT}h-${days.length}z` }],
    ),
    days: runs.flatMap(({ tone, from, days: [day] }) => {
      if (!isLoud(tone) || !day) return [];
      const title = words.say('uptime.day', { day: dates.shortDay(day.day), status: statusInWords(context, day) });
      return [{ tone, path: DAYS[tone](from), title }];
    }),
    caption: captionOf(context),
    head: [words.say('uptime.table.days'), words.say('uptime.table.status')],
    rows: rowsOf(context, component, runs),
  };
}

export function captionOf({ ledger, words }: ViewContext): BarCaption {
  const first = words.count('uptime.days_ago', ledger.content.site.uptime.days);
  return { first, last: words.say('uptime.today') };
}

export function pictureOf(context: ViewContext, component: Component): BarPicture {
  const { runs } = daysOf(context, component);
  return [...Map.groupBy(runs, ({ tone }) => tone)].map(([tone, same]) => ({
    tone,
    path: same.map(({ from, days }) => `M${from} ${DAY_HEIGHT / 2}h${days.length}`).join(''),
  }));
}

export function figureOf(context: ViewContext, component: Component): Figure {
  const { percent } = daysOf(context, component);
  if (percent === undefined) return { before: sentenceOf(context, component), number: '–', after: '' };
  const [before = '', after = ''] = sentenceOf(context, component, FIGURE).split(FIGURE);
  const mark = isUncounted(context, component) ? '*' : '';
  return { before, number: percentInWords(percent, context.words) + mark, after };
}

/** Whether the uptime is 100% although the bar shows problems. A footnote says why. */
export function isUncounted(context: ViewContext, component: Component): boolean {
  const { percent, runs } = daysOf(context, component);
  return percent === 100 && runs.some(({ tone }) => isLoud(tone));
}

/** The days and the uptime that a bar shows. */
const daysOf = memoizePair((context: ViewContext, component: Component) => {
  const { ledger, dates } = context;
  const { days: count, weights } = ledger.content.site.uptime;
  const spans = lastDays(ledger.now, count, dates.zone);
  const days = dayStatuses(ledger, component, spans);
  const percent = uptime(ledger, component, { from: spans[0]?.from ?? ledger.now, to: ledger.now }, weights);
  return { count, percent, days, runs: runsOf(days) };
});

/**
 * The uptime, and its first day if that is not the bar's.
 * @param number a placeholder for the percentage
 */
function sentenceOf(context: ViewContext, component: Component, number?: string): string {
  const { words, dates } = context;
  const { percent, days } = daysOf(context, component);
  if (percent === undefined) return words.say('uptime.unknown');
  const known = days.find(({ status }) => status !== 'no_data');
  const figure = { percent: number ?? percentInWords(percent, words) };
  if (!known || known === days[0]) return words.say('uptime.figure', figure);
  return words.say('uptime.figure_since', { ...figure, day: dates.shortDay(known.day) });
}

interface Run {
  tone: StatusTone;
  /** Place of its first day among all. */
  from: number;
  /** Several only for days without problems. */
  days: DayStatus[];
}

function runsOf(days: readonly DayStatus[]): Run[] {
  const runs: Run[] = [];
  days.forEach((day, from) => {
    const tone = statusTone(day.status);
    const last = runs.at(-1);
    if (last?.tone === tone && !isLoud(tone)) last.days.push(day);
    else runs.push({ tone, from, days: [day] });
  });
  return runs;
}

function isLoud(tone: StatusTone): tone is LoudTone {
  return tone !== 'ok' && tone !== 'unknown';
}

function rowsOf(context: ViewContext, component: Component, runs: readonly Run[]): DayRow[] {
  const { ledger, dates } = context;
  const events = eventsOn(ledger.events.get(component.id) ?? [], component.id, runs[0]?.days[0]?.from ?? 0);
  return [...runs].reverse().flatMap(({ tone, days }) => {
    const [first, last] = [days[0], days.at(-1)];
    if (!first || !last) return [];
    return [
      {
        days: dates.shortDays(first.day, last.day),
        status: statusInWords(context, first),
        events: isLoud(tone)
          ? events(first).map((event) => ({
              text: event.title,
              ...langOf(context, event),
              href: hrefOf(context, event),
            }))
          : [],
      },
    ];
  });
}

/** The statuses of a day with their durations, worst first. */
export function statusInWords({ words }: ViewContext, { status, seconds }: DayStatus): string {
  if (status === 'no_data' || status === 'operational') return words.say(`component_status.${status}`);
  const told = COMPONENT_STATUSES.toReversed().filter(
    (one) => one === status || (seconds[one] ?? 0) >= LEAST_SECONDS_TOLD,
  );
  return words.clauses(
    told.map((one) =>
      words.say('uptime.status_for', {
        status: words.say(`component_status.${one}`),
        duration: durationInWords((seconds[one] ?? 0) * 1000, words),
      }),
    ),
  );
}

/** Which of the events affected a component on a day, from an instant on. */
export function eventsOn(
  events: readonly StatusEvent[],
  id: string,
  start: Instant,
): (day: DayStatus) => readonly StatusEvent[] {
  const spans = events
    .map((event) => ({ event, spans: componentSpans(event).get(id) ?? [] }))
    .filter((one) => one.spans.some(({ to }) => to > start));
  return (day) =>
    spans.filter((one) => one.spans.some(({ from, to }) => from < day.to && to > day.from)).map(({ event }) => event);
}
