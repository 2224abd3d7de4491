import type { Component, Instant } from '../model.ts';
import type { MonthSpan } from '../days.ts';
import type { Weights } from '../uptime.ts';
import { floorPercent } from '../uptime.ts';
import { MONTHS_BEFORE } from './base.ts';
import { monthIndex } from '../days.ts';
import type { Span } from '../timeline.ts';
import type { ComponentStatus } from '../vocabulary.ts';

/** The part of some time in which a component, or anything at all, was not operational. */
export interface Tally {
  /** Milliseconds in each status that was not operational. */
  time: Partial<Record<ComponentStatus, number>>;
  /** Outages that began in it. */
  outages: number;
}

/** Whether a status is an outage; with others a component works, if badly. */
export function isDown(status: ComponentStatus): boolean {
  return status === 'partial_outage' || status === 'major_outage';
}

/** Milliseconds of outage, partial or major. */
export function downTime({ time }: Tally): number {
  return (time.partial_outage ?? 0) + (time.major_outage ?? 0);
}

/** Milliseconds, each counted as much as its status weighs. */
function weightedTime({ time }: Tally, weights: Weights): number {
  return Object.entries(time).reduce(
    (sum, [status, length]) => sum + length * (weights[status as ComponentStatus] ?? 0),
    0,
  );
}

/**
 * What falls on each month, by its place among them; months without anything are left out. An outage is a stretch
 * without a gap, whatever its statuses, and counts in the month in which it begins.
 * @param spans as `worstSpans` gives them: oldest first, none over another
 */
export function tallyByMonth(spans: readonly Span[], months: readonly MonthSpan[]): Map<number, Tally> {
  const tallies = new Map<number, Tally>();
  const at = (index: number): Tally => {
    const tally = tallies.get(index) ?? { time: {}, outages: 0 };
    tallies.set(index, tally);
    return tally;
  };
  let downUntil: Instant = -Infinity;
  for (const { from, to, status } of spans) {
    let index = monthIndex(months, from);
    if (isDown(status)) {
      if (from > downUntil) at(index).outages += 1;
      downUntil = to;
    }
    for (let month = months[index]; month && month.from < to; month = months[++index]) {
      const length = Math.min(to, month.to) - Math.max(from, month.from);
      if (length > 0) at(index).time[status] = (at(index).time[status] ?? 0) + length;
    }
  }
  return tallies;
}

/** Several months as one. */
function sumOf(tallies: readonly (Tally | undefined)[]): Tally {
  const sum: Tally = { time: {}, outages: 0 };
  for (const tally of tallies) {
    sum.outages += tally?.outages ?? 0;
    for (const [status, length] of Object.entries(tally?.time ?? {})) {
      sum.time[status as ComponentStatus] = (sum.time[status as ComponentStatus] ?? 0) + length;
    }
  }
  return sum;
}

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
