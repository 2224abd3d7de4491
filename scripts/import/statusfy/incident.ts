import type { Instant } from '../../../src/core/model.ts';
import { INCIDENT_WORDS, type ComponentStatus, type Impact, type IncidentWord } from '../../../src/core/vocabulary.ts';
import type { ImportedIncident, ImportedUpdate } from '../model.ts';
import type { EventFile } from './event.ts';
import { lineOfKey, tell, timeOf, type ReadUpdate } from './updates.ts';

const STATUSES: Record<string, ComponentStatus> = {
  'under-maintenance': 'under_maintenance',
  'degraded-performance': 'degraded_performance',
  'partial-outage': 'partial_outage',
  'major-outage': 'major_outage',
};
/** How bad an incident is that names no system. */
const IMPACTS: Partial<Record<ComponentStatus, Impact>> = {
  degraded_performance: 'minor',
  partial_outage: 'major',
  major_outage: 'critical',
};
/** Words of maintenance in an incident. */
const OTHER_WORDS: Record<string, IncidentWord> = { completed: 'resolved', verifying: 'monitoring' };
const MINUTE = 60_000;

/** An incident of Statusfy's; nothing when it does not say when it was. */
export function readIncident(event: EventFile): ImportedIncident | undefined {
  const { fields, date, updates, context, systems } = event;
  const first = updates[0]?.at;
  const started = Math.min(date ?? Infinity, first ?? Infinity);
  if (!Number.isFinite(started)) return undefined;
  if (date === undefined) tell('start-missing', lineOfKey('date', context), context);
  else if (first !== undefined && date > first) tell('started-late', lineOfKey('date', context), context);
  const status = STATUSES[fields.severity];
  if (!status) {
    const reason = `“${fields.severity}” is no severity of Statusfy's; it was read as degraded performance.`;
    tell('unknown-severity', lineOfKey('severity', context), context, reason);
  }
  const impact = systems.length === 0 ? IMPACTS[status ?? 'degraded_performance'] : undefined;
  const words = updates.map(wordOf);
  const isOver = words.findLast((word) => word !== 'update' && word !== 'postmortem') === 'resolved';
  if (isOver && fields.resolved === false) tell('end-disputed', lineOfKey('resolved', context), context);
  const endedAt = isOver ? undefined : endOf(event, updates.at(-1)?.at ?? started);
  return {
    kind: 'incident',
    identity: context.about.id,
    place: { file: context.file },
    title: context.about.subject,
    ...(impact && { impact }),
    components: Object.fromEntries(systems.map((key) => [key, status ?? 'degraded_performance'])),
    ...(endedAt !== undefined && { endedAt }),
    closed: isOver || fields.resolved === true,
    started,
    updates: updates.map(({ at, body, place }, index): ImportedUpdate<IncidentWord> => {
      return { word: words[index] ?? 'update', at, body, place };
    }),
  };
}

/** When it was over, as far as the file tells beside its updates: after its duration, or when it was last touched. */
export function endOf({ fields, date, context }: EventFile, after: Instant): Instant | undefined {
  if (fields.resolved !== true) return undefined;
  const byDuration = fields.duration === undefined || date === undefined ? undefined : date + fields.duration * MINUTE;
  const end = byDuration ?? timeOf(fields.modified, lineOfKey('modified', context), context);
  return end !== undefined && end > after ? end : undefined;
}

function wordOf({ word }: ReadUpdate): IncidentWord {
  return INCIDENT_WORDS.find((one) => one === word) ?? OTHER_WORDS[word] ?? 'update';
}
