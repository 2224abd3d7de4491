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

/** All that reports are made from, sorted by month once for one ledger, so that a month costs what happened in it. */
interface ReportBase {
  /** From eleven before that of the first thing on record to the present one, oldest first. */
  months: readonly MonthSpan[];
  /** By place of the month in which they began, newest first. */
  incidents: ReadonlyMap<number, readonly Incident[]>;
  notices: ReadonlyMap<number, readonly Incident[]>;
  /** Per component, what falls on each month of what is known of it. */
  tallies: ReadonlyMap<string, ReadonlyMap<number, Tally>>;
  /** Per month, when any component at all was down. */
  anyDown: ReadonlyMap<number, Tally>;
  /** Per component, the incidents that did it harm, oldest first. */
  harm: ReadonlyMap<string, readonly Incident[]>;
  /** Per month, everything that began in it or reached into it. */
  touching: ReadonlyMap<number, ReadonlySet<StatusEvent>>;
  /** Per month, what of that did harm to a component. */
  harming: ReadonlyMap<number, ReadonlySet<StatusEvent>>;
}

/** A report looks back over twelve months, its own among them. */
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

/** What each component had at every moment of which something is known, the worst where several things say something. */
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
    for (const [id, all] of componentSpans(event)) {
      const spans = all.filter(({ from }) => from <= now);
      const bad = spans.filter(({ status }) => isHarm(status));
      for (const index of monthsOf(spans, months)) put(touching, index, event);
      for (const index of monthsOf(bad, months)) put(harming, index, event);
      if (bad.length === 0 || event.kind === 'maintenance') continue;
      put(harming, begun, event);
      const own = harm.get(id) ?? [];
      own.push(event);
      harm.set(id, own);
    }
  }
  return { harm, touching, harming };
}

/** Whether a status is worse than planned work. */
function isHarm(status: ComponentStatus): boolean {
  return status === 'degraded_performance' || isDown(status);
}

/** The places of the months that some spans reach into. */
function* monthsOf(spans: readonly Span[], months: readonly MonthSpan[]): Generator<number> {
  for (const { from, to } of spans) {
    for (let index = monthIndex(months, from); (months[index]?.from ?? Infinity) < to; index += 1) yield index;
  }
}

function put<Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

/** The part of some time in which a component, or anything at all, was not operational. */
export interface Tally {
  /** Milliseconds in each status that was not operational. */
  time: Partial<Record<ComponentStatus, number>>;
  /** Outages that began in it. */
  outages: number;
}

/** Whether a status is an outage; with others a component works, if badly. */
function isDown(status: ComponentStatus): boolean {
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

/** From so many incidents within so many days on, a component counts as one that failed again and again. */
export const REPEATED = { incidents: 3, days: 90 } as const;

const SPAN = REPEATED.days * millisecondsInDay;

/** A component that failed again and again. */
export interface RepeatedFailure {
  component: Component;
  /** Every time, newest first; the first of them may lie before the stretch that was asked for. */
  incidents: readonly Incident[];
}

/**
 * The components that failed once more in a stretch of time, and so often in the days up to then that it counts as
 * again and again; those that failed most come first.
 * @param harm per component, the incidents in which it was degraded or down, oldest first
 * @param from an incident that began at it is in the stretch, one that began at `to` is not
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

/** Each incident of the stretch that was one too many, with those in the days before it. */
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

/** The place of the first incident that began at an instant or later. */
function firstFrom(incidents: readonly Incident[], at: Instant): number {
  let [low, high] = [0, incidents.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((incidents[middle]?.started ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
