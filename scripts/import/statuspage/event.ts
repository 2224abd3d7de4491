import type { Instant } from '../../../src/core/model.ts';
import {
  type ComponentStatus,
  type Impact,
  IMPACTS,
  INCIDENT_STATUSES,
  INCIDENT_WORDS,
  type IncidentWord,
  MAINTENANCE_WORDS,
  type MaintenanceWord,
} from '../../../src/core/vocabulary.ts';
import { cleanLine } from '../site-text.ts';
import { note } from '../report.ts';
import { readTime, toSecond } from '../times.ts';
import type { RawEvent } from './shape.ts';
import { namedSchema } from './shape.ts';
import type { EventContext, ReadUpdate } from './updates.ts';
import type { ImportedIncident, ImportedMaintenance, ImportedUpdate } from '../model.ts';
import { statusChanges, statusOfImpact } from './updates.ts';

const MAINTENANCE_STATUSES = new Set(['scheduled', 'in_progress', 'verifying', 'completed']);
const CLOSED = new Set(['resolved', 'postmortem', 'completed']);

/** Whether what Statuspage calls an incident is a maintenance: the two share a shape, and saved feeds mix them. */
export function isMaintenance(event: RawEvent, statuses: readonly string[]): boolean {
  return Boolean(event.scheduled_for) || statuses.some((status) => MAINTENANCE_STATUSES.has(status));
}

function isClosed(event: RawEvent): boolean {
  return Boolean(event.resolved_at) || CLOSED.has(event.status ?? '');
}

/** Its title in one line, as far as it has one. */
export function titleOf(event: RawEvent): string {
  return cleanLine(event.name ?? event.title ?? '');
}

/** The time in a field; nothing when it is empty or cannot be read. */
function timeIn(
  { event }: EventContext,
  field: 'started_at' | 'created_at' | 'resolved_at' | 'scheduled_for' | 'scheduled_until',
): Instant | undefined {
  const time = readTime(event.value[field] ?? '');
  return time && toSecond(time.instant);
}

/** `maintenance` is an impact of Statuspage's that says nothing beyond the kind. */
function impactOf({ event, title, report }: EventContext): Impact | undefined {
  const impact = (event.value.impact ?? '').toLowerCase();
  const known = IMPACTS.find((one) => one === impact);
  if (!known && impact !== 'maintenance') {
    note(
      report,
      'unknown-impact',
      event.place,
      { id: event.value.id, subject: title },
      `“${impact}” is no impact in Candor.`,
    );
  }
  return known;
}

/** Keys of the components that the event as a whole names, in the source's order. */
function namedKeys({ event, title, components }: EventContext): string[] {
  const about = { id: event.value.id, subject: title };
  const keys = (event.value.components ?? []).flatMap((value) => {
    const named = namedSchema.safeParse(value).data;
    return named ? components.keysOf({ named, place: event.place, about }) : [];
  });
  return [...new Set(keys)];
}

/** An incident of Statuspage's; nothing when it does not say when it was. */
export function readIncident(context: EventContext, updates: readonly ReadUpdate[]): ImportedIncident | undefined {
  const { event, title, report } = context;
  const about = { id: event.value.id, subject: title };
  const first = updates[0]?.at;
  const said = timeIn(context, 'started_at') ?? timeIn(context, 'created_at');
  const started = Math.min(said ?? Infinity, first ?? Infinity);
  if (!Number.isFinite(started)) return undefined;
  if (said === undefined) note(report, 'start-missing', event.place, about);
  else if (first !== undefined && said > first) note(report, 'started-late', event.place, about);

  const words = updates.map((update) => incidentWordOf(update, context));
  const over = overAt(words);
  const { initial, changes } = statusChanges(
    updates.map((update, index) => ({ ...update, over: over[index] ?? false })),
  );
  const known = new Set([initial, ...changes].flatMap((statuses) => Object.keys(statuses ?? {})));
  const impact = impactOf(context);
  const guessed = namedKeys(context).filter((key) => !known.has(key));
  if (guessed.length > 0) note(report, 'status-from-impact', event.place, about);
  updates.forEach((update, index) => {
    const stays = over[index] && Object.values(update.affected ?? {}).some((status) => status !== 'operational');
    if (stays) note(report, 'end-status-left-out', update.place, about);
  });
  const endedAt = timeIn(context, 'resolved_at');
  return {
    kind: 'incident',
    identity: event.value.id,
    place: event.place,
    title,
    ...(impact && { impact }),
    components: { ...initial, ...Object.fromEntries(guessed.map((key) => [key, statusOfImpact(impact)] as const)) },
    ...(endedAt !== undefined && { endedAt }),
    closed: isClosed(event.value),
    started,
    updates: updates.map((update, index): ImportedUpdate<IncidentWord> => {
      const { at, body, edited, place } = update;
      const components = changes[index];
      return {
        word: words[index] ?? 'update',
        at,
        body,
        place,
        ...(edited && { edited }),
        ...(components && { components }),
      };
    }),
  };
}

function incidentWordOf({ status, place }: ReadUpdate, { event, title, report }: EventContext): IncidentWord {
  const word = INCIDENT_WORDS.find((one) => one === status);
  if (word) return word;
  note(report, 'unknown-status', place, { id: event.value.id, subject: title }, `“${status}” is no status in Candor.`);
  return 'update';
}

/** For each update whether the incident is over from it on. */
function overAt(words: readonly IncidentWord[]): boolean[] {
  let over = false;
  return words.map((word) => {
    if (INCIDENT_STATUSES.some((status) => status === word)) over = word === 'resolved';
    return over;
  });
}

const HOUR = 3_600_000;

/** Statuses of incidents that somebody gave a maintenance. */
const OTHER_WORDS: Record<string, MaintenanceWord> = {
  investigating: 'in_progress',
  identified: 'in_progress',
  monitoring: 'verifying',
  resolved: 'completed',
  canceled: 'cancelled',
};

/** A scheduled maintenance of Statuspage's; nothing when it does not say when it was. */
export function readMaintenance(
  context: EventContext,
  updates: readonly ReadUpdate[],
): ImportedMaintenance | undefined {
  const { event, title } = context;
  const words = updates.map((update) => maintenanceWordOf(update, context));
  const window = windowOf(context, updates, words);
  if (!window) return undefined;

  const running = updates.map((update, index) => ({ update, word: words[index] ?? 'update' }));
  const begun = running.filter(({ word }) => word === 'in_progress' || word === 'verifying');
  const { initial, changes } = statusChanges(begun.map(({ update }) => ({ ...update, over: false })));
  const changesAt = new Map(begun.map(({ update }, index) => [update, changes[index]]));
  const named = namedKeys(context);
  const early = updates.flatMap(({ affected }) => Object.keys(affected ?? {}));
  const late = new Set(changes.flatMap((change) => Object.keys(change ?? {})));
  const planned = [...new Set([...named, ...early])].filter((key) => !late.has(key));
  const components: Record<string, ComponentStatus> = Object.fromEntries(
    planned.map((key) => [key, 'under_maintenance']),
  );
  const impact = impactOf(context);
  const endedAt = timeIn(context, 'resolved_at');
  return {
    kind: 'maintenance',
    identity: event.value.id,
    place: event.place,
    title,
    ...(impact && { impact }),
    components: { ...components, ...initial },
    ...(endedAt !== undefined && { endedAt }),
    closed: isClosed(event.value),
    ...window,
    updates: running.map(({ update, word }): ImportedUpdate<MaintenanceWord> => {
      const { at, body, edited, place } = update;
      const changed = changesAt.get(update);
      return { word, at, body, place, ...(edited && { edited }), ...(changed && { components: changed }) };
    }),
  };
}

/** From when to when; what the source leaves open is told from its updates. */
function windowOf(
  context: EventContext,
  updates: readonly ReadUpdate[],
  words: readonly MaintenanceWord[],
): { scheduled: number; until: number } | undefined {
  const { event, title, report } = context;
  const at = (...wanted: MaintenanceWord[]): number | undefined =>
    updates[words.findIndex((word) => wanted.includes(word))]?.at;
  const saidFrom = timeIn(context, 'scheduled_for');
  const saidUntil = timeIn(context, 'scheduled_until');
  const scheduled = saidFrom ?? at('in_progress') ?? timeIn(context, 'started_at') ?? updates[0]?.at;
  if (scheduled === undefined) return undefined;
  const isWindow = saidUntil !== undefined && saidUntil > scheduled;
  if (saidFrom === undefined || !isWindow) {
    note(report, 'window-missing', event.place, { id: event.value.id, subject: title });
  }
  const ends = [at('completed', 'cancelled'), timeIn(context, 'resolved_at')];
  const until = isWindow ? saidUntil : (ends.find((end) => end !== undefined && end > scheduled) ?? scheduled + HOUR);
  return { scheduled, until };
}

function maintenanceWordOf({ status, place }: ReadUpdate, { event, title, report }: EventContext): MaintenanceWord {
  const word = MAINTENANCE_WORDS.find((one) => one === status);
  if (word) return word;
  const meant = OTHER_WORDS[status] ?? 'update';
  note(
    report,
    'unknown-status',
    place,
    { id: event.value.id, subject: title },
    `“${status}” was read as ${meant.replace('_', ' ')}.`,
  );
  return meant;
}
