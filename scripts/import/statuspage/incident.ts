import { INCIDENT_STATUSES, INCIDENT_WORDS, type IncidentWord } from '../../../src/core/vocabulary.ts';
import type { ImportedIncident, ImportedUpdate } from '../model.ts';
import { note } from '../report.ts';
import { impactOf, isClosed, namedKeys, timeIn } from './event.ts';
import { statusChanges, statusOfImpact } from './statuses.ts';
import type { EventContext, ReadUpdate } from './updates.ts';

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

  const words = updates.map((update) => wordOf(update, context));
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

function wordOf({ status, place }: ReadUpdate, { event, title, report }: EventContext): IncidentWord {
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
