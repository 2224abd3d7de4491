import type { AlertRecord } from '../../src/core/alerts/record.ts';
import { mergeRecords } from '../../src/core/alerts/record.ts';
import type { Incident } from '../../src/core/model.ts';
import type { FoundContent, OpenedFolder } from '../author/content.ts';
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
  /** The newest incident of the rule; `unreadable` when somebody has broken its file. */
  file?: AlertFile | 'unreadable';
  /** Whether `file` stands only on the branch on which it is reviewed. */
  isReviewed?: true;
  /** Older ones whose end is still to be said, as when their file could not be read when it came. */
  older: readonly AlertFile[];
  /** Texts of its files by path, as they were found, be it on the branch of a review. */
  known: ReadonlyMap<string, string>;
  /** The same as they are published. */
  published: ReadonlyMap<string, string>;
}

/** Where records wait for an incident. Nothing reads a folder as content whose name begins with an underscore. */
export function waitingPath(rule: string): string {
  return `incidents/_alerts/${rule}.md`;
}

/** What the content folder remembers of a rule. */
export async function recall(folder: OpenedFolder, rule: string): Promise<RuleMemory> {
  const [newest, ...older] = rememberingFiles(folder)
    .filter((file) => file.rule === rule)
    .sort((a, b) => latest(b.records) - latest(a.records));
  const path = waitingPath(rule);
  const text = await readIfThere(placeOf(folder, path));
  const waiting = text === undefined ? [] : (recordsIn(text)?.records ?? []);
  const unended = older.filter(({ records }) => records.some(({ stage }) => stage === 'told'));
  const opened = await Promise.all(unended.map((file) => openFile(folder, file.path)));
  const files = opened.filter((file) => file !== undefined);
  const file = newest && ((await openFile(folder, newest.path)) ?? 'unreadable');
  const known = new Map([...files, ...(typeof file === 'object' ? [file] : [])].map((one) => [one.path, one.text]));
  if (text !== undefined) known.set(path, text);
  return {
    records: mergeRecords(newest?.records ?? [], waiting),
    ...(file && { file }),
    older: files,
    known,
    published: known,
  };
}

/** The rule that each alert belongs to of which customers may still have to hear, by its key. */
export async function rulesByKey(found: FoundContent): Promise<Map<string, string>> {
  const rules = new Map<string, string>();
  const names = found.content.alerts.map(({ name }) => name);
  for (const rule of new Set([...names, ...rememberingFiles(found).map((file) => file.rule)])) {
    for (const record of (await recall(found, rule)).records) if (isUnended(record)) rules.set(record.key, rule);
  }
  return rules;
}

/** The rules that somebody is still to be told something about. */
export async function rulesWithNews(found: FoundContent): Promise<string[]> {
  const memories = await Promise.all(
    found.content.alerts.map(async ({ name }) => ({ name, memory: await recall(found, name) })),
  );
  const isNews = ({ stage, until }: AlertRecord) => stage === 'waiting' || (stage === 'told' && until !== undefined);
  return memories
    .filter(({ memory }) => memory.older.length > 0 || memory.records.some(isNews))
    .map(({ name }) => name);
}

/** Whether customers may still have to hear of an alert. */
export function isUnended({ stage }: AlertRecord): boolean {
  return stage === 'waiting' || stage === 'told';
}

/** An incident that is read from a text, if nothing in it is wrong. */
export function incidentIn(folder: OpenedFolder, path: string, text: string): Incident | undefined {
  const { events, diagnostics } = readAs(folder, path, text);
  const [event] = events;
  const isWhole = !diagnostics.some(({ severity }) => severity === 'error');
  return isWhole && event?.kind === 'incident' ? event : undefined;
}

function rememberingFiles({ source }: OpenedFolder) {
  return source.files.flatMap(({ path, text }) => {
    const found = path.startsWith('incidents/') && text !== undefined ? recordsIn(text) : undefined;
    return found ? [{ path, ...found }] : [];
  });
}

async function openFile(folder: OpenedFolder, path: string): Promise<AlertFile | undefined> {
  const text = await readIfThere(placeOf(folder, path));
  const incident = text === undefined ? undefined : incidentIn(folder, path, text);
  return text !== undefined && incident ? { path, text, incident } : undefined;
}

function latest(records: readonly AlertRecord[]): number {
  return Math.max(-Infinity, ...records.map(({ since }) => since));
}
