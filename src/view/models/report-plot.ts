import type { MonthReport } from '../../core/report/month-report.ts';
import { shortLength } from '../../i18n/durations.ts';
import { numberInWords } from '../../i18n/numbers.ts';
import type { ViewContext } from '../context.ts';

/** A figure over the months as columns, oldest first, and in words. */
export interface Plot {
  title: string;
  /** Everything that it shows, for screen readers. */
  label: string;
  /** Its width in months. */
  width: number;
  /** A column a month, those of months without a number left out. */
  columns: { path: string; title: string; soFar: boolean }[];
  /** The extreme value: the greatest, or the least for percentages. */
  extreme: string;
}

/** One number of a month, as a plot has it. */
interface Series {
  title: string;
  /** Nothing where there is nothing to count. */
  of: (report: MonthReport) => number | undefined;
  say: (value: number) => string;
  /** The value of a full column, if that is not the greatest one. */
  full?: number;
}

const HEIGHT = 40;
/** The minimum height of a column, so that small values are visible. */
const LEAST = 1.5;

/** @param reports of consecutive months, oldest first */
export function plotsOf(context: ViewContext, reports: readonly MonthReport[]): Plot[] {
  const { words } = context;
  const length = (value: number) => shortLength(value, words);
  const series: Series[] = [
    {
      title: words.say('report.incidents'),
      of: ({ figures }) => figures.incidents,
      say: (value) => numberInWords(value, words),
    },
    { title: words.say('report.first_update'), of: ({ figures }) => figures.firstUpdate?.median, say: length },
    { title: words.say('report.silence'), of: ({ figures }) => figures.silence?.greatest, say: length },
    {
      title: words.say('report.promises'),
      of: ({ figures: { promises } }) => share(promises.kept, promises.late + promises.missed),
      say: (value) => words.say('uptime.percent', { number: numberInWords(value, words) }),
      full: 100,
    },
    { title: words.say('report.resolved'), of: ({ figures }) => figures.resolvedAfter?.median, say: length },
    { title: words.say('report.down'), of: ({ figures }) => figures.anyDown, say: length },
  ];
  return series.map((one) => plotOf(context, reports, one));
}

function share(kept: number, others: number): number | undefined {
  return kept + others === 0 ? undefined : Math.floor((kept / (kept + others)) * 10_000) / 100;
}

function plotOf({ ledger, words, dates }: ViewContext, reports: readonly MonthReport[], series: Series): Plot {
  const values = reports.flatMap((report, place) => {
    const value = series.of(report);
    return value === undefined ? [] : [{ place, value, text: series.say(value), month: dates.month(report.month) }];
  });
  const most = Math.max(0, ...values.map(({ value }) => value));
  const least = Math.min(...values.map(({ value }) => value));
  const extreme =
    series.full === undefined
      ? words.say('report.plot.most', { value: series.say(most) })
      : words.say('report.plot.least', { value: series.say(least) });
  const full = series.full ?? most;
  const parts = values.map(({ month, text }) => words.say('report.plot.part', { month, value: text }));
  return {
    title: series.title,
    label: words.say('report.plot', { name: series.title, parts: words.list(parts) || words.say('report.plot.none') }),
    width: reports.length,
    columns: values
      .filter(({ value }) => value > 0)
      .map(({ place, value, text, month }) => ({
        path: column(place, Math.max((value / full) * HEIGHT, LEAST)),
        title: words.say('report.plot.part', { month, value: text }),
        soFar: (reports[place]?.to ?? 0) > ledger.now,
      })),
    extreme: values.length === 0 ? words.say('report.nothing') : extreme,
  };
}

function column(place: number, height: number): string {
  const rounded = Math.round(height * 100) / 100;
  return `M${place}.1 ${HEIGHT}v-${rounded}h.8v${rounded}z`;
}
