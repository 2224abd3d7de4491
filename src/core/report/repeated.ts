import { millisecondsInDay } from 'date-fns/constants';
import type { Instant } from '../days.ts';
import type { Component, Incident } from '../model.ts';

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
