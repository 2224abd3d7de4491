import type { Tally } from './base.ts';
import type { Component, Incident } from '../model.ts';
import type { Instant, MonthSpan } from '../days.ts';
import type { Weights } from '../uptime.ts';
import { floorPercent } from '../uptime.ts';
import { downTime, MONTHS_BEFORE, sumOf, weightedTime } from './base.ts';
import { affectedComponents, incidentState } from '../incident.ts';
import type { UpdatePromise } from '../promises.ts';
import { promisesOf } from '../promises.ts';

/** What a month was for a component. Lengths of time are milliseconds. */
export interface ComponentRecord {
  component: Component;
  /** The part of the month of which something is known: from `since` on, until it was retired, until now. */
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

/** A stretch of time; empty when it ends before it begins. */
interface Stretch {
  from: Instant;
  to: Instant;
}

/** What became of the uptime that was promised. */
export interface SlaRecord {
  /** Percent of time. */
  target: number;
  /** So much weighted downtime is within it: of the whole month, as far as the component is offered in it. */
  allowed: number;
  /** The weighted downtime so far. */
  used: number;
  /** `running`: nothing is missed yet, and the month goes on. */
  state: 'met' | 'missed' | 'running';
}

/** The twelve calendar months that end with the one of the report. */
interface TwelveMonths {
  /** As far as something is known. */
  known: number;
  /** Partial and major outage. */
  down: number;
  /** Stretches of partial or major outage that began in them. */
  outages: number;
  /**
   * The mean time between failures: time not in outage, divided by the number of outages; none without any.
   * IEC 60050-192, 192-05-13, estimated as total operating time by failures.
   */
  betweenFailures?: number;
}

/** What a record of a component is made from. */
interface ComponentFacts {
  component: Component;
  /** From where to where anything is known. */
  known: Stretch;
  /** By place of the month. */
  tallies: ReadonlyMap<number, Tally>;
}

/** `undefined` when nothing is known about any part of the month. */
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

/** The place of the first of the twelve months that end with one. */
export function firstOfTwelve(index: number): number {
  return index - MONTHS_BEFORE;
}

/** The places of consecutive months, oldest first. */
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

/** How an incident was told and ended. Lengths of time are milliseconds. */
export interface IncidentRecord {
  incident: Incident;
  /** Ids of components, in the order they were named. */
  components: readonly string[];
  open: boolean;
  /** From `started` to the first update; 0 when that was not later. */
  firstUpdate: number;
  /** Those with a date of their own, postmortems aside. */
  updates: number;
  /** The longest time in which nothing was said while it was open, from `started` on. */
  silence: { from: Instant; length: number };
  /** Oldest first. */
  promises: readonly UpdatePromise[];
  /**
   * From `started` until customers were no longer affected: `Ended`, else the time of Resolved. Of one that was
   * reopened it is the last end, and the time between counts.
   */
  resolvedAfter?: number;
}

/**
 * What the record says of an incident.
 * @param now up to when the silence of an open one is counted; nothing else depends on it but open promises
 * @param grace milliseconds by which an update may be late and its promise still counts as kept
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

/** Nobody waits for word of what is resolved, so the time after a Resolved update is none. */
function longestSilence({ started, updates }: Incident, now: Instant): IncidentRecord['silence'] {
  let longest = { from: started, length: Math.max((updates[0]?.at ?? now) - started, 0) };
  updates.forEach(({ at, status }, index) => {
    const length = (updates[index + 1]?.at ?? now) - at;
    if (status !== 'resolved' && length > longest.length) longest = { from: at, length };
  });
  return longest;
}

/** What several numbers of one kind come to. */
export interface Spread {
  count: number;
  /** The one in the middle, of an even count the mean of the two there. */
  median: number;
  mean: number;
  greatest: number;
}

/** `undefined` of no numbers at all. */
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
