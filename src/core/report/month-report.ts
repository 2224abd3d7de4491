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

/** The record of one month of the site's zone. Lengths of time are milliseconds. */
export interface MonthReport {
  /** `YYYY-MM`. */
  month: string;
  from: Instant;
  /** The first instant of the next month. */
  to: Instant;
  /** Up to when it counts, while time alone still changes it; else only somebody who writes does. */
  asOf?: Instant;
  /** Those that began in it, newest first; notices and maintenance are none. */
  incidents: readonly IncidentRecord[];
  notices: number;
  figures: Figures;
  /** In the order of the page, as far as anything is known. */
  components: readonly ComponentRecord[];
  /** Those of which nothing is known in it. */
  unknown: readonly Component[];
  /** Those that failed once more in this month. */
  repeated: readonly RepeatedFailure[];
}

/** What the incidents of a month come to; a spread is left out where nothing is to be counted. */
export interface Figures {
  incidents: number;
  open: number;
  firstUpdate?: Spread;
  /** Incidents that began no earlier than they were told, or that do not say when they began. */
  toldAtOnce: number;
  updates?: Spread;
  silence?: Spread;
  promises: PromiseCounts;
  resolvedAfter?: Spread;
  /** In which any component was in partial or major outage. */
  anyDown: number;
}

/** What became of promised updates. `missed`: it is overdue, and none has come since. `due`: still to come. */
export interface PromiseCounts {
  kept: number;
  late: number;
  missed: number;
  due: number;
  /** By how much the latest of those that came was late. */
  latestBy: number;
}

/** The months that there are reports of, newest first: from the first thing on record to the present, quiet ones too. */
export function reportMonths(ledger: Ledger): string[] {
  return reportBase(ledger)
    .months.slice(MONTHS_BEFORE)
    .map(({ month }) => month)
    .reverse();
}

/** How many incidents began in a month, notices aside. */
export function incidentCount(ledger: Ledger, month: string): number {
  const { months, incidents } = reportBase(ledger);
  return incidents.get(months.findIndex((one) => one.month === month))?.length ?? 0;
}

/**
 * The report of a month; made once for each ledger. It takes as long as what happened in the month and what is known
 * of the eleven before it.
 * @throws {RangeError} for a month that is not one of `reportMonths`
 */
export const monthReport = memoizePair(makeReport);

/** The components that failed again and again in the last months, the present one too. */
export function repeatedOf(ledger: Ledger, months: number): RepeatedFailure[] {
  const base = reportBase(ledger);
  const from = base.months.at(-months)?.from ?? -Infinity;
  return repeatedFailures(ledger.content.components.values(), base.harm, from, Infinity);
}

/** Everything that the report of a month depends on, besides the site's settings and its components. */
interface ReportInputs {
  /** Nothing but these can change it: for each of the eleven months before, what did harm in it. */
  before: readonly ReadonlySet<StatusEvent>[];
  /** And what began in the month or reached into it. */
  events: ReadonlySet<StatusEvent>;
  /** The first thing on record, from which on something is known of components without `since`. */
  firstRecord?: Instant;
  /** Only while the month goes on, or an incident that began in it is open. */
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

/** What became of the promises of some incidents. */
export function promiseCounts(records: readonly IncidentRecord[]): PromiseCounts {
  const counts: PromiseCounts = { kept: 0, late: 0, missed: 0, due: 0, latestBy: 0 };
  for (const { state, answer, due } of records.flatMap(({ promises }) => promises)) {
    counts[state === 'overdue' ? 'missed' : state] += 1;
    if (state === 'late' && answer) counts.latestBy = Math.max(counts.latestBy, answer.at - due);
  }
  return counts;
}
