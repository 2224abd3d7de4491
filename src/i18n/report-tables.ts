import type { Instant } from '../core/days.ts';
import { dayOf } from '../core/days.ts';
import type { ComponentRecord, IncidentRecord, SlaRecord } from '../core/report/records.ts';
import type { MonthReport } from '../core/report/month-report.ts';
import { promiseCounts } from '../core/report/month-report.ts';
import { REPEATED } from '../core/report/base.ts';
import { shortLength } from './durations.ts';
import type { ReportContext } from './report-figures.ts';
import { numberInWords } from './numbers.ts';
import { promisesInWords } from './report-figures.ts';
import { percentInWords, slaInWords, uptimeRule } from './uptime.ts';

/** A column of a table of a report. */
export interface ReportColumn<Id extends string> {
  id: Id;
  title: string;
}

/** A cell's text, and what stands smaller below it. */
export interface Cell {
  text: string;
  note?: string;
}

export type IncidentColumn = 'started' | 'first_update' | 'updates' | 'silence' | 'promises' | 'resolved';
export type ComponentColumn = 'uptime' | 'sla' | 'down' | 'year' | 'between';
export type MonthColumn = 'incidents' | 'first_update' | 'silence' | 'promises' | 'resolved' | 'down';

const INCIDENT_COLUMNS = ['started', 'first_update', 'updates', 'silence', 'promises', 'resolved'] as const;
const COMPONENT_COLUMNS = ['uptime', 'sla', 'down', 'year', 'between'] as const;

/** The columns behind the title of an incident. */
export function incidentColumns({ words }: ReportContext): ReportColumn<IncidentColumn>[] {
  return INCIDENT_COLUMNS.map((id) => ({ id, title: words.say(`report.column.${id}`) }));
}

/** One incident in the columns of `incidentColumns`. */
export function incidentCells(record: IncidentRecord, context: ReportContext): Record<IncidentColumn, Cell> {
  const { words, dates } = context;
  const { firstUpdate, silence, resolvedAfter, incident } = record;
  return {
    started: {
      text: dates.shortDay(dayOf(incident.started, dates.zone)),
      note: dates.time(incident.started),
    },
    first_update: { text: shortLength(firstUpdate, words) },
    updates: { text: numberInWords(record.updates, words) },
    silence: { text: shortLength(silence.length, words) },
    promises: { text: promisesInWords(promiseCounts([record]), words) },
    resolved: {
      text: resolvedAfter === undefined ? words.say('report.open') : shortLength(resolvedAfter, words),
    },
  };
}

/** The columns behind the name of a component; what was promised only where anything was. */
export function componentColumns(report: MonthReport, { words }: ReportContext): ReportColumn<ComponentColumn>[] {
  const year = report.month.slice(0, 4);
  const hasSla = report.components.some(({ sla }) => sla !== undefined);
  return COMPONENT_COLUMNS.filter((id) => id !== 'sla' || hasSla).map((id) => ({
    id,
    title: words.say(`report.column.${id}`, { year }),
  }));
}

/** One component in the columns of `componentColumns`. */
export function componentCells(record: ComponentRecord, context: ReportContext): Record<ComponentColumn, Cell> {
  const { words } = context;
  const { uptime, sla, down, downInYear, twelveMonths } = record;
  const nothing = words.say('report.nothing');
  return {
    uptime: { text: percentInWords(uptime, words) },
    sla: sla ? slaCell(sla, context) : { text: nothing },
    down: { text: shortLength(down, words) },
    year: { text: shortLength(downInYear, words) },
    between:
      twelveMonths.betweenFailures === undefined
        ? { text: nothing }
        : {
            text: shortLength(twelveMonths.betweenFailures, words),
            note: words.count('report.outages', twelveMonths.outages),
          },
  };
}

function slaCell({ target, allowed, used, state }: SlaRecord, { words }: ReportContext): Cell {
  const text = words.say(`report.sla.${state}`, { target: slaInWords(target, words) });
  if (allowed === 0) return { text };
  const share = Math.ceil((100 * used) / allowed).toLocaleString(words.locale);
  const percent = words.say('uptime.percent', { number: share });
  return { text, note: words.say('report.sla.used', { percent, allowed: shortLength(allowed, words) }) };
}

/** Of which part of the month a component's row tells, where that is not all of it. */
export function partOfMonth(
  { known, component }: ComponentRecord,
  report: MonthReport,
  context: ReportContext,
): string {
  const { words, dates } = context;
  const day = (instant: Instant) => dates.shortDay(dayOf(instant, dates.zone));
  if (known.from > report.from) return words.say('report.components.since', { day: day(known.from) });
  const { retired = Infinity } = component;
  return retired < report.to ? words.say('report.components.until', { day: day(retired - 1) }) : '';
}

/** How the numbers of components are counted. */
export function componentRules(report: MonthReport, { ledger, words }: ReportContext): string[] {
  const hasSla = report.components.some(({ sla }) => sla !== undefined);
  return [
    uptimeRule(ledger.content.site.uptime.weights, words),
    ...(hasSla ? [words.say('report.rule.sla')] : []),
    words.say('report.rule.down'),
    words.say('report.rule.year', { year: report.month.slice(0, 4) }),
    words.say('report.rule.between'),
  ];
}

/** The columns behind the name of a month. */
export function monthColumns({ words }: ReportContext): ReportColumn<MonthColumn>[] {
  return [
    { id: 'incidents', title: words.say('report.incidents') },
    { id: 'first_update', title: words.say('report.column.first_update') },
    { id: 'silence', title: words.say('report.column.silence') },
    { id: 'promises', title: words.say('report.column.promises') },
    { id: 'resolved', title: words.say('report.column.resolved') },
    { id: 'down', title: words.say('report.column.down') },
  ];
}

/** One month in the columns of `monthColumns`. */
export function monthCells({ figures }: MonthReport, { words }: ReportContext): Record<MonthColumn, Cell> {
  const { firstUpdate, silence, promises, resolvedAfter, anyDown } = figures;
  const length = (milliseconds: number | undefined): Cell => ({
    text: milliseconds === undefined ? words.say('report.nothing') : shortLength(milliseconds, words),
  });
  return {
    incidents: { text: numberInWords(figures.incidents, words) },
    first_update: length(firstUpdate?.median),
    silence: length(silence?.greatest),
    promises: { text: promisesInWords(promises, words) },
    resolved: length(resolvedAfter?.median),
    down: length(anyDown),
  };
}

/** By which rule a component counts as one that failed again and again, in one month or in several. */
export function repeatedRule(of: 'report' | 'reports', { words }: ReportContext): string {
  const { incidents, days } = REPEATED;
  return words.say(`${of}.repeated.rule`, {
    incidents: numberInWords(incidents, words),
    days: numberInWords(days, words),
  });
}
