import type { Instant } from '../model.ts';
import type { MonthSpan } from '../months.ts';
import { monthIndex } from '../months.ts';
import type { Span } from '../timeline.ts';
import type { Weights } from '../uptime.ts';
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
export function weightedTime({ time }: Tally, weights: Weights): number {
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
export function sumOf(tallies: readonly (Tally | undefined)[]): Tally {
  const sum: Tally = { time: {}, outages: 0 };
  for (const tally of tallies) {
    sum.outages += tally?.outages ?? 0;
    for (const [status, length] of Object.entries(tally?.time ?? {})) {
      sum.time[status as ComponentStatus] = (sum.time[status as ComponentStatus] ?? 0) + length;
    }
  }
  return sum;
}
