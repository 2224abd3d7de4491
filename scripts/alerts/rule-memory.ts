import type { AlertRecord } from '../../src/core/alerts/record.ts';
import { RECORD_STAGES } from '../../src/core/alerts/record.ts';
import type { Incident } from '../../src/core/model.ts';
import type { OpenedFolder } from '../author/content.ts';
import { placeOf, readAs } from '../author/content.ts';
import { readIfThere } from '../author/file.ts';
import { recordsIn } from './records-comment.ts';

/** A file of an incident that alerts began, as it is on the disk. */
export interface AlertFile {
  /** Below the content folder. */
  path: string;
  text: string;
  incident: Incident;
}

/** What is known of the alerts of one rule. */
export interface RuleMemory {
  records: readonly AlertRecord[];
  /** The newest incident of the rule. */
  file?: AlertFile;
  /** Where records stand that belong to no incident, if there are some. */
  waiting?: { path: string; text: string };
}

/** Where records wait for an incident. Nothing reads a folder as content whose name begins with an underscore. */
export function waitingPath(rule: string): string {
  return `incidents/_alerts/${rule}.md`;
}

/**
 * What the content folder remembers of a rule.
 * @returns also the newest incident of the rule, unless somebody has broken its file: then another one is begun
 */
export async function recall(folder: OpenedFolder, rule: string): Promise<RuleMemory> {
  const files = folder.source.files.flatMap(({ path, text }) => {
    const found = path.startsWith('incidents/') && text !== undefined ? recordsIn(text) : undefined;
    return found?.rule === rule ? [{ path, records: found.records }] : [];
  });
  const newest = files.sort((a, b) => latest(b.records) - latest(a.records))[0];
  const file = newest && (await openFile(folder, newest.path));
  const path = waitingPath(rule);
  const text = await readIfThere(placeOf(folder, path));
  const waiting = text === undefined ? [] : (recordsIn(text)?.records ?? []);
  return {
    records: mergeRecords(newest?.records ?? [], waiting),
    ...(file && { file }),
    ...(text !== undefined && { waiting: { path, text } }),
  };
}

/** The rules that somebody is still to be told something about. */
export async function rulesWithNews(folder: OpenedFolder, rules: readonly { name: string }[]): Promise<string[]> {
  const names: string[] = [];
  for (const { name } of rules) {
    const { records } = await recall(folder, name);
    if (records.some(({ stage, until }) => stage === 'waiting' || (stage === 'told' && until !== undefined)))
      names.push(name);
  }
  return names;
}

/** What two files remember, once for each alert: the later time of it, and the later word on it. */
export function mergeRecords(some: readonly AlertRecord[], others: readonly AlertRecord[]): AlertRecord[] {
  const merged = new Map(some.map((record) => [record.key, record]));
  for (const record of others) {
    const known = merged.get(record.key);
    if (!known || isLater(record, known)) merged.set(record.key, record);
  }
  return [...merged.values()];
}

function isLater(one: AlertRecord, other: AlertRecord): boolean {
  if (one.since !== other.since) return one.since > other.since;
  return RECORD_STAGES.indexOf(one.stage) > RECORD_STAGES.indexOf(other.stage);
}

/** An event that is read from a text, if nothing in it is wrong. */
export function incidentIn(folder: OpenedFolder, path: string, text: string): Incident | undefined {
  const { events, diagnostics } = readAs(folder, path, text);
  const [event] = events;
  const isWhole = !diagnostics.some(({ severity }) => severity === 'error');
  return isWhole && event?.kind === 'incident' ? event : undefined;
}

async function openFile(folder: OpenedFolder, path: string): Promise<AlertFile | undefined> {
  const text = await readIfThere(placeOf(folder, path));
  const incident = text === undefined ? undefined : incidentIn(folder, path, text);
  return text !== undefined && incident ? { path, text, incident } : undefined;
}

function latest(records: readonly AlertRecord[]): number {
  return Math.max(-Infinity, ...records.map(({ since }) => since));
}
