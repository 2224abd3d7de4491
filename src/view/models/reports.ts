import type { MonthReport } from '../../core/report/month-report.ts';
import { incidentCount, monthReport, repeatedOf, reportMonths } from '../../core/report/month-report.ts';
import { monthCells, monthColumns, repeatedRule } from '../../i18n/report-tables.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import type { Repeated } from './report.ts';
import { repeatedView } from './report.ts';
import type { Plot } from './report-plot.ts';
import { plotsOf } from './report-plot.ts';
import type { Link, Rich } from './rich.ts';

/** `/reports/` */
export interface ReportsPage {
  page: Page;
  title: string;
  lead: string;
  plots: Plot[];
  recent: { title: string; note: string; head: string[]; rows: { link: Link; note: string; cells: string[] }[] };
  repeated: Repeated;
  all: { title: string; years: { year: string; months: { link: Link; count: string; quiet: boolean }[] }[] };
  data: Rich;
}

const RECENT = 12;

export function reportsModel(context: ViewContext): ReportsPage {
  const { ledger, words, href } = context;
  const title = words.say('reports.title');
  const months = reportMonths(ledger);
  const reports = months.slice(0, RECENT).map((month) => monthReport(ledger, month));
  const file = (name: string, text: string): Link => ({ text, href: `${href(PATHS.reports)}${name}` });
  return {
    page: pageOf(context, { title, description: words.say('reports.description'), path: PATHS.reports }),
    title,
    lead: words.say('reports.lead'),
    plots: plotsOf(context, [...reports].reverse()),
    recent: recentOf(context, reports),
    repeated: repeatedView(context, repeatedOf(ledger, RECENT), repeatedRule('reports', context)),
    all: { title: words.say('reports.all'), years: yearsOf(context, months) },
    data: words.parts<Rich[number]>('reports.data', {
      json: file('report.json', words.say('reports.json')),
      csv: file('report.csv', words.say('reports.csv')),
    }),
  };
}

function recentOf(context: ViewContext, reports: readonly MonthReport[]): ReportsPage['recent'] {
  const { words } = context;
  const columns = monthColumns(context);
  return {
    title: words.count('reports.months', reports.length),
    note: words.say('reports.months.note'),
    head: [words.say('reports.month'), ...columns.map((column) => column.title)],
    rows: reports.map((report) => {
      const cells = monthCells(report, context);
      return {
        link: linkTo(context, report.month, context.dates.monthTitle(report.month)),
        note: report.to > context.ledger.now ? words.say('reports.so_far') : '',
        cells: columns.map(({ id }) => cells[id].text),
      };
    }),
  };
}

function yearsOf(context: ViewContext, months: readonly string[]): ReportsPage['all']['years'] {
  const { ledger, words, dates } = context;
  const years = Map.groupBy(months, (month) => month.slice(0, 4));
  return [...years].map(([year, own]) => ({
    year,
    months: own.map((month) => {
      const count = incidentCount(ledger, month);
      return {
        link: linkTo(context, month, dates.monthName(month)),
        count: count > 0 ? words.count('report.counts', count) : words.say('report.counts.none'),
        quiet: count === 0,
      };
    }),
  }));
}

function linkTo({ href }: ViewContext, month: string, text: string): Link {
  return { text, href: href(PATHS.report(month)) };
}
