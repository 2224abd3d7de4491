import type { IncidentRecord } from '../../core/report/incident-record.ts';
import type { MonthReport } from '../../core/report/month-report.ts';
import type { Cell } from '../../i18n/report-tables.ts';
import { incidentCells, incidentColumns } from '../../i18n/report-tables.ts';
import { hrefOf, PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Rhythm } from './report-rhythm.ts';
import { rhythmOf } from './report-rhythm.ts';
import type { Link, Rich } from './rich.ts';

/** The incidents of a month in a table, newest first. */
export interface IncidentsView {
  title: string;
  none: string;
  note: string;
  /** Which are in the table, where not all are. */
  most?: Rich;
  head: string[];
  rows: IncidentRow[];
}

/** An incident in the table. */
export interface IncidentRow {
  link: Link;
  rhythm: Rhythm;
  cells: Cell[];
}

/** So many are in the table at most, so that the page stays light whatever happens; the CSV has them all. */
const MOST = 20;

export function incidentsView(context: ViewContext, report: MonthReport): IncidentsView {
  const { words, dates } = context;
  const columns = incidentColumns(context);
  const rows = longest(report.incidents).map((record) => {
    const cells = incidentCells(record, context);
    return {
      link: { text: record.incident.title, href: hrefOf(context, record.incident) },
      rhythm: rhythmOf(record, report.asOf ?? report.to),
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

/** Those that are open and those that took longest, in the order they came in. */
function longest(records: readonly IncidentRecord[]): IncidentRecord[] {
  const lasted = ({ resolvedAfter = Number.MAX_VALUE }: IncidentRecord) => resolvedAfter;
  const chosen = new Set([...records].sort((a, b) => lasted(b) - lasted(a)).slice(0, MOST));
  return records.filter((record) => chosen.has(record));
}

function mostOf({ words, href }: ViewContext, { month, incidents }: MonthReport, shown: number): Rich {
  return words.parts<Rich[number]>('report.most', {
    all: incidents.length.toLocaleString(words.locale),
    count: shown.toLocaleString(words.locale),
    incidents: { text: words.say('report.incidents_csv'), href: href(`${PATHS.report(month)}incidents.csv`) },
  });
}
