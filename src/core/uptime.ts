import { worstSpans } from './timeline.ts';
import type { DaySpan, Instant } from './days.ts';
import type { Ledger } from './ledger.ts';
import type { Component } from './model.ts';
import type { Span } from './timeline.ts';
import type { ComponentStatus } from './vocabulary.ts';
import { COMPONENT_STATUSES } from './vocabulary.ts';

/** A day on a component's bar. */
export interface DayStatus extends DaySpan {
  /** `no_data` only if the whole day is without data. */
  status: ComponentStatus | 'no_data';
  /** Seconds in each status except operational. Overlaps count once, as the worst. */
  seconds: Readonly<Partial<Record<ComponentStatus, number>>>;
}

/** The share of the time in a status that counts as downtime, from 0 to 1. By default, 0. */
export type Weights = Readonly<Partial<Record<ComponentStatus, number>>>;

const LEAST_SECONDS_SHOWN = 60;

/** The period for which a component has data. Empty if `from >= to`. */
export function knownSpan(ledger: Ledger, component: Component): { from: Instant; to: Instant } {
  return {
    from: component.since ?? ledger.firstRecord ?? Infinity,
    to: Math.min(ledger.now, component.retired ?? Infinity),
  };
}

/**
 * Percent of a window without outage, floored to two decimals: 100 × (1 − weighted seconds / all seconds).
 * Undefined if the window has no data.
 */
export function uptime(
  ledger: Ledger,
  component: Component,
  window: { from: Instant; to: Instant },
  weights: Weights,
): number | undefined {
  const known = knownSpan(ledger, component);
  const from = Math.max(window.from, known.from);
  const to = Math.min(window.to, known.to);
  if (from >= to) return undefined;
  const down = worstSpans(ledger.spans.get(component.id) ?? [], from, to).reduce(
    (sum, span) => sum + (span.to - span.from) * (weights[span.status] ?? 0),
    0,
  );
  return floorPercent(1 - down / (to - from));
}

/** The days of a bar: each shows the worst status that the component had for at least a minute. */
export function dayStatuses(ledger: Ledger, component: Component, days: readonly DaySpan[]): DayStatus[] {
  const known = knownSpan(ledger, component);
  const spans = worstSpans(
    ledger.spans.get(component.id) ?? [],
    days[0]?.from ?? 0,
    Math.min(days.at(-1)?.to ?? 0, known.to),
  );
  let first = 0;
  return days.map((day) => {
    const unknown = day.to <= known.from || day.from > ledger.now || day.from >= (component.retired ?? Infinity);
    while ((spans[first]?.to ?? Infinity) <= day.from) first += 1;
    const seconds = secondsByStatus(spans, first, Math.max(day.from, known.from), day.to);
    return { ...day, status: unknown ? 'no_data' : shownStatus(seconds), seconds };
  });
}

/** @param first the index of the first of the sorted spans that can be in the window */
function secondsByStatus(spans: readonly Span[], first: number, from: Instant, to: Instant): DayStatus['seconds'] {
  const seconds: Partial<Record<ComponentStatus, number>> = {};
  for (let index = first; index < spans.length; index++) {
    const span = spans[index];
    if (!span || span.from >= to) break;
    const overlap = Math.min(span.to, to) - Math.max(span.from, from);
    if (overlap > 0) seconds[span.status] = (seconds[span.status] ?? 0) + overlap / 1000;
  }
  return seconds;
}

function shownStatus(seconds: Readonly<Partial<Record<ComponentStatus, number>>>): ComponentStatus {
  let sum = 0;
  for (const status of [...COMPONENT_STATUSES].reverse()) {
    sum += seconds[status] ?? 0;
    if (sum >= LEAST_SECONDS_SHOWN) return status;
  }
  return 'operational';
}

/** Floors to two decimals. The small term corrects binary rounding errors, as in 0.9999 × 100. */
export function floorPercent(share: number): number {
  return Math.floor(share * 10_000 + 1e-7) / 100;
}
