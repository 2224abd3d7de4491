import { dayOf, lastDays, monthNamer } from './days.ts';
import type { DaySpan, Instant } from './days.ts';
import { incidentState } from './incident.ts';
import { isOver, isRunning, maintenancePhases, phaseAt } from './maintenance.ts';
import type { Content, Maintenance, StatusEvent } from './model.ts';
import { memoizePair } from './memoize.ts';

/** Events that began in one month of the site's zone, newest first. */
export interface Month {
  /** `YYYY-MM`. */
  month: string;
  events: StatusEvent[];
}

/** A day with events, or a range of days without any. */
export type DayEntry =
  { kind: 'day'; day: DaySpan; events: StatusEvent[] } | { kind: 'quiet'; first: DaySpan; last: DaySpan };

/** All past events, newest month first. Upcoming maintenance is left out, cancelled maintenance is not. */
export function historyByMonth(content: Content, now: Instant): Month[] {
  const name = monthNamer(content.site);
  const months = Map.groupBy(pastEvents(content, now), ({ began }) => name(began));
  return [...months].map(([month, past]) => ({ month, events: past.map(({ event }) => event) }));
}

/**
 * The last days, newest first, with days without events combined. An event is listed on the day it began, or on the
 * first of these days if it began earlier and was not over.
 */
export function recentDays(content: Content, now: Instant, count: number): DayEntry[] {
  const zone = content.site.time_zone;
  const days = lastDays(now, count, zone);
  const start = days[0]?.from ?? now;
  const recent = pastEvents(content, now).filter(({ began, ended }) => began >= start || ended > start);
  const byDay = Map.groupBy(recent, ({ began }) => dayOf(Math.max(began, start), zone));
  const entries: DayEntry[] = [];
  for (const day of days.reverse()) {
    const events = byDay.get(day.day)?.map(({ event }) => event);
    const previous = entries.at(-1);
    if (events) entries.push({ kind: 'day', day, events });
    else if (previous?.kind === 'quiet') previous.first = day;
    else entries.push({ kind: 'quiet', first: day, last: day });
  }
  return entries;
}

/** An event with its start and end. `ended` is `Infinity` while it lasts. */
interface PastEvent {
  event: StatusEvent;
  began: Instant;
  ended: Instant;
}

/**
 * When a maintenance began, if it has. Maintenance that was cancelled before its start counts from its planned start, and
 * is not in the past until then.
 */
export function startedAt(maintenance: Maintenance, now: Instant): Instant | undefined {
  const phases = maintenancePhases(maintenance);
  const begun = phases.find(({ status }) => isRunning(status) || status === 'completed')?.from;
  const at = begun ?? maintenance.scheduled;
  return at <= now ? at : undefined;
}

/** Events that have begun, newest first, and cancelled maintenance at its planned start. */
const pastEvents = memoizePair((content: Content, now: Instant): readonly PastEvent[] => {
  const incidents = content.incidents.map((event) => {
    const { endedAt = Infinity } = incidentState(event);
    return { event, began: Math.min(event.started, now), ended: endedAt };
  });
  const maintenance = content.maintenance.flatMap((event) => {
    const began = startedAt(event, now);
    if (began === undefined) return [];
    const { status, from } = phaseAt(maintenancePhases(event), now);
    return [{ event, began, ended: isOver(status) ? Math.max(from, began) : Infinity }];
  });
  return [...incidents, ...maintenance].sort((a, b) => b.began - a.began);
});
