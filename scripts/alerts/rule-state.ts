import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AlertRecord } from '../../src/core/alerts/record.ts';
import { mergeRecords, RECORD_STAGES } from '../../src/core/alerts/record.ts';
import type { Incident } from '../../src/core/model.ts';
import type { FoundContent, OpenedFolder } from '../lib/content.ts';
import { isTranslationOf, placeOf, readAs } from '../lib/content.ts';
import { readIfThere } from '../lib/files.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import { COMPONENT_STATUSES } from '../../src/core/vocabulary.ts';
import type { AlertRule } from '../../src/core/alerts/rule.ts';
import { SILENT_RULE } from '../../src/core/alerts/rule.ts';

const COMMENT = /<!-- Alerts of ([a-z0-9-]+), kept by Candor\.\r?\n([\s\S]*?)-->(?:\r?\n){0,2}/;
const FRONT_MATTER = /^\uFEFF?---[^\n]*\n[\s\S]*?\n---[ \t]*\r?\n(?:\r?\n)?/;
const LINE = new RegExp(
  `^(?<key>[0-9a-f]{12}) (?<stage>${RECORD_STAGES.join('|')}) (?<since>[^ .]+Z)(?:\\.\\.(?<until>[^ .]+Z))?(?: after (?<before>[^ .]+Z))?` +
    `(?: (?<components>[a-z0-9=_,-]+))?(?: (?<fields>\\{.*\\}))?$`,
);

const fieldsSchema = z.record(z.string(), z.string());

/** The key of an alert's record: a hash, so that it does not reveal the system's own key. */
export function recordKey(source: string, key: string): string {
  return createHash('sha256').update(`${source}\n${key}`).digest('hex').slice(0, 12);
}

/** The records in a file. Undefined if the file does not belong to a rule. */
export function recordsIn(text: string): { rule: string; records: AlertRecord[] } | undefined {
  const [, rule, lines = ''] = COMMENT.exec(text) ?? [];
  return rule === undefined
    ? undefined
    : { rule, records: lines.split(/\r?\n/).flatMap((line) => readLine(line) ?? []) };
}

/** Replaces the records in a file. They are in a comment below the front matter, which is never published. */
export function withRecords(text: string, rule: string, records: readonly AlertRecord[]): string {
  const without = text.replace(COMMENT, '');
  if (records.length === 0) return without;
  const end = /\r?\n/.exec(text)?.[0] ?? '\n';
  const comment = [`<!-- Alerts of ${rule}, kept by Candor.`, ...records.map(lineOf), '-->', '', ''].join(end);
  const front = FRONT_MATTER.exec(without)?.[0] ?? '';
  return front + comment + without.slice(front.length);
}

function lineOf({ key, stage, since, until, before, components, fields }: AlertRecord): string {
  const span = until === undefined ? timeText(since) : `${timeText(since)}..${timeText(until)}`;
  const earlier = before === undefined ? [] : [`after ${timeText(before)}`];
  const pairs = Object.entries(components).map(([id, status]) => `${id}=${status}`);
  const named = Object.keys(fields).length > 0 ? [inert(JSON.stringify(fields))] : [];
  return [key, stage, span, ...earlier, ...(pairs.length > 0 ? [pairs.join(',')] : []), ...named].join(' ');
}

/** Escapes JSON so that it cannot end a comment. */
function inert(json: string): string {
  return json.replace(/[<>&\u007F-\uFFFF]|-(?=-)/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function readLine(line: string): AlertRecord | undefined {
  const { key = '', stage, since = '', until, before, components = '', fields } = LINE.exec(line)?.groups ?? {};
  const from = Date.parse(since);
  if (Number.isNaN(from)) return undefined;
  return {
    key,
    stage: stage as AlertRecord['stage'],
    since: from,
    ...(until !== undefined && { until: Date.parse(until) }),
    ...(before !== undefined && { before: Date.parse(before) }),
    components: readPairs(components),
    fields: readFields(fields),
  };
}

function readPairs(text: string): Record<string, ComponentStatus> {
  const pairs = text.split(',').map((pair) => pair.split('=') as [string, ComponentStatus]);
  return Object.fromEntries(pairs.filter(([, status]) => COMPONENT_STATUSES.includes(status)));
}

function readFields(text = '{}'): Record<string, string> {
  try {
    return fieldsSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

function timeText(instant: number): string {
  return new Date(Math.floor(instant / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

/** The file of an incident that alerts started. */
export interface AlertFile {
  /** Below the content folder. */
  path: string;
  text: string;
  incident: Incident;
  /** Texts of its translations by path. */
  translations: ReadonlyMap<string, string>;
}

/** The state of a rule. */
export interface RuleState {
  records: readonly AlertRecord[];
  /** The newest incident of the rule. `unreadable` if its file has errors. */
  file?: AlertFile | 'unreadable';
  /** Whether `file` exists only on the branch for review. */
  isReviewed?: true;
  /** Older incidents that still have to be resolved, for example because their file had errors at that time. */
  older: readonly AlertFile[];
  /** The files' texts by path, as found, perhaps on the branch for review. */
  known: ReadonlyMap<string, string>;
  /** The files' published texts by path. */
  published: ReadonlyMap<string, string>;
}

/** The file for records without an incident. The reader ignores folders whose name starts with an underscore. */
export function waitingPath(rule: string): string {
  return `incidents/_alerts/${rule}.md`;
}

/** Reads the state of a rule from the content folder. */
export async function loadRuleState(folder: OpenedFolder, rule: string): Promise<RuleState> {
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
  const own = [...files, ...(typeof file === 'object' ? [file] : [])];
  const known = new Map(own.flatMap((one) => [[one.path, one.text] as const, ...one.translations]));
  if (text !== undefined) known.set(path, text);
  return {
    records: mergeRecords(newest?.records ?? [], waiting),
    ...(file && { file }),
    older: files,
    known,
    published: known,
  };
}

/** The rule of each alert that is not over, by the alert's key. */
export async function rulesByKey(found: FoundContent): Promise<Map<string, string>> {
  const rules = new Map<string, string>();
  const names = found.content.alerts.map(({ name }) => name);
  for (const rule of new Set([...names, ...rememberingFiles(found).map((file) => file.rule)])) {
    for (const record of (await loadRuleState(found, rule)).records) if (isUnended(record)) rules.set(record.key, rule);
  }
  return rules;
}

/** The rules with alerts that still need an announcement. */
export async function rulesWithNews(found: FoundContent): Promise<string[]> {
  const memories = await Promise.all(
    found.content.alerts.map(async ({ name }) => ({ name, memory: await loadRuleState(found, name) })),
  );
  const isNews = ({ stage, until }: AlertRecord) => stage === 'waiting' || (stage === 'told' && until !== undefined);
  return memories
    .filter(({ memory }) => memory.older.length > 0 || memory.records.some(isNews))
    .map(({ name }) => name);
}

/** Whether an alert can still need an announcement. */
export function isUnended({ stage }: AlertRecord): boolean {
  return stage === 'waiting' || stage === 'told';
}

/** Reads an incident from a text, if it has no errors. */
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
  if (text === undefined || !incident) return undefined;
  const others = folder.source.files.filter((file) => file.text !== undefined && isTranslationOf(file.path, path));
  const texts = others.map(async (file) => [file.path, (await readIfThere(placeOf(folder, file.path))) ?? ''] as const);
  return { path, text, incident, translations: new Map(await Promise.all(texts)) };
}

function latest(records: readonly AlertRecord[]): number {
  return Math.max(-Infinity, ...records.map(({ since }) => since));
}

const GONE = { ...SILENT_RULE, match: { labels: {} }, then: 'broken', line: 1 } as const;

/**
 * The rule with a name. A deleted rule announces nothing, but keeps its records.
 * @param isHeld whether it must not announce anything now
 */
export function ruleNamed(name: string, rules: readonly AlertRule[], isHeld = false): AlertRule {
  const rule = rules.find((one) => one.name === name) ?? { ...GONE, name };
  return isHeld ? { ...rule, then: 'broken' } : rule;
}
