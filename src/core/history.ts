import { lastDays, monthOf } from './days.ts';
import type { DaySpan } from './days.ts';
import { incidentState } from './incident.ts';
import { startOf } from './ledger.ts';
import { maintenancePhases, phaseAt } from './maintenance.ts';
import type { Content, Instant, StatusEvent } from './model.ts';

/** Events that began in one month of the site's zone, newest first. */
export interface Month {
  /** `YYYY-MM`. */
  month: string;
  events: StatusEvent[];
}

/** A day with what happened on it, or a stretch of days on which nothing did. */
export type DayEntry =
  { kind: 'day'; day: DaySpan; events: StatusEvent[] } | { kind: 'quiet'; first: DaySpan; last: DaySpan };

/** All that ever happened, newest month first; maintenance still to come is left out, a cancelled one is not. */
export function historyByMonth(content: Content, now: Instant): Month[] {
  const months = new Map<string, StatusEvent[]>();
  for (const event of pastEvents(content, now)) {
    const month = monthOf(happenedAt(event, now), content.site.time_zone);
    const events = months.get(month);
    if (events) events.push(event);
    else months.set(month, [event]);
  }
  return [...months].map(([month, events]) => ({ month, events })).sort((a, b) => (a.month < b.month ? 1 : -1));
}

/**
 * The last days, newest first, quiet ones drawn together. An event stands on the day it began, or on the
 * first day of the window when it began before and was not over yet.
 */
export function recentDays(content: Content, now: Instant, count: number): DayEntry[] {
  const days = lastDays(now, count, content.site.time_zone);
  const windowStart = days[0]?.from ?? now;
  const events = pastEvents(content, now).filter((event) => lastInstant(event, now) >= windowStart);
  const entries: DayEntry[] = [];
  for (const day of days.reverse()) {
    const own = events.filter((event) => {
      const start = Math.max(happenedAt(event, now), windowStart);
      return day.from <= start && start < day.to;
    });
    const previous = entries.at(-1);
    if (own.length > 0) entries.push({ kind: 'day', day, events: own });
    else if (previous?.kind === 'quiet') previous.first = day;
    else entries.push({ kind: 'quiet', first: day, last: day });
  }
  return entries;
}

/** Newest first: what began by now, and maintenance that was called off. */
function pastEvents(content: Content, now: Instant): StatusEvent[] {
  const maintenance = content.maintenance.filter((one) => phaseAt(maintenancePhases(one), now).status !== 'scheduled');
  return [...content.incidents, ...maintenance].sort((a, b) => happenedAt(b, now) - happenedAt(a, now));
}

/** When it began; for work that was called off before it did, when that was said. */
function happenedAt(event: StatusEvent, now: Instant): Instant {
  return Math.min(startOf(event), lastInstant(event, now));
}

function lastInstant(event: StatusEvent, now: Instant): Instant {
  if (event.kind === 'incident') return incidentState(event).endedAt ?? now;
  return phaseAt(maintenancePhases(event), now).from;
}
