import { MAINTENANCE_WORDS, type ComponentStatus, type MaintenanceWord } from '../../../src/core/vocabulary.ts';
import type { ImportedMaintenance, ImportedUpdate } from '../model.ts';
import { note } from '../report.ts';
import { impactOf, isClosed, namedKeys, timeIn } from './event.ts';
import { statusChanges } from './statuses.ts';
import type { EventContext, ReadUpdate } from './updates.ts';

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
  const words = updates.map((update) => wordOf(update, context));
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

function wordOf({ status, place }: ReadUpdate, { event, title, report }: EventContext): MaintenanceWord {
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
