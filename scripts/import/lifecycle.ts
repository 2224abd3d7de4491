import type { Instant } from '../../src/core/model.ts';
import { hasText } from '../../src/reader/empty-updates.ts';
import { parseMarkdown } from '../../src/reader/markdown.ts';
import { settleIncident } from './lifecycle-incident.ts';
import { settleMaintenance } from './lifecycle-maintenance.ts';
import type { ImportedEvent, ImportedUpdate, Place } from './model.ts';
import { note, type Kind, type Report } from './report.ts';

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

export const DAY = 86_400_000;
/** What is open for longer is probably forgotten. */
export const LONG_OPEN = 30 * DAY;
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
  event: { identity: string; title: string; place: Place },
  update: { word: Word; at: Instant; body: string },
  kind: Kind,
  report: Report,
): ImportedUpdate<Word> {
  note(report, kind, event.place, about(event));
  report.added.updates += 1;
  return { ...update, place: event.place };
}
