import type { IncidentWord, MaintenanceWord } from '../../../src/core/vocabulary.ts';
import { addedUpdate } from '../lifecycle.ts';
import type { ImportedMaintenance, ImportedUpdate } from '../model.ts';
import { note } from '../report.ts';
import { readUpdates, timeOf } from './issue-updates.ts';
import type { IssueContext } from './issues.ts';

const HOUR = 3_600_000;
const CANCELLED = 'This maintenance has been cancelled.';
/** The comment in which Upptime expects `start:`, `end:`, `expectedDown:` and `expectedDegraded:`. */
const FIELDS = /<!--([\s\S]*?)-->/;

/** Words of incidents in a maintenance that has begun. */
const WORDS: Record<IncidentWord, MaintenanceWord> = {
  investigating: 'in_progress',
  identified: 'in_progress',
  monitoring: 'verifying',
  resolved: 'completed',
  postmortem: 'update',
  update: 'update',
};

/** A maintenance from an issue with that label; nothing when it does not say when it was. */
export function readMaintenance(context: IssueContext): ImportedMaintenance | undefined {
  const { issue, place, about, title, sites, report } = context;
  const fields = fieldsIn(issue.body);
  const isRead = fields.has('start') || fields.has('end');
  const updates = readUpdates(context, isRead ? issue.body.replace(FIELDS, '').trim() : issue.body);
  const start = timeOf(fields.get('start') ?? '', place, context);
  const end = timeOf(fields.get('end') ?? '', place, context);
  const opened = timeOf(issue.createdAt, place, context);
  const closed = issue.isClosed ? timeOf(issue.closedAt, place, context) : undefined;
  const scheduled = start ?? opened;
  if (scheduled === undefined) return undefined;
  const isWindow = start !== undefined && end !== undefined && end > start;
  if (!isWindow) note(report, 'window-missing', place, about);
  const until = isWindow ? end : closed !== undefined && closed > scheduled ? closed : scheduled + HOUR;
  const names = ['expectedDown', 'expectedDegraded'].flatMap((key) => fields.get(key)?.split(',') ?? []);
  const keys = names
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => sites.named(name, place).key);
  const isEarly = closed !== undefined && closed < scheduled;
  const maintenance: ImportedMaintenance = {
    kind: 'maintenance',
    identity: about.id,
    place,
    title: title || about.id,
    components: Object.fromEntries(keys.map((key) => [key, 'under_maintenance'])),
    ...(closed !== undefined && closed < until && !isEarly && { endedAt: closed }),
    closed: issue.isClosed,
    scheduled,
    until,
    updates: updates.map((update, index) => inMaintenance(update, index === 0, scheduled)),
  };
  if (!isEarly || maintenance.updates.some(({ word }) => word === 'cancelled')) return maintenance;
  const last = Math.max(closed, updates.at(-1)?.at ?? closed);
  const cancelled = addedUpdate(
    maintenance,
    { word: 'cancelled', at: last, body: CANCELLED },
    'cancelled-added',
    report,
  );
  return { ...maintenance, updates: [...maintenance.updates, cancelled] };
}

function inMaintenance(
  update: ImportedUpdate<IncidentWord>,
  isFirst: boolean,
  scheduled: number,
): ImportedUpdate<MaintenanceWord> {
  if (isFirst && update.at <= scheduled) return { ...update, word: 'scheduled' };
  return { ...update, word: update.at < scheduled && update.word !== 'resolved' ? 'update' : WORDS[update.word] };
}

function fieldsIn(body: string): Map<string, string> {
  const lines = FIELDS.exec(body)?.[1]?.split('\n') ?? [];
  return new Map(
    lines.flatMap((line) => {
      const match = /^\s*(\w+)\s*:\s*(\S.*?)\s*$/.exec(line);
      return match ? [[match[1] ?? '', match[2] ?? ''] as const] : [];
    }),
  );
}
