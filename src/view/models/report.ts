import type { Instant } from '../../core/days.ts';
import type { ComponentRecord, IncidentRecord } from '../../core/report/records.ts';
import type { MonthReport } from '../../core/report/month-report.ts';
import { monthReport, reportMonths } from '../../core/report/month-report.ts';
import type { FigureInWords } from '../../i18n/report-figures.ts';
import { figuresInWords } from '../../i18n/report-figures.ts';
import type { Cell } from '../../i18n/report-tables.ts';
import {
  componentCells,
  componentColumns,
  componentRules,
  incidentCells,
  incidentColumns,
  partOfMonth,
  repeatedRule,
} from '../../i18n/report-tables.ts';
import { hrefOf, PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Turner } from './history.ts';
import { arrowsOf } from './history.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import { full, langOf } from './rich.ts';
import type { Link, Rich } from './rich.ts';
import { dayOf } from '../../core/days.ts';
import type { RepeatedFailure } from '../../core/report/base.ts';

/** An incident as a line from its start to its end, with its updates as marks, as outlines on a field of 100 × 8. */
interface UpdateIntervals {
  line: string;
  silence: string;
  updates: string;
}

const WIDTH = 100;

/** @param now where the line of an open one ends */
function updateIntervals({ incident, open, silence }: IncidentRecord, now: Instant): UpdateIntervals {
  const told = incident.updates.filter(({ word }) => word !== 'postmortem').map(({ at }) => at);
  const start = Math.min(incident.started, ...told);
  const end = Math.max(open ? now : start, ...told);
  const place = (at: Instant) => (end > start ? Math.round(((at - start) / (end - start)) * WIDTH * 100) / 100 : 0);
  const [from, to] = [place(silence.from), place(silence.from + silence.length)];
  return {
    line: `M0 3.5h${WIDTH}v1h-${WIDTH}z`,
    silence:
      to > from ? `M${from} 2.5h${Math.round((to - from) * 100) / 100}v3h-${Math.round((to - from) * 100) / 100}z` : '',
    updates: told.map((at) => `M${Math.min(place(at), WIDTH - 0.6)} 0h.6v8h-.6z`).join(''),
  };
}

/** The incidents of a month in a table, newest first. */
export interface IncidentsView {
  title: string;
  none: string;
  note: string;
  /** Explains which incidents are in the table, if not all are. */
  most?: Rich;
  head: string[];
  rows: IncidentRow[];
}

/** An incident in the table. */
interface IncidentRow {
  link: Link;
  rhythm: UpdateIntervals;
  cells: Cell[];
}

/** The most incidents in the table, so that the page stays small. The CSV has all. */
const MOST_INCIDENTS = 20;

function incidentsView(context: ViewContext, report: MonthReport): IncidentsView {
  const { words, dates } = context;
  const columns = incidentColumns(context);
  const rows = longest(report.incidents).map((record) => {
    const cells = incidentCells(record, context);
    return {
      link: {
        text: record.incident.title,
        ...langOf(context, record.incident),
        href: hrefOf(context, record.incident),
      },
      rhythm: updateIntervals(record, report.asOf ?? report.to),
      cells: columns.map(({ id }) => cells[id]),
    };
  });
  return {
    title: words.say('report.each'),
    none: words.say('report.none', { month: dates.month(report.month) }),
    note: words.say('report.rhythm'),
    ...(rows.length < report.incidents.length && { most: mostOf(context, report, rows.length) }),
    head: [words.say('report.column.incident'), ...columns.map((column) => column.title)],
    rows,
  };
}

/** Open and longest incidents, in their original order. */
function longest(records: readonly IncidentRecord[]): IncidentRecord[] {
  const lasted = ({ resolvedAfter = Number.MAX_VALUE }: IncidentRecord) => resolvedAfter;
  const chosen = new Set([...records].sort((a, b) => lasted(b) - lasted(a)).slice(0, MOST_INCIDENTS));
  return records.filter((record) => chosen.has(record));
}

function mostOf({ words, href }: ViewContext, { month, incidents }: MonthReport, shown: number): Rich {
  return words.parts<Rich[number]>('report.most', {
    all: incidents.length.toLocaleString(words.locale),
    count: shown.toLocaleString(words.locale),
    incidents: { text: words.say('report.incidents_csv'), href: href(`${PATHS.report(month)}incidents.csv`) },
  });
}

/** Components with recurring problems, most incidents first. */
export interface Repeated {
  title: string;
  rule: string;
  none: string;
  components: RepeatedComponent[];
  /** Components without their incidents, if there are too many. */
  others?: { title: string; components: { link: Link; count: string }[] };
}

/** A component with its newest incidents, and a link to earlier ones. */
interface RepeatedComponent {
  link: Link;
  /** Of all times. */
  count: string;
  times: { day: string; link: Link }[];
  earlier?: Link;
}

/** The most components, and incidents of each, so that the page stays small. */
const MOST_REPEATED = { components: 10, times: 5 };

export function repeatedView(context: ViewContext, failures: readonly RepeatedFailure[], rule: string): Repeated {
  const { words } = context;
  const others = failures.slice(MOST_REPEATED.components);
  return {
    title: words.say('report.repeated'),
    rule,
    none: words.say('report.repeated.none'),
    components: failures.slice(0, MOST_REPEATED.components).map((failure) => componentView(context, failure)),
    ...(others.length > 0 && {
      others: {
        title: words.count('report.repeated.others', others.length),
        components: others.map((failure) => headOf(context, failure)),
      },
    }),
  };
}

function componentView(context: ViewContext, failure: RepeatedFailure): RepeatedComponent {
  const { words, dates } = context;
  const newest = failure.incidents.slice(0, MOST_REPEATED.times);
  const head = headOf(context, failure);
  const earlier = failure.incidents.length - newest.length;
  return {
    ...head,
    times: newest.map((incident) => ({
      day: dates.day(dayOf(incident.started, dates.zone)),
      link: { text: incident.title, ...langOf(context, incident), href: hrefOf(context, incident) },
    })),
    ...(earlier > 0 && {
      earlier: {
        text: words.count('report.repeated.earlier', earlier, { component: head.link.text }),
        href: head.link.href,
      },
    }),
  };
}

function headOf(context: ViewContext, { component, incidents }: RepeatedFailure): { link: Link; count: string } {
  const { words, href } = context;
  return {
    link: { text: component.name, ...langOf(context, component), href: href(PATHS.component(component.id)) },
    count: words.count('report.repeated.count', incidents.length),
  };
}

/** `/reports/YYYY-MM/` */
export interface ReportPage {
  page: Page;
  title: string;
  /** The time of the report, if it still changes as time passes. */
  asOf?: Rich;
  figures: FigureInWords[];
  incidents: IncidentsView;
  components: ComponentsView;
  repeated: Repeated;
  data: Rich;
  turner: Turner;
}

/** The components with an outage or a missed SLA, then the others. */
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
  /** The start or end of its data, if that is not the whole month. */
  note: string;
  cells: ComponentCell[];
}

/** A cell, with the used share of the allowed downtime from 0 to 1. */
interface ComponentCell extends Cell {
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
      link: { text: component.name, ...langOf(context, component), href: context.href(PATHS.component(component.id)) },
      note: partOfMonth(record, report, context),
      cells: columns.map(({ id }) => ({ ...cells[id], ...(id === 'sla' && used && sla.used > 0 && { used }) })),
    };
  };
  const components = words.list(report.unknown.map(({ name }) => name));
  return {
    title: words.say('report.components'),
    head: [words.say('report.column.component'), ...columns.map((column) => column.title)],
    troubled: troubled.map(row),
    quiet: { title: words.count('report.components.quiet', quiet.length), rows: quiet.map(row) },
    ...(components && { unknown: words.say('report.components.unknown', { components }) }),
    rules: componentRules(report, context),
  };
}

/** Whether a component had an outage, or downtime that counts against its SLA. */
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
    other === undefined ? undefined : { text: dates.monthTitle(other), href: href(PATHS.report(other)) };
  const [later, earlier] = [link(months[place - 1]), link(months[place + 1])];
  return {
    label: words.say('report.turner'),
    arrows: arrowsOf(words),
    all: { text: words.say('reports'), href: href(PATHS.reports) },
    ...(earlier && { earlier }),
    ...(later && { later }),
  };
}
