import type { Instant } from '../../core/days.ts';
import { monthReport, promiseCounts, reportMonths } from '../../core/report/month-report.ts';
import type { Spread } from '../../core/report/records.ts';
import type { ReportContext } from '../../i18n/report-figures.ts';
import type { CsvValue } from '../csv.ts';
import { csv } from '../csv.ts';
import { incidentUrl } from './outline.ts';

/** Reports as tables for spreadsheets. Lengths of time are whole seconds, instants ISO 8601 in UTC. */

const SPREADS = ['median', 'mean', 'greatest'] as const;
const PROMISES = ['promises_kept', 'promises_late', 'promises_missed', 'promises_due'];

/** A row for each month on record, newest first. */
export function monthsCsv({ ledger }: ReportContext): string {
  const spread = (name: string) => SPREADS.map((kind) => `${name}_${kind}`);
  const head = [
    ...['month', 'incidents', 'open', 'notices'],
    ...spread('time_to_first_update'),
    ...spread('updates'),
    ...spread('longest_silence'),
    ...PROMISES,
    ...spread('time_to_resolve'),
    'anything_down',
  ];
  const rows = reportMonths(ledger).map((month) => {
    const { figures, notices } = monthReport(ledger, month);
    const { kept, late, missed, due } = figures.promises;
    return [
      ...[month, figures.incidents, figures.open, notices],
      ...lengths(figures.firstUpdate),
      ...SPREADS.map((kind) => figures.updates && Math.round(figures.updates[kind] * 100) / 100),
      ...lengths(figures.silence),
      ...[kept, late, missed, due],
      ...lengths(figures.resolvedAfter),
      seconds(figures.anyDown),
    ];
  });
  return csv(head, rows);
}

/** A row for each incident of a month, newest first. */
export function incidentsCsv({ ledger }: ReportContext, month: string): string {
  const head = [
    ...['id', 'title', 'url', 'impact', 'components', 'started', 'ended', 'open', 'time_to_first_update', 'updates'],
    ...['longest_silence', ...PROMISES, 'time_to_resolve'],
  ];
  const rows = monthReport(ledger, month).incidents.map((record) => {
    const { incident, open, resolvedAfter } = record;
    const { kept, late, missed, due } = promiseCounts([record]);
    return [
      ...[incident.id, incident.title, incidentUrl(ledger, incident), incident.impact, record.components.join(' ')],
      iso(incident.started),
      resolvedAfter === undefined ? undefined : iso(incident.started + resolvedAfter),
      ...[open, seconds(record.firstUpdate), record.updates, seconds(record.silence.length)],
      ...[kept, late, missed, due, seconds(resolvedAfter)],
    ];
  });
  return csv(head, rows);
}

/** A row for each component with data in a month, in the order of the page. */
export function componentsCsv({ ledger }: ReportContext, month: string): string {
  const head = [
    ...['id', 'name', 'known_from', 'known_to', 'uptime', 'major_outage', 'partial_outage', 'degraded_performance'],
    ...['under_maintenance', 'down', 'outages', 'sla', 'sla_allowed', 'sla_used', 'sla_state', 'down_in_year'],
    ...['down_in_12_months', 'outages_in_12_months', 'time_between_failures'],
  ];
  const rows = monthReport(ledger, month).components.map((record): CsvValue[] => {
    const { component, known, tally, sla, twelveMonths } = record;
    const { time, outages } = tally;
    return [
      ...[component.id, component.name, iso(known.from), iso(known.to), record.uptime],
      ...[time.major_outage, time.partial_outage, time.degraded_performance].map((length = 0) => seconds(length)),
      ...[seconds(time.under_maintenance ?? 0), seconds(record.down), outages],
      ...[sla?.target, seconds(sla?.allowed), seconds(sla?.used), sla?.state, seconds(record.downInYear)],
      ...[seconds(twelveMonths.down), twelveMonths.outages, seconds(twelveMonths.betweenFailures)],
    ];
  });
  return csv(head, rows);
}

function lengths(spread: Spread | undefined): CsvValue[] {
  return SPREADS.map((kind) => seconds(spread?.[kind]));
}

/** Whole ones, of milliseconds. */
function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.round(milliseconds / 1000);
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}
