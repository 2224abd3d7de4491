import { MAINTENANCE_WORDS, type MaintenanceWord } from '../../../src/core/vocabulary.ts';
import type { ImportedMaintenance, ImportedUpdate } from '../model.ts';
import type { EventFile } from './event.ts';
import { endOf } from './incident.ts';
import { lineOfKey, tell, timeOf } from './updates.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Words of incidents in a maintenance that has begun. */
const OTHER_WORDS: Record<string, MaintenanceWord> = {
  investigating: 'in_progress',
  identified: 'in_progress',
  monitoring: 'verifying',
  resolved: 'completed',
};

/** Whether a file tells of planned work: Statusfy has a severity for it. */
export function isMaintenance({ fields }: EventFile): boolean {
  return fields.severity === 'under-maintenance';
}

/** A maintenance of Statusfy's, with or without a window; nothing when it does not say when it was. */
export function readMaintenance(event: EventFile): ImportedMaintenance | undefined {
  const { fields, date, updates, context, systems } = event;
  const said = fields.scheduled === '' ? undefined : timeOf(fields.scheduled, lineOfKey('scheduled', context), context);
  const scheduled = said ?? date ?? updates[0]?.at;
  if (scheduled === undefined) return undefined;
  const planned = fields.duration === undefined ? undefined : scheduled + fields.duration * MINUTE;
  const isWindow = said !== undefined && planned !== undefined;
  if (!isWindow) tell('window-missing', lineOfKey('severity', context), context);

  const words = updates.map(({ word, at }): MaintenanceWord => {
    const own = MAINTENANCE_WORDS.find((one) => one === word);
    if (own) return own;
    return at < scheduled && word !== 'resolved' ? 'update' : (OTHER_WORDS[word] ?? 'update');
  });
  if (isWindow && words[0] === 'update' && (updates[0]?.at ?? Infinity) <= scheduled) {
    words[0] = 'scheduled';
    tell('first-status', 0, context);
  }
  const completed = updates.find((_, index) => words[index] === 'completed')?.at;
  const isOver = words.some((word) => word === 'completed' || word === 'cancelled');
  if (isOver && fields.resolved === false) tell('end-disputed', lineOfKey('resolved', context), context);
  const touched = isOver || isWindow ? undefined : endOf(event, updates.at(-1)?.at ?? scheduled);
  const end = completed ?? touched;
  const until = planned ?? (end !== undefined && end > scheduled ? end : scheduled + HOUR);
  return {
    kind: 'maintenance',
    identity: context.about.id,
    place: { file: context.file },
    title: context.about.subject,
    components: Object.fromEntries(systems.map((key) => [key, 'under_maintenance'])),
    ...(touched !== undefined && { endedAt: touched }),
    closed: isOver || fields.resolved === true,
    scheduled,
    until,
    updates: updates.map(({ at, body, place }, index): ImportedUpdate<MaintenanceWord> => {
      return { word: words[index] ?? 'update', at, body, place };
    }),
  };
}
