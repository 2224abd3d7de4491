import type { Instant } from '../../core/days.ts';
import type { ComponentRecord, IncidentRecord, Spread } from '../../core/report/records.ts';
import type { Figures, MonthReport, PromiseCounts } from '../../core/report/month-report.ts';
import { monthReport, promiseCounts, reportMonths } from '../../core/report/month-report.ts';
import type { RepeatedFailure } from '../../core/report/base.ts';
import { REPEATED } from '../../core/report/base.ts';
import type { ReportContext } from '../../i18n/report-figures.ts';
import { figuresInWords } from '../../i18n/report-figures.ts';
import { componentRules, repeatedRule } from '../../i18n/report-tables.ts';
import { incidentUrl } from './outline.ts';

/**
 * The report of a month as JSON. Durations are whole seconds, instants ISO 8601 in UTC, and missing values null.
 * docs/reports.md describes every field.
 */
export function monthReportJson(context: ReportContext, month: string): string {
  const { ledger, words } = context;
  const report = monthReport(ledger, month);
  return document({
    ...monthData(report),
    time_zone: ledger.content.site.time_zone,
    incidents: report.incidents.map((record) => incidentData(record, context)),
    components: report.components.map(componentData),
    components_without_data: report.unknown.map(({ id }) => id),
    repeated: report.repeated.map((failure) => repeatedData(failure, context)),
    repeated_from: { incidents: REPEATED.incidents, days: REPEATED.days },
    rules: {
      ...Object.fromEntries(figuresInWords(report, context).map(({ id, rule }) => [id, rule])),
      components: componentRules(report, context),
      repeated: repeatedRule('report', context),
    },
    language: words.locale,
  });
}

/** Every month on record, newest first, with its numbers. */
export function reportsJson({ ledger }: ReportContext): string {
  return document({
    time_zone: ledger.content.site.time_zone,
    months: reportMonths(ledger).map((month) => monthData(monthReport(ledger, month))),
  });
}

function document(data: object): string {
  return `${JSON.stringify(data, null, 2)}\n`;
}

function monthData(report: MonthReport): object {
  return {
    month: report.month,
    from: iso(report.from),
    to: iso(report.to),
    as_of: report.asOf === undefined ? null : iso(report.asOf),
    figures: figuresData(report.figures, report.notices),
  };
}

function figuresData(figures: Figures, notices: number): object {
  return {
    incidents: figures.incidents,
    open: figures.open,
    notices,
    time_to_first_update: seconds(figures.firstUpdate),
    told_at_once: figures.toldAtOnce,
    updates_per_incident: spreadData(figures.updates, (count) => Math.round(count * 100) / 100),
    longest_silence: seconds(figures.silence),
    promises: promisesData(figures.promises),
    time_to_resolve: seconds(figures.resolvedAfter),
    anything_down: wholeSeconds(figures.anyDown),
  };
}

function incidentData(record: IncidentRecord, { ledger }: ReportContext): object {
  const { incident, resolvedAfter, silence } = record;
  return {
    id: incident.id,
    title: incident.title,
    url: incidentUrl(ledger, incident),
    impact: incident.impact,
    components: record.components,
    started: iso(incident.started),
    ended: resolvedAfter === undefined ? null : iso(incident.started + resolvedAfter),
    open: record.open,
    time_to_first_update: wholeSeconds(record.firstUpdate),
    updates: record.updates,
    longest_silence: { from: iso(silence.from), length: wholeSeconds(silence.length) },
    promises: promisesData(promiseCounts([record])),
    time_to_resolve: resolvedAfter === undefined ? null : wholeSeconds(resolvedAfter),
  };
}

function componentData({ component, known, uptime, tally, sla, ...record }: ComponentRecord): object {
  const { time, outages } = tally;
  const year = record.twelveMonths;
  return {
    id: component.id,
    name: component.name,
    known: { from: iso(known.from), to: iso(known.to) },
    uptime,
    seconds: {
      major_outage: wholeSeconds(time.major_outage ?? 0),
      partial_outage: wholeSeconds(time.partial_outage ?? 0),
      degraded_performance: wholeSeconds(time.degraded_performance ?? 0),
      under_maintenance: wholeSeconds(time.under_maintenance ?? 0),
    },
    down: wholeSeconds(record.down),
    outages,
    sla: sla
      ? { target: sla.target, allowed: wholeSeconds(sla.allowed), used: wholeSeconds(sla.used), state: sla.state }
      : null,
    down_in_year: wholeSeconds(record.downInYear),
    twelve_months: {
      known: wholeSeconds(year.known),
      down: wholeSeconds(year.down),
      outages: year.outages,
      time_between_failures: year.betweenFailures === undefined ? null : wholeSeconds(year.betweenFailures),
    },
  };
}

function repeatedData({ component, incidents }: RepeatedFailure, { ledger }: ReportContext): object {
  return {
    component: component.id,
    incidents: incidents.map((incident) => ({
      id: incident.id,
      title: incident.title,
      url: incidentUrl(ledger, incident),
      started: iso(incident.started),
    })),
  };
}

function promisesData({ kept, late, missed, due, latestBy }: PromiseCounts): object {
  return { kept, late, missed, due, latest_by: wholeSeconds(latestBy) };
}

function seconds(spread: Spread | undefined): object | null {
  return spreadData(spread, wholeSeconds);
}

function spreadData(spread: Spread | undefined, each: (value: number) => number): object | null {
  if (!spread) return null;
  const { count, median, mean, greatest } = spread;
  return { count, median: each(median), mean: each(mean), greatest: each(greatest) };
}

/** Of milliseconds. */
function wholeSeconds(milliseconds: number): number {
  return Math.round(milliseconds / 1000);
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}
