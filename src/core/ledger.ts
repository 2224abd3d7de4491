import type { Instant } from './days.ts';
import { affectedComponents, incidentState } from './incident.ts';
import { isOver, isRunning, maintenancePhases, phaseAt } from './maintenance.ts';
import type { Announcement, Component, Content, Incident, Maintenance, NewsEvent, StatusEvent } from './model.ts';
import type { Span } from './timeline.ts';
import { componentSpans } from './timeline.ts';

/** What all pages and feeds need, computed once for the content at one instant. */
export interface Ledger {
  content: Content;
  now: Instant;
  /** By component, sorted by start, oldest first. They can overlap. */
  spans: ReadonlyMap<string, readonly Span[]>;
  /** By component, the events that name it, newest first. */
  events: ReadonlyMap<string, readonly StatusEvent[]>;
  /** Newest first. */
  openIncidents: readonly Incident[];
  /** Running now, newest first. */
  running: readonly Maintenance[];
  /** Soonest first. */
  upcoming: readonly Maintenance[];
  /** Published until now, newest first. */
  announcements: readonly Announcement[];
  /** Events whose files have errors, newest first. */
  partial: readonly StatusEvent[];
  /** The earliest time on record. Before it, nothing is known about components without `since`. */
  firstRecord?: Instant;
}

export function buildLedger(given: Content, now: Instant): Ledger {
  const content = asOf(given, now);
  const events = [...content.incidents, ...content.maintenance].sort((a, b) => startOf(b) - startOf(a));
  const spans = new Map<string, Span[]>();
  const byComponent = new Map<string, StatusEvent[]>();
  for (const event of events) {
    const ids = affectedComponents(event);
    for (const id of ids) append(byComponent, id, event);
    for (const [id, own] of componentSpans(event)) append(spans, id, ...own);
  }
  for (const list of spans.values()) list.sort((a, b) => a.from - b.from);

  const phase = (maintenance: Maintenance) => phaseAt(maintenancePhases(maintenance), now).status;
  const first = events.reduce((least, event) => Math.min(least, startOf(event)), Infinity);
  return {
    content,
    now,
    spans,
    events: byComponent,
    openIncidents: content.incidents.filter((incident) => incidentState(incident).open),
    running: content.maintenance.filter((maintenance) => isRunning(phase(maintenance))),
    partial: events.filter(({ partial }) => partial),
    announcements: content.announcements.filter(({ from }) => from <= now),
    upcoming: content.maintenance.filter((one) => !isRunning(phase(one)) && !isOver(phase(one))).reverse(),
    ...(first <= now && { firstRecord: first }),
  };
}

/** The start of an event: `started`, `scheduled` or `from`. */
export function startOf(event: NewsEvent): Instant {
  if (event.kind === 'announcement') return event.from;
  return event.kind === 'incident' ? event.started : event.scheduled;
}

/** Components by id and by alias. */
export function componentsByName(components: Iterable<Component>): Map<string, Component> {
  return new Map([...components].flatMap((one) => [one.id, ...one.aliases].map((name) => [name, one] as const)));
}

export function isRetired(component: Component, at: Instant): boolean {
  return component.retired !== undefined && component.retired <= at;
}

/**
 * Moves times of updates that are slightly ahead of the clock to now, because these updates are shown already. Planned
 * times of maintenance stay in the future.
 */
function asOf(content: Content, now: Instant): Content {
  return {
    ...content,
    incidents: content.incidents.map((one) => (latestTime(one) > now ? incidentAsOf(one, now) : one)),
    maintenance: content.maintenance.map((one) =>
      latestTime(one) > now ? { ...one, updates: one.updates.map((update) => editedAsOf(update, now)) } : one,
    ),
  };
}

/** The latest recorded time of an event. For maintenance, only edits count. */
export function latestTime(event: NewsEvent): Instant {
  if (event.kind === 'announcement') return event.from;
  if (event.kind === 'maintenance') return Math.max(...event.updates.map(({ edited = -Infinity }) => edited));
  return Math.max(event.started, ...event.updates.flatMap(({ at, edited = at, ended = at }) => [at, edited, ended]));
}

function incidentAsOf(incident: Incident, now: Instant): Incident {
  const updates = incident.updates.map((update) => ({
    ...editedAsOf(update, now),
    at: Math.min(update.at, now),
    ...(update.ended !== undefined && { ended: Math.min(update.ended, now) }),
  }));
  return { ...incident, started: Math.min(incident.started, now), updates };
}

function editedAsOf<T extends { edited?: Instant }>(update: T, now: Instant): T {
  return update.edited === undefined ? update : { ...update, edited: Math.min(update.edited, now) };
}

function append<T>(map: Map<string, T[]>, key: string, ...values: T[]): void {
  const list = map.get(key);
  if (list) list.push(...values);
  else map.set(key, [...values]);
}
