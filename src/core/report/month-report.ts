import type { Instant } from '../days.ts';
import { incidentState } from '../incident.ts';
import type { Ledger } from '../ledger.ts';
import type { Component, StatusEvent } from '../model.ts';
import { memoizePair } from '../memoize.ts';
import { knownSpan } from '../uptime.ts';
import { downTime, MONTHS_BEFORE, repeatedFailures, reportBase } from './base.ts';
import type { ComponentRecord, IncidentRecord, Spread } from './records.ts';
import { componentRecord, firstOfTwelve, incidentRecord, placesTo, spreadOf } from './records.ts';
import type { RepeatedFailure } from './base.ts';

/** The report of one month in the site's time zone. Durations are in milliseconds. */
export interface MonthReport {
  /** `YYYY-MM`. */
  month: string;
  from: Instant;
  /** The first instant of the next month. */
  to: Instant;
  /** The time of the report, if it still changes as time passes. */
  asOf?: Instant;
  /** Incidents that began in this month, newest first, without notices. */
  incidents: readonly IncidentRecord[];
  notices: number;
  figures: Figures;
  /** In the order of the page, only those with data. */
  components: readonly ComponentRecord[];
  /** Components without data in this month. */
  unknown: readonly Component[];
  /** Components with a recurring problem that had another incident in this month. */
  repeated: readonly RepeatedFailure[];
}

/** The figures of a month's incidents. Spreads without values are left out. */
export interface Figures {
  incidents: number;
  open: number;
  firstUpdate?: Spread;
  /** Incidents without a known start, or announced at their start. */
  toldAtOnce: number;
  updates?: Spread;
  silence?: Spread;
  promises: PromiseCounts;
  resolvedAfter?: Spread;
  /** How long any component was in partial or major outage. */
  anyDown: number;
}

/** Promised updates by result. `missed`: overdue, without an update since. `due`: in the future. */
export interface PromiseCounts {
  kept: number;
  late: number;
  missed: number;
  due: number;
  /** The delay of the latest one. */
  latestBy: number;
}

/** The months with a report, newest first: all from the first event to the current month. */
export function reportMonths(ledger: Ledger): string[] {
  return reportBase(ledger)
    .months.slice(MONTHS_BEFORE)
    .map(({ month }) => month)
    .reverse();
}

/** How many incidents began in a month, without notices. */
export function incidentCount(ledger: Ledger, month: string): number {
  const { months, incidents } = reportBase(ledger);
  return incidents.get(months.findIndex((one) => one.month === month))?.length ?? 0;
}

/**
 * The report of a month, computed once per ledger.
 * @throws {RangeError} for a month that is not one of `reportMonths`
 */
export const monthReport = memoizePair(makeReport);

/** The components with recurring problems in the last months, including the current one. */
export function repeatedOf(ledger: Ledger, months: number): RepeatedFailure[] {
  const base = reportBase(ledger);
  const from = base.months.at(-months)?.from ?? -Infinity;
  return repeatedFailures(ledger.content.components.values(), base.harm, from, Infinity);
}

/** Everything that a report depends on, besides settings and components. Only a change of these can change it. */
interface ReportInputs {
  /** For each of the eleven months before, the events in which a component was degraded or down. */
  before: readonly ReadonlySet<StatusEvent>[];
  /** The events that began or lasted in the month. */
  events: ReadonlySet<StatusEvent>;
  /** The first time on record, from which components without `since` have data. */
  firstRecord?: Instant;
  /** Set while the month, or an incident that began in it, has not ended. */
  now?: Instant;
}

const NONE: ReadonlySet<StatusEvent> = new Set();

/** @throws {RangeError} for a month that is not in `reportMonths` */
export function reportInputs(ledger: Ledger, month: string): ReportInputs {
  const { harming, touching } = reportBase(ledger);
  const index = placeOf(ledger, month);
  return {
    before: placesTo(index, firstOfTwelve(index)).map((place) => harming.get(place) ?? NONE),
    events: touching.get(index) ?? NONE,
    ...(ledger.firstRecord !== undefined && { firstRecord: ledger.firstRecord }),
    ...(goesOn(ledger, index) && { now: ledger.now }),
  };
}

/** Whether a month, or an incident that began in it, has not ended yet. */
function goesOn(ledger: Ledger, index: number): boolean {
  const { months, incidents } = reportBase(ledger);
  const { to = ledger.now } = months[index] ?? {};
  return to > ledger.now || (incidents.get(index) ?? []).some((incident) => incidentState(incident).open);
}

function makeReport(ledger: Ledger, name: string): MonthReport {
  const { content, now } = ledger;
  const { promises, uptime } = content.site;
  const base = reportBase(ledger);
  const index = placeOf(ledger, name);
  const { month, from, to } = base.months[index] ?? { month: name, from: now, to: now };
  const incidents = base.incidents.get(index) ?? [];
  const isOpen = goesOn(ledger, index);
  const records = incidents.map((incident) => incidentRecord(incident, now, promises.grace));
  const components = [...content.components.values()].map((component) => {
    const facts = {
      component,
      known: knownSpan(ledger, component),
      tallies: base.tallies.get(component.id) ?? new Map(),
    };
    return componentRecord(facts, base.months, index, uptime.weights, now);
  });
  const known = components.filter((record) => record !== undefined);
  const told = new Set(known.map(({ component }) => component.id));
  return {
    month,
    from,
    to,
    ...(isOpen && { asOf: now }),
    incidents: records,
    notices: base.notices.get(index)?.length ?? 0,
    figures: figuresOf(records, downTime(base.anyDown.get(index) ?? { time: {}, outages: 0 })),
    components: known,
    unknown: [...content.components.values()].filter(({ id }) => !told.has(id)),
    repeated: repeatedFailures(content.components.values(), base.harm, from, to),
  };
}

function placeOf(ledger: Ledger, month: string): number {
  const index = reportBase(ledger).months.findIndex((one) => one.month === month);
  if (index < MONTHS_BEFORE) throw new RangeError(`There is no report for ${month}.`);
  return index;
}

function figuresOf(records: readonly IncidentRecord[], anyDown: number): Figures {
  const optional = <Key extends string>(key: Key, numbers: readonly number[]): { [key in Key]?: Spread } => {
    const spread = spreadOf(numbers);
    return (spread ? { [key]: spread } : {}) as { [key in Key]?: Spread };
  };
  return {
    incidents: records.length,
    open: records.filter(({ open }) => open).length,
    ...optional(
      'firstUpdate',
      records.map(({ firstUpdate }) => firstUpdate),
    ),
    toldAtOnce: records.filter(({ firstUpdate }) => firstUpdate === 0).length,
    ...optional(
      'updates',
      records.map(({ updates }) => updates),
    ),
    ...optional(
      'silence',
      records.map(({ silence }) => silence.length),
    ),
    promises: promiseCounts(records),
    ...optional(
      'resolvedAfter',
      records.flatMap(({ resolvedAfter }) => resolvedAfter ?? []),
    ),
    anyDown,
  };
}

/** Counts the promises of incidents by result. */
export function promiseCounts(records: readonly IncidentRecord[]): PromiseCounts {
  const counts: PromiseCounts = { kept: 0, late: 0, missed: 0, due: 0, latestBy: 0 };
  for (const { state, answer, due } of records.flatMap(({ promises }) => promises)) {
    counts[state === 'overdue' ? 'missed' : state] += 1;
    if (state === 'late' && answer) counts.latestBy = Math.max(counts.latestBy, answer.at - due);
  }
  return counts;
}
