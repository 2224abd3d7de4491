import { millisecondsInDay } from 'date-fns/constants';
import type { Weights } from '../uptime.ts';
import { isNotice } from '../incident.ts';
import type { Ledger } from '../ledger.ts';
import { startOf } from '../ledger.ts';
import type { Component, Incident, StatusEvent } from '../model.ts';
import type { Instant, MonthSpan } from '../days.ts';
import { memoize } from '../memoize.ts';
import { monthIndex, monthsBetween } from '../days.ts';
import type { Span } from '../timeline.ts';
import { componentSpans, worstSpans } from '../timeline.ts';
import { knownSpan } from '../uptime.ts';
import type { ComponentStatus } from '../vocabulary.ts';

/** The data of all reports, sorted by month once per ledger, so that a report only looks at its own months. */
interface ReportBase {
  /** From eleven months before the first event to the current month, oldest first. */
  months: readonly MonthSpan[];
  /** By index of the month in which they began, newest first. */
  incidents: ReadonlyMap<number, readonly Incident[]>;
  notices: ReadonlyMap<number, readonly Incident[]>;
  /** Downtime by component and month. */
  tallies: ReadonlyMap<string, ReadonlyMap<number, Tally>>;
  /** Downtime of any component, by month. */
  anyDown: ReadonlyMap<number, Tally>;
  /** By component, the incidents in which it was degraded or down, oldest first. */
  harm: ReadonlyMap<string, readonly Incident[]>;
  /** By month, all events that began or lasted in it. */
  touching: ReadonlyMap<number, ReadonlySet<StatusEvent>>;
  /** By month, those of them in which a component was degraded or down. */
  harming: ReadonlyMap<number, ReadonlySet<StatusEvent>>;
}

/** A report covers twelve months, including its own. */
export const MONTHS_BEFORE = 11;

/** Made once for each ledger. */
export const reportBase = memoize((ledger: Ledger): ReportBase => {
  const { content, now } = ledger;
  const months = monthsBetween(ledger.firstRecord ?? now, now, content.site.time_zone, MONTHS_BEFORE);
  const begun = ({ started }: Incident) => monthIndex(months, Math.min(started, now));
  const spans = knownSpans(ledger);
  const down = [...spans.values()].flat().filter(({ status }) => isDown(status));
  return {
    months,
    incidents: Map.groupBy(
      content.incidents.filter((incident) => !isNotice(incident)),
      begun,
    ),
    notices: Map.groupBy(content.incidents.filter(isNotice), begun),
    tallies: new Map([...spans].map(([id, own]) => [id, tallyByMonth(own, months)])),
    anyDown: tallyByMonth(worstSpans(down, -Infinity, now), months),
    ...eventsByMonth(ledger, months),
  };
});

/** The known statuses of each component over time; the worst if several events overlap. */
function knownSpans(ledger: Ledger): Map<string, Span[]> {
  return new Map(
    [...ledger.content.components.values()].map((component) => {
      const { from, to } = knownSpan(ledger, component);
      return [component.id, from < to ? worstSpans(ledger.spans.get(component.id) ?? [], from, to) : []];
    }),
  );
}

function eventsByMonth(
  { content, now }: Ledger,
  months: readonly MonthSpan[],
): Pick<ReportBase, 'harm' | 'touching' | 'harming'> {
  const harm = new Map<string, Incident[]>();
  const touching = new Map<number, Set<StatusEvent>>();
  const harming = new Map<number, Set<StatusEvent>>();
  const isToCome = (event: StatusEvent) => event.kind === 'maintenance' && event.scheduled > now;
  // Newest first in the content.
  for (const event of [...content.incidents, ...content.maintenance].reverse()) {
    const begun = monthIndex(months, Math.min(startOf(event), now));
    if (!isToCome(event)) put(touching, begun, event);
    for (const [id, spans] of componentSpans(event)) {
      let isBad = false;
      for (const { from, to, status } of spans) {
        if (from > now) continue;
        isBad ||= isHarm(status);
        for (let index = monthIndex(months, from); (months[index]?.from ?? Infinity) < to; index += 1) {
          put(touching, index, event);
          if (isHarm(status)) put(harming, index, event);
        }
      }
      if (!isBad || event.kind === 'maintenance') continue;
      put(harming, begun, event);
      const own = harm.get(id) ?? [];
      own.push(event);
      harm.set(id, own);
    }
  }
  return { harm, touching, harming };
}

/** Whether a status is worse than maintenance. */
function isHarm(status: ComponentStatus): boolean {
  return status === 'degraded_performance' || isDown(status);
}

function put<Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

/** How long, and how often, a component or any component was not operational. */
export interface Tally {
  /** Milliseconds in each status that was not operational. */
  time: Partial<Record<ComponentStatus, number>>;
  /** The number of outages that began in this time. */
  outages: number;
}

/** Whether a status is an outage. */
function isDown(status: ComponentStatus): boolean {
  return status === 'partial_outage' || status === 'major_outage';
}

/** Milliseconds of outage, partial or major. */
export function downTime({ time }: Tally): number {
  return (time.partial_outage ?? 0) + (time.major_outage ?? 0);
}

/** Milliseconds, weighted by status. */
export function weightedTime({ time }: Tally, weights: Weights): number {
  return Object.entries(time).reduce(
    (sum, [status, length]) => sum + length * (weights[status as ComponentStatus] ?? 0),
    0,
  );
}

/**
 * Sums up each month, by its index; months without downtime are left out. An outage is a period without a gap, whatever
 * its statuses, and counts in the month in which it begins.
 * @param spans from `worstSpans`: oldest first, without overlaps
 */
function tallyByMonth(spans: readonly Span[], months: readonly MonthSpan[]): Map<number, Tally> {
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

/** The sum of several months. */
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

/** A component has a recurring problem after this many incidents within this many days. */
export const REPEATED = { incidents: 3, days: 90 } as const;

const SPAN = REPEATED.days * millisecondsInDay;

/** A component with a recurring problem. */
export interface RepeatedFailure {
  component: Component;
  /** Its incidents, newest first. Some can be from before the period in question. */
  incidents: readonly Incident[];
}

/**
 * The components that had another incident in a period, and enough in the days before it to count as a recurring
 * problem. Most incidents first.
 * @param harm by component, the incidents in which it was degraded or down, oldest first
 * @param from the start of the period, which includes it, but not `to`
 */
export function repeatedFailures(
  components: Iterable<Component>,
  harm: ReadonlyMap<string, readonly Incident[]>,
  from: Instant,
  to: Instant,
): RepeatedFailure[] {
  return [...components]
    .map((component) => ({ component, incidents: again(harm.get(component.id) ?? [], from, to) }))
    .filter(({ incidents }) => incidents.length > 0)
    .sort((a, b) => b.incidents.length - a.incidents.length);
}

/** The incidents of the period that reached the limit, with those in the days before each. */
function again(incidents: readonly Incident[], from: Instant, to: Instant): Incident[] {
  const found = new Set<Incident>();
  const end = firstFrom(incidents, to);
  for (let place = firstFrom(incidents, from); place < end; place += 1) {
    const first = firstFrom(incidents, (incidents[place]?.started ?? to) - SPAN);
    if (place - first + 1 < REPEATED.incidents) continue;
    for (const incident of incidents.slice(first, place + 1)) found.add(incident);
  }
  return [...found].reverse();
}

/** The index of the first incident that began at an instant or later. */
function firstFrom(incidents: readonly Incident[], at: Instant): number {
  let [low, high] = [0, incidents.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((incidents[middle]?.started ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
