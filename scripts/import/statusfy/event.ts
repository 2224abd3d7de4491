import type { Instant } from '../../../src/core/model.ts';
import type { ImportedEvent, ImportedIncident, ImportedMaintenance, ImportedUpdate } from '../model.ts';
import { note, type Report } from '../report.ts';
import type { TextFile } from '../source-files.ts';
import { type FileContext, lineOfKey, readBody, type ReadUpdate, readUpdates, tell, timeOf } from './updates.ts';
import { type Fields, readFields, readStatusfyFile } from './front-matter.ts';
import type { Systems } from './systems.ts';
import {
  type ComponentStatus,
  type Impact,
  INCIDENT_WORDS,
  type IncidentWord,
  MAINTENANCE_WORDS,
  type MaintenanceWord,
} from '../../../src/core/vocabulary.ts';

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
const OTHER_INCIDENT_WORDS: Record<string, IncidentWord> = { completed: 'resolved', verifying: 'monitoring' };
const MINUTE = 60_000;

/** An incident of Statusfy's; nothing when it does not say when it was. */
function readIncident(event: EventFile): ImportedIncident | undefined {
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
function endOf({ fields, date, context }: EventFile, after: Instant): Instant | undefined {
  if (fields.resolved !== true) return undefined;
  const byDuration = fields.duration === undefined || date === undefined ? undefined : date + fields.duration * MINUTE;
  const end = byDuration ?? timeOf(fields.modified, lineOfKey('modified', context), context);
  return end !== undefined && end > after ? end : undefined;
}

function wordOf({ word }: ReadUpdate): IncidentWord {
  return INCIDENT_WORDS.find((one) => one === word) ?? OTHER_INCIDENT_WORDS[word] ?? 'update';
}

const HOUR = 60 * MINUTE;

/** Words of incidents in a maintenance that has begun. */
const OTHER_MAINTENANCE_WORDS: Record<string, MaintenanceWord> = {
  investigating: 'in_progress',
  identified: 'in_progress',
  monitoring: 'verifying',
  resolved: 'completed',
};

/** Whether a file tells of planned work: Statusfy has a severity for it. */
function isMaintenance({ fields }: EventFile): boolean {
  return fields.severity === 'under-maintenance';
}

/** A maintenance of Statusfy's, with or without a window; nothing when it does not say when it was. */
function readMaintenance(event: EventFile): ImportedMaintenance | undefined {
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
    return at < scheduled && word !== 'resolved' ? 'update' : (OTHER_MAINTENANCE_WORDS[word] ?? 'update');
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

/** A file of Statusfy's with everything read that incidents and maintenance have alike. */
interface EventFile {
  fields: Fields;
  /** When the file says that it was. */
  date: Instant | undefined;
  updates: readonly ReadUpdate[];
  /** Keys of what it names. */
  systems: readonly string[];
  context: FileContext;
}

/** What one file is read with. */
export interface EventOptions {
  systems: Systems;
  base: string | undefined;
  zone: { name: string; given: boolean };
  /** Ids that several files have, which are none then. */
  sharedIds: ReadonlySet<string>;
  report: Report;
}

/** The comment that `statusfy new-incident` puts into every file. */
const LANGUAGE = /<!--+\s*language code:[^>]*-->/g;

/** The incident or maintenance that a file tells of; nothing, and why in the report, when none can be read. */
export function readEvent(file: TextFile, options: EventOptions): ImportedEvent | undefined {
  const { report } = options;
  const place = { file: file.path };
  const lose = (reason: string, line: number, kind: 'incidents' | 'maintenance' = 'incidents'): undefined => {
    note(report, 'event-unreadable', { ...place, line }, { id: file.path, subject: file.path }, reason);
    report.read[kind] += 1;
    report.notWritten[kind] += 1;
  };
  const parts = readStatusfyFile(file.text);
  if ('problem' in parts) return lose(parts.problem, parts.line);
  const fields = readFields(parts.data);
  const id = fields.id !== '' && !options.sharedIds.has(fields.id) ? fields.id : file.path;
  const context: FileContext = {
    file: file.path,
    bodyLine: parts.bodyLine,
    keyLines: parts.keyLines,
    about: { id, subject: fields.title || titleFrom(file.path) },
    base: options.base,
    zone: options.zone,
    report,
  };
  const inFront = 1 - parts.bodyLine;
  if (parts.repaired !== undefined) tell('front-matter-repaired', inFront, context, parts.repaired);
  if (fields.title === '') tell('title-added', inFront, context);
  for (const key of fields.unknown)
    tell('detail-left-out', lineOfKey(key, context), context, `Statusfy has no key “${key}”.`);
  const date = dateOf(fields, file.path, context);
  const body = readBody(parts.body.replace(LANGUAGE, ''));
  const updates = readUpdates(body, fields, date, context);
  const named = { ...place, line: parts.keyLines.get('affectedsystems') ?? 1 };
  const systems = fields.systems.map((name) => options.systems.keyOf(name, named));
  const event: EventFile = { fields, date, updates, systems: [...new Set(systems)], context };
  const kind = isMaintenance(event) ? 'maintenance' : 'incidents';
  const read = kind === 'maintenance' ? readMaintenance(event) : readIncident(event);
  if (!read) return lose('It has no time that can be read.', 1, kind);
  report.read[kind] += 1;
  report.read.updates += updates.length;
  return read;
}

/** The date in the front matter, else the day in the file's name, as Statusfy's own command writes it there. */
function dateOf({ date }: Fields, path: string, context: FileContext): Instant | undefined {
  const line = lineOfKey('date', context);
  const said = timeOf(date, line, context);
  if (said !== undefined) return said;
  const named = /(?:^|\/)(\d{4}-\d{2}-\d{2})[^/]*$/.exec(path)?.[1] ?? '';
  const day = timeOf(named && `${named}T00:00Z`, line, context);
  if (day !== undefined) tell('start-missing', line, context, `Its date is “${date}”; the day in its name counts.`);
  return day;
}

function titleFrom(path: string): string {
  const name = (path.split('/').at(-1) ?? path).replace(/\.md$/i, '').replace(/^\d{4}-\d{2}-\d{2}[_-]*/, '');
  const words = name.replace(/[_-]+/g, ' ').trim();
  return words === '' ? 'Untitled' : words.charAt(0).toUpperCase() + words.slice(1);
}
