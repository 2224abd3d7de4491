import type { Instant } from '../../src/core/days.ts';
import { hasText } from '../../src/reader/events/updates.ts';
import { parseMarkdown } from '../../src/reader/markdown/markdown.ts';
import type { ImportedEvent, ImportedIncident, ImportedMaintenance, ImportedUpdate, SourcePlace } from './model.ts';
import { type Kind, note, type Report } from './report.ts';
import type { IncidentWord, MaintenanceWord } from '../../src/core/vocabulary.ts';

type IncidentUpdate = ImportedUpdate<IncidentWord>;

const MINUTE = 60_000;

/** An incident that begins with a status, is resolved if the source says so, and explains itself only after that. */
function settleIncident(incident: ImportedIncident, options: LifecycleOptions, report: Report): ImportedIncident {
  const begun = withFirstIncidentStatus(incident, report);
  const resolved = withResolution(incident, begun, options, report);
  return { ...incident, updates: withLatePostmortems(incident, resolved, report) };
}

function withFirstIncidentStatus(incident: ImportedIncident, report: Report): IncidentUpdate[] {
  const [first, ...rest] = incident.updates;
  if (!first) {
    const update = { word: 'investigating' as const, at: incident.started, body: TEXTS.noUpdate };
    return [addedUpdate(incident, update, 'update-added', report)];
  }
  if (first.word !== 'update') return [first, ...rest];
  note(report, 'first-status', first.place, about(incident));
  return [{ ...first, word: 'investigating' }, ...rest];
}

/** Adds the Resolved update that the source has no text for, after the last one that is no postmortem. */
function withResolution(
  incident: ImportedIncident,
  updates: IncidentUpdate[],
  { now, closeOlderThanDays }: LifecycleOptions,
  report: Report,
): IncidentUpdate[] {
  const status = updates.findLast(({ word }) => word !== 'update' && word !== 'postmortem');
  if (status?.word === 'resolved') {
    const apart = Math.abs((incident.endedAt ?? status.at) - (status.ended ?? status.at));
    if (apart > MINUTE) note(report, 'resolved-time-differs', status.place, about(incident));
    return updates;
  }
  const index = updates.findLastIndex(({ word }) => word !== 'postmortem') + 1;
  const lastAt = updates[index - 1]?.at ?? incident.started;
  const resolve = (at: Instant, body: string, kind: Kind): IncidentUpdate[] =>
    updates.toSpliced(index, 0, addedUpdate(incident, { word: 'resolved', at, body }, kind, report));

  const postmortem = updates[index];
  if (incident.closed) {
    const end = Math.max(lastAt, incident.endedAt ?? postmortem?.at ?? lastAt);
    return resolve(Math.min(end, postmortem?.at ?? end), TEXTS.resolved, 'resolved-added');
  }
  if (closeOlderThanDays !== undefined && now - lastAt > closeOlderThanDays * DAY) {
    return resolve(lastAt, TEXTS.incidentClosedByAge, 'closed-by-age');
  }
  if (now - incident.started > LONG_OPEN) note(report, 'open-long', incident.place, about(incident));
  return updates;
}

function withLatePostmortems(
  incident: ImportedIncident,
  updates: readonly IncidentUpdate[],
  report: Report,
): IncidentUpdate[] {
  const resolved = updates.findIndex(({ word }) => word === 'resolved');
  return updates.map((update, index) => {
    if (update.word !== 'postmortem' || (resolved !== -1 && resolved < index)) return update;
    note(report, 'postmortem-early', update.place, about(incident));
    return { ...update, word: index === 0 ? 'investigating' : 'update' };
  });
}

type MaintenanceUpdate = ImportedUpdate<MaintenanceWord>;

/** A maintenance that begins with a status and, where an update started it, ends with one if the source says so. */
function settleMaintenance(
  maintenance: ImportedMaintenance,
  options: LifecycleOptions,
  report: Report,
): ImportedMaintenance {
  const begun = withFirstMaintenanceStatus(maintenance, report);
  return { ...maintenance, updates: withCompletion(maintenance, begun, options, report) };
}

function withFirstMaintenanceStatus(maintenance: ImportedMaintenance, report: Report): MaintenanceUpdate[] {
  const [first, ...rest] = maintenance.updates;
  if (first?.word !== 'update') return [...maintenance.updates];
  note(report, 'first-status', first.place, about(maintenance));
  return [{ ...first, word: first.at < maintenance.scheduled ? 'scheduled' : 'in_progress' }, ...rest];
}

/** Until an update starts it the clock runs a maintenance, and ends it too. */
function withCompletion(
  maintenance: ImportedMaintenance,
  updates: MaintenanceUpdate[],
  { now, closeOlderThanDays }: LifecycleOptions,
  report: Report,
): MaintenanceUpdate[] {
  const { scheduled, until, endedAt, closed } = maintenance;
  const turn = updates.findLast(({ word }) => word !== 'update' && word !== 'scheduled')?.word;
  if (turn === 'completed' || turn === 'cancelled') return updates;
  const lastAt = updates.at(-1)?.at ?? scheduled;
  const startedByUpdate = turn !== undefined;

  if (closed && (startedByUpdate || endedAt !== undefined)) {
    const at = Math.max(lastAt, endedAt ?? Math.min(until, now));
    const update = { word: 'completed' as const, at, body: TEXTS.completed };
    return [...updates, addedUpdate(maintenance, update, 'resolved-added', report)];
  }
  if (closed || !startedByUpdate) return updates;
  if (closeOlderThanDays !== undefined && now - Math.max(lastAt, until) > closeOlderThanDays * DAY) {
    const update = { word: 'completed' as const, at: lastAt, body: TEXTS.maintenanceClosedByAge };
    return [...updates, addedUpdate(maintenance, update, 'closed-by-age', report)];
  }
  if (now - Math.max(scheduled, until) > LONG_OPEN) note(report, 'open-long', maintenance.place, about(maintenance));
  return updates;
}

/** Standard texts of updates that the importer adds. Customers read them, so they say no more than is known. */
export const TEXTS = {
  resolved: 'This incident has been resolved.',
  completed: 'The maintenance has been completed.',
  incidentClosedByAge: 'This incident was not updated again and has been closed. When it ended is not known.',
  maintenanceClosedByAge: 'This maintenance was not updated again and has been closed. When it ended is not known.',
  siteRemoved: 'This is no longer checked. We do not know when it worked again.',
  noUpdate: 'No update was published.',
  noText: 'No message was posted with this update.',
} as const;

export interface LifecycleOptions {
  now: Instant;
  /** Closes what is open and had no update for so many days. */
  closeOlderThanDays?: number;
}

const DAY = 86_400_000;
/** What is open for longer is probably forgotten. */
const LONG_OPEN = 30 * DAY;
/** Candor shows updates up to ten minutes ahead of the clock. */
const AHEAD = 10 * 60_000;

/**
 * The event with its updates as Candor's format allows them; nothing when all of them lie ahead. What had to be
 * added, changed or left out goes into the report.
 */
export function settle(event: ImportedEvent, options: LifecycleOptions, report: Report): ImportedEvent | undefined {
  const ahead = event.updates.filter(({ at }) => at > options.now + AHEAD);
  for (const update of ahead) note(report, 'future-update', update.place, about(event));
  report.notWritten.updates += ahead.length;
  if (ahead.length > 0 && ahead.length === event.updates.length) {
    report.notWritten[event.kind === 'incident' ? 'incidents' : 'maintenance'] += 1;
    return undefined;
  }
  if (event.kind === 'incident') {
    const updates = known(event.updates, ahead).map((update) => withText(update, event, report));
    return settleIncident({ ...event, updates }, options, report);
  }
  const updates = known(event.updates, ahead).map((update) => withText(update, event, report));
  return settleMaintenance({ ...event, updates }, options, report);
}

/** An update that the source has no text for says so: its status and its time are kept. */
function withText<Word extends string>(
  update: ImportedUpdate<Word>,
  event: ImportedEvent,
  report: Report,
): ImportedUpdate<Word> {
  if (hasText(parseMarkdown(update.body, 1).tree)) return update;
  note(report, 'text-missing', update.place, about(event));
  return { ...update, body: TEXTS.noText };
}

/** Those that do not lie ahead, oldest first. */
function known<Word extends string>(
  updates: readonly ImportedUpdate<Word>[],
  ahead: readonly ImportedUpdate[],
): ImportedUpdate<Word>[] {
  return updates.filter((update) => !ahead.includes(update)).sort((a, b) => a.at - b.at);
}

/** What a report's entry on an event names. */
export function about(event: { identity: string; title: string }): { id: string; subject: string } {
  return { id: event.identity, subject: event.title };
}

/** An update that the source lacks, reported and counted. */
export function addedUpdate<Word extends string>(
  event: { identity: string; title: string; place: SourcePlace },
  update: { word: Word; at: Instant; body: string },
  kind: Kind,
  report: Report,
): ImportedUpdate<Word> {
  note(report, kind, event.place, about(event));
  report.added.updates += 1;
  return { ...update, place: event.place };
}
