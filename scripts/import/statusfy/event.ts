import type { Instant } from '../../../src/core/model.ts';
import type { ImportedEvent } from '../model.ts';
import { note, type Report } from '../report.ts';
import type { TextFile } from '../source-files.ts';
import { readBody } from './containers.ts';
import { readFields, type Fields } from './front-matter-fields.ts';
import { readStatusfyFile } from './front-matter.ts';
import { readIncident } from './incident.ts';
import { isMaintenance, readMaintenance } from './maintenance.ts';
import type { Systems } from './systems.ts';
import { lineOfKey, readUpdates, tell, timeOf, type FileContext, type ReadUpdate } from './updates.ts';

/** A file of Statusfy's with everything read that incidents and maintenance have alike. */
export interface EventFile {
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
