import type { Tally } from './base.ts';
import type { Component, Incident } from '../model.ts';
import type { Instant, MonthSpan } from '../days.ts';
import type { Weights } from '../uptime.ts';
import { floorPercent } from '../uptime.ts';
import { downTime, MONTHS_BEFORE, sumOf, weightedTime } from './base.ts';
import { affectedComponents, incidentState } from '../incident.ts';
import type { UpdatePromise } from '../promises.ts';
import { promisesOf } from '../promises.ts';

/** A component's month. Durations are in milliseconds. */
export interface ComponentRecord {
  component: Component;
  /** The part of the month with data: after `since`, and before it was retired and now. */
  known: Stretch;
  /** Percent without outage, floored to two decimals. */
  uptime: number;
  tally: Tally;
  /** Partial and major outage in this month. */
  down: number;
  sla?: SlaRecord;
  /** Partial and major outage in the calendar year, up to the end of the month. */
  downInYear: number;
  twelveMonths: TwelveMonths;
}

/** A period. Empty if it ends before it begins. */
interface Stretch {
  from: Instant;
  to: Instant;
}

/** The promised uptime, and whether it was met. */
export interface SlaRecord {
  /** Percent of time. */
  target: number;
  /** The weighted downtime that the target allows in the part of the month in which the component is offered. */
  allowed: number;
  /** The weighted downtime so far. */
  used: number;
  /** `running`: not missed so far, and the month has not ended. */
  state: 'met' | 'missed' | 'running';
}

/** The twelve calendar months up to that of the report. */
interface TwelveMonths {
  /** The time with data. */
  known: number;
  /** Partial and major outage. */
  down: number;
  /** The number of outages that began. */
  outages: number;
  /**
   * The mean time between failures: time without outage, divided by the number of outages. Undefined without outages.
   * @see IEC 60050-192, 192-05-13: total operating time divided by failures
   */
  betweenFailures?: number;
}

/** The data for a component's record. */
interface ComponentFacts {
  component: Component;
  /** The period with data. */
  known: Stretch;
  /** By index of the month. */
  tallies: ReadonlyMap<number, Tally>;
}

/** Undefined if the month has no data. */
export function componentRecord(
  { component, known, tallies }: ComponentFacts,
  months: readonly MonthSpan[],
  index: number,
  weights: Weights,
  now: Instant,
): ComponentRecord | undefined {
  const month = months[index];
  const inMonth = month && overlap(month, known);
  if (!month || !inMonth || inMonth.from >= inMonth.to) return undefined;
  const tally = tallies.get(index) ?? { time: {}, outages: 0 };
  const used = weightedTime(tally, weights);
  const offered = overlap(month, { from: known.from, to: component.retired ?? Infinity });
  const sum = (first: number) => sumOf(placesTo(index, first).map((place) => tallies.get(place)));
  return {
    component,
    known: inMonth,
    uptime: floorPercent(1 - used / (inMonth.to - inMonth.from)),
    tally,
    down: downTime(tally),
    ...(component.sla !== undefined && { sla: slaOf(component.sla, used, offered.to - offered.from, month.to <= now) }),
    downInYear: downTime(sum(firstOfYear(month, index))),
    twelveMonths: twelveMonthsOf(sum(firstOfTwelve(index)), known, month, months[firstOfTwelve(index)] ?? month),
  };
}

/** The index of the first of the twelve months up to one. */
export function firstOfTwelve(index: number): number {
  return index - MONTHS_BEFORE;
}

/** The indexes of consecutive months, oldest first. */
export function placesTo(last: number, first: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, count) => first + count);
}

function firstOfYear({ month }: MonthSpan, index: number): number {
  return index - Number(month.slice(5)) + 1;
}

function slaOf(target: number, used: number, offered: number, over: boolean): SlaRecord {
  // Rounded, since 100 − 99.9 is a little less than 0.1 in binary.
  const allowed = Math.round((offered * (100 - target)) / 100);
  const missed = Math.round(used) > allowed;
  return { target, allowed, used, state: missed ? 'missed' : over ? 'met' : 'running' };
}

function twelveMonthsOf(tally: Tally, known: Stretch, last: MonthSpan, first: MonthSpan): TwelveMonths {
  const { from, to } = overlap({ from: first.from, to: last.to }, known);
  const down = downTime(tally);
  const { outages } = tally;
  return { known: to - from, down, outages, ...(outages > 0 && { betweenFailures: (to - from - down) / outages }) };
}

function overlap(a: Stretch, b: Stretch): Stretch {
  return { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
}

/** How an incident was communicated and resolved. Durations are in milliseconds. */
export interface IncidentRecord {
  incident: Incident;
  /** Ids of components, in the order they were named. */
  components: readonly string[];
  open: boolean;
  /** From `started` to the first update, at least 0. */
  firstUpdate: number;
  /** The number of updates with a valid time, without postmortems. */
  updates: number;
  /** The longest time without an update while it was open, from `started` on. */
  silence: { from: Instant; length: number };
  /** Oldest first. */
  promises: readonly UpdatePromise[];
  /**
   * From `started` until customers were no longer affected: `Ended`, else the time of Resolved. If it was reopened, until
   * the last end, including the time between.
   */
  resolvedAfter?: number;
}

/**
 * The record of an incident.
 * @param now the end of the silence of an open incident. Otherwise, only open promises depend on it
 * @param grace how late an update can be, in milliseconds, while its promise still counts as kept
 */
export function incidentRecord(incident: Incident, now: Instant, grace: number): IncidentRecord {
  const { started, updates } = incident;
  const { open, endedAt } = incidentState(incident);
  return {
    incident,
    components: affectedComponents(incident),
    open,
    firstUpdate: Math.max((updates[0]?.at ?? started) - started, 0),
    updates: updates.filter(({ word }) => word !== 'postmortem').length,
    silence: longestSilence(incident, now),
    promises: promisesOf(updates, now, grace),
    ...(endedAt !== undefined && { resolvedAfter: endedAt - started }),
  };
}

/** The longest time without an update. The time after a Resolved update does not count. */
function longestSilence({ started, updates }: Incident, now: Instant): IncidentRecord['silence'] {
  let longest = { from: started, length: Math.max((updates[0]?.at ?? now) - started, 0) };
  updates.forEach(({ at, status }, index) => {
    const length = (updates[index + 1]?.at ?? now) - at;
    if (status !== 'resolved' && length > longest.length) longest = { from: at, length };
  });
  return longest;
}

/** The spread of several numbers. */
export interface Spread {
  count: number;
  /** The middle one, or the mean of the two in the middle. */
  median: number;
  mean: number;
  greatest: number;
}

/** Undefined without numbers. */
export function spreadOf(numbers: readonly number[]): Spread | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const greatest = sorted.at(-1);
  if (greatest === undefined) return undefined;
  const half = sorted.length / 2;
  const [low = 0, high = low] = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return {
    count: sorted.length,
    median: (low + high) / 2,
    mean: sorted.reduce((sum, number) => sum + number, 0) / sorted.length,
    greatest,
  };
}
