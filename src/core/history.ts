import { dayOf, lastDays, monthNamer, monthsBetween } from './days.ts';
import type { DaySpan, Instant } from './days.ts';
import { incidentState } from './incident.ts';
import { isOver, isRunning, maintenancePhases, phaseAt } from './maintenance.ts';
import type { Ledger } from './ledger.ts';
import type { Content, Maintenance, StatusEvent } from './model.ts';
import { memoizePair } from './memoize.ts';

/** What happened in a month or a year of the site's zone, newest first. */
export interface Period {
  /** Events that began in it. */
  events: readonly StatusEvent[];
  /** Events that began earlier and lasted into it. */
  lasting: readonly StatusEvent[];
}

/** A month, as `YYYY-MM`. */
export interface Month extends Period {
  month: string;
}

/** A year, as `YYYY`. */
export interface Year extends Period {
  year: string;
}

/** A day with events, or a range of days without any. */
export type DayEntry =
  { kind: 'day'; day: DaySpan; events: StatusEvent[] } | { kind: 'quiet'; first: DaySpan; last: DaySpan };

/**
 * All past events by the month in which they began, newest month first. Upcoming maintenance is left out, cancelled
 * maintenance is not.
 */
export function historyByMonth(content: Content, now: Instant): Month[] {
  const months = periods([...monthsByEvent(content, now).values()], content, 'YYYY-MM'.length);
  return months.map(([month, period]) => ({ month, ...period }));
}

/** The past events of a component by the year in which they began, newest year first. */
export function componentByYear({ content, events, now }: Ledger, id: string): Year[] {
  const known = monthsByEvent(content, now);
  const past = (events.get(id) ?? []).flatMap((event) => known.get(event) ?? []);
  const years = periods(past.sort(newestFirst), content, 'YYYY'.length);
  return years.map(([year, period]) => ({ year, ...period }));
}

/** @param length of the name of a period, as the beginning of `YYYY-MM-DD` */
function periods(past: readonly PastMonths[], { site }: Content, length: number): [name: string, period: Period][] {
  const named = new Map<string, { events: StatusEvent[]; lasting: StatusEvent[] }>();
  const inPeriod = (name: string) => {
    const period = named.get(name) ?? { events: [], lasting: [] };
    named.set(name, period);
    return period;
  };
  for (const { event, began, last, months: ends } of past) {
    const [first, end] = [ends[0].slice(0, length), ends[1].slice(0, length)];
    inPeriod(first).events.push(event);
    if (first === end) continue;
    const months = monthsBetween(began, last, site.time_zone).map(({ month }) => month.slice(0, length));
    for (const name of new Set(months)) if (name !== first) inPeriod(name).lasting.push(event);
  }
  return [...named].sort(([a], [b]) => (a < b ? 1 : -1));
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
export interface PastEvent {
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
const pastEvents = memoizePair((content: Content, now: Instant): readonly PastEvent[] =>
  [...content.incidents, ...content.maintenance].flatMap((event) => pastOf(event, now) ?? []).sort(newestFirst),
);

function newestFirst(a: PastEvent, b: PastEvent): number {
  return b.began - a.began;
}

/** A past event with its last instant so far, and the months of both. */
interface PastMonths extends PastEvent {
  last: Instant;
  months: [first: string, last: string];
}

/** Newest first. The calendar is asked once for all lists by month and year. */
const monthsByEvent = memoizePair((content: Content, now: Instant): ReadonlyMap<StatusEvent, PastMonths> => {
  const monthAt = monthNamer(content.site);
  return new Map(
    pastEvents(content, now).map((past) => {
      // What ends at midnight does not last into the next day.
      const last = Math.max(Math.min(past.ended - 1, now), past.began);
      return [past.event, { ...past, last, months: [monthAt(past.began), monthAt(last)] }];
    }),
  );
});

/** When an event began and ended, if it has begun. */
export function pastOf(event: StatusEvent, now: Instant): PastEvent | undefined {
  if (event.kind === 'incident') {
    const { endedAt = Infinity } = incidentState(event);
    return { event, began: Math.min(event.started, now), ended: endedAt };
  }
  const began = startedAt(event, now);
  if (began === undefined) return undefined;
  const { status, from } = phaseAt(maintenancePhases(event), now);
  return { event, began, ended: isOver(status) ? Math.max(from, began) : Infinity };
}
