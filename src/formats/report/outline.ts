import { dayOf } from '../../core/days.ts';
import type { MonthReport } from '../../core/report/month-report.ts';
import { monthReport, repeatedOf, reportMonths } from '../../core/report/month-report.ts';
import type { RepeatedFailure } from '../../core/report/base.ts';
import type { ReportContext } from '../../i18n/report-figures.ts';
import { figuresInWords } from '../../i18n/report-figures.ts';
import type { Cell } from '../../i18n/report-tables.ts';
import {
  componentCells,
  componentColumns,
  componentRules,
  incidentCells,
  incidentColumns,
  monthCells,
  monthColumns,
  partOfMonth,
  repeatedRule,
} from '../../i18n/report-tables.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { Incident } from '../../core/model.ts';

/** The page of an incident, with its host. */
export function incidentUrl({ content }: Ledger, { id }: Incident): string {
  return `${content.site.url.href}incidents/${encodeURIComponent(id)}/`;
}

/** A report in words, independent of its format. */
export interface ReportOutline {
  title: string;
  /** The time of the report, if it still changes as time passes. */
  asOf?: string;
  sections: ReportSection[];
}

/** One part of a report. */
export interface ReportSection {
  title: string;
  /** Explains how numbers are counted, or that there are none. */
  notes: string[];
  /** The first column is the name of the row. */
  table?: { head: string[]; rows: ReportRow[] };
}

/** A row. Its first cell can have a link. */
export interface ReportRow {
  cells: string[];
  url?: string;
}

const MONTHS = 12;

/** The report of a month. */
export function monthOutline(context: ReportContext, month: string): ReportOutline {
  const { words, dates } = context;
  const report = monthReport(context.ledger, month);
  const name = dates.month(month);
  return {
    title: words.say('report.title', { month: name }),
    ...asOf(report, context),
    sections: [
      figuresSection(report, context),
      incidentsSection(report, context),
      componentsSection(report, context),
      repeatedSection(report.repeated, 'report', context),
    ],
  };
}

/** The last twelve months side by side. */
export function reportsOutline(context: ReportContext): ReportOutline {
  const { ledger, words, dates } = context;
  const reports = reportMonths(ledger)
    .slice(0, MONTHS)
    .map((month) => monthReport(ledger, month));
  const columns = monthColumns(context);
  const rows = reports.map((report) => {
    const cells = monthCells(report, context);
    return { cells: [dates.monthTitle(report.month), ...columns.map(({ id }) => inLine(cells[id]))] };
  });
  return {
    title: words.say('reports.title'),
    ...(reports[0] && asOf(reports[0], context)),
    sections: [
      {
        title: words.count('reports.months', reports.length),
        notes: [words.say('reports.months.note')],
        table: { head: [words.say('reports.month'), ...columns.map(({ title }) => title)], rows },
      },
      repeatedSection(repeatedOf(ledger, MONTHS), 'reports', context),
    ],
  };
}

function asOf(report: MonthReport, { words, dates }: ReportContext): { asOf?: string } {
  return report.asOf === undefined ? {} : { asOf: words.say('report.as_of', { time: dates.dateTime(report.asOf) }) };
}

function figuresSection(report: MonthReport, context: ReportContext): ReportSection {
  const figures = figuresInWords(report, context);
  return {
    title: context.words.say('report.figures'),
    notes: figures.map(({ label, rule }) => `${label}: ${rule}`),
    table: { head: [], rows: figures.map(({ label, value, detail }) => ({ cells: [label, value, detail] })) },
  };
}

function incidentsSection(report: MonthReport, context: ReportContext): ReportSection {
  const { words, dates, ledger } = context;
  const title = words.say('report.each');
  const columns = incidentColumns(context);
  const rows = report.incidents.map((record) => {
    const cells = incidentCells(record, context);
    return {
      cells: [record.incident.title, ...columns.map(({ id }) => inLine(cells[id]))],
      url: incidentUrl(ledger, record.incident),
    };
  });
  if (rows.length === 0) return { title, notes: [words.say('report.none', { month: dates.month(report.month) })] };
  const head = [words.say('report.column.incident'), ...columns.map((column) => column.title)];
  return { title, notes: [], table: { head, rows } };
}

function componentsSection(report: MonthReport, context: ReportContext): ReportSection {
  const { words } = context;
  const columns = componentColumns(report, context);
  const rows = report.components.map((record) => {
    const cells = componentCells(record, context);
    const name = inLine({ text: record.component.name, note: partOfMonth(record, report, context) });
    return { cells: [name, ...columns.map(({ id }) => inLine(cells[id]))] };
  });
  return {
    title: words.say('report.components'),
    notes: [...unknownNote(report, context), ...componentRules(report, context)],
    table: { head: [words.say('report.column.component'), ...columns.map((column) => column.title)], rows },
  };
}

function unknownNote({ unknown }: MonthReport, { words }: ReportContext): string[] {
  const components = words.list(unknown.map(({ name }) => name));
  return unknown.length > 0 ? [words.say('report.components.unknown', { components })] : [];
}

function repeatedSection(
  failures: readonly RepeatedFailure[],
  of: 'report' | 'reports',
  context: ReportContext,
): ReportSection {
  const { words, dates, ledger } = context;
  const rows = failures.flatMap(({ component, incidents }) =>
    incidents.map((incident) => ({
      cells: [incident.title, component.name, dates.day(dayOf(incident.started, dates.zone))],
      url: incidentUrl(ledger, incident),
    })),
  );
  const head = ['incident', 'component', 'started'] as const;
  return {
    title: words.say('report.repeated'),
    notes: [repeatedRule(of, context), ...(rows.length === 0 ? [words.say('report.repeated.none')] : [])],
    ...(rows.length > 0 && { table: { head: head.map((id) => words.say(`report.column.${id}`)), rows } }),
  };
}

function inLine({ text, note }: Cell): string {
  return note ? `${text} (${note})` : text;
}
