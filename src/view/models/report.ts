import type { ComponentRecord } from '../../core/report/component-record.ts';
import type { MonthReport } from '../../core/report/month-report.ts';
import { monthReport, reportMonths } from '../../core/report/month-report.ts';
import type { FigureInWords } from '../../i18n/report-figures.ts';
import { figuresInWords } from '../../i18n/report-figures.ts';
import type { Cell } from '../../i18n/report-tables.ts';
import {
  componentCells,
  componentColumns,
  componentRules,
  partOfMonth,
  repeatedRule,
} from '../../i18n/report-tables.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Turner } from './history.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import type { IncidentsView } from './report-incidents.ts';
import { incidentsView } from './report-incidents.ts';
import type { Repeated } from './report-repeated.ts';
import { repeatedView } from './report-repeated.ts';
import { full } from './rich.ts';
import type { Link, Rich } from './rich.ts';

/** `/reports/YYYY-MM/` */
export interface ReportPage {
  page: Page;
  title: string;
  /** While it still changes by itself. */
  asOf?: Rich;
  figures: FigureInWords[];
  incidents: IncidentsView;
  components: ComponentsView;
  repeated: Repeated;
  data: Rich;
  turner: Turner;
}

/** The components that were in outage or missed what was promised, then the others. */
export interface ComponentsView {
  title: string;
  head: string[];
  troubled: ComponentRow[];
  quiet: { title: string; rows: ComponentRow[] };
  unknown?: string;
  rules: string[];
}

/** A component in the table. */
export interface ComponentRow {
  link: Link;
  /** From or until when it counts, where that is not the whole month. */
  note: string;
  cells: ComponentCell[];
}

/** A cell, and how much of what is allowed was used where it tells of that, from 0 to 1. */
export interface ComponentCell extends Cell {
  used?: { share: number; missed: boolean };
}

export function reportModel(context: ViewContext, month: string): ReportPage {
  const { ledger, words, dates } = context;
  const report = monthReport(ledger, month);
  const name = dates.month(month);
  const title = words.say('report.title', { month: name });
  const { incidents } = report.figures;
  const counts = incidents > 0 ? words.count('report.counts', incidents) : words.say('report.counts.none');
  return {
    page: pageOf(context, {
      title,
      description: words.say('report.description', { month: name, counts }),
      path: PATHS.report(month),
      finished: report.asOf === undefined,
    }),
    title,
    ...(report.asOf !== undefined && {
      asOf: words.parts(report.to > report.asOf ? 'report.so_far' : 'report.as_of', {
        time: full(context, report.asOf),
      }),
    }),
    figures: figuresInWords(report, context).filter(({ id }) => incidents > 0 || id === 'incidents' || id === 'down'),
    incidents: incidentsView(context, report),
    components: componentsView(context, report),
    repeated: repeatedView(context, report.repeated, repeatedRule('report', context)),
    data: dataLinks(context, month),
    turner: turnerOf(context, month),
  };
}

function componentsView(context: ViewContext, report: MonthReport): ComponentsView {
  const { words } = context;
  const columns = componentColumns(report, context);
  const [troubled, quiet] = [report.components.filter(isTroubled), report.components.filter((one) => !isTroubled(one))];
  const row = (record: ComponentRecord): ComponentRow => {
    const cells = componentCells(record, context);
    const { component, sla } = record;
    const used = sla && { share: sla.allowed > 0 ? sla.used / sla.allowed : Infinity, missed: sla.state === 'missed' };
    return {
      link: { text: component.name, href: context.href(PATHS.component(component.id)) },
      note: partOfMonth(record, report, context),
      cells: columns.map(({ id }) => ({ ...cells[id], ...(id === 'sla' && used && sla.used > 0 && { used }) })),
    };
  };
  const components = report.unknown.map(({ name }) => name).join(', ');
  return {
    title: words.say('report.components'),
    head: [words.say('report.column.component'), ...columns.map((column) => column.title)],
    troubled: troubled.map(row),
    quiet: { title: words.count('report.components.quiet', quiet.length), rows: quiet.map(row) },
    ...(components && { unknown: words.say('report.components.unknown', { components }) }),
    rules: componentRules(report, context),
  };
}

/** Whether a component had an outage, or anything else that counts against what was promised of it. */
function isTroubled({ down, sla }: ComponentRecord): boolean {
  return down > 0 || (sla !== undefined && sla.used > 0);
}

function dataLinks({ words, dates, href }: ViewContext, month: string): Rich {
  const link = (path: string, key: Parameters<typeof words.say>[0]): Link => ({
    text: words.say(key),
    href: href(path),
  });
  return words.parts<Rich[number]>('report.data', {
    history: { text: words.say('report.history', { month: dates.month(month) }), href: href(PATHS.month(month)) },
    json: link(`${PATHS.report(month)}report.json`, 'reports.json'),
    incidents: link(`${PATHS.report(month)}incidents.csv`, 'report.incidents_csv'),
    components: link(`${PATHS.report(month)}components.csv`, 'report.components_csv'),
  });
}

function turnerOf({ ledger, words, dates, href }: ViewContext, month: string): Turner {
  const months = reportMonths(ledger);
  const place = months.indexOf(month);
  const link = (other: string | undefined): Link | undefined =>
    other === undefined ? undefined : { text: dates.month(other), href: href(PATHS.report(other)) };
  const [later, earlier] = [link(months[place - 1]), link(months[place + 1])];
  return {
    label: words.say('report.turner'),
    all: { text: words.say('reports'), href: href(PATHS.reports) },
    ...(earlier && { earlier }),
    ...(later && { later }),
  };
}
