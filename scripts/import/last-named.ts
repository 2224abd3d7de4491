import type { Instant } from '../../src/core/model.ts';
import type { ImportedEvent } from './model.ts';

/** When the last event that names a component began, by key. */
export function lastNamed(events: readonly ImportedEvent[]): Map<string, Instant> {
  const last = new Map<string, Instant>();
  for (const event of events) {
    const start = event.kind === 'incident' ? event.started : event.scheduled;
    for (const { components } of [event, ...event.updates]) {
      for (const key of Object.keys(components ?? {})) last.set(key, Math.max(start, last.get(key) ?? start));
    }
  }
  return last;
}
