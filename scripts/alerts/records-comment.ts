import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AlertRecord } from '../../src/core/alerts/record.ts';
import { RECORD_STAGES } from '../../src/core/alerts/record.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import { COMPONENT_STATUSES } from '../../src/core/vocabulary.ts';

const COMMENT = /<!-- Alerts of ([a-z0-9-]+), kept by Candor\.\r?\n([\s\S]*?)-->(?:\r?\n){0,2}/;
const FRONT_MATTER = /^\uFEFF?---[^\n]*\n[\s\S]*?\n---[ \t]*\r?\n(?:\r?\n)?/;
const LINE = new RegExp(
  `^(?<key>[0-9a-f]{12}) (?<stage>${RECORD_STAGES.join('|')}) (?<since>[^ .]+Z)(?:\\.\\.(?<until>[^ .]+Z))?(?: after (?<before>[^ .]+Z))?` +
    `(?: (?<components>[a-z0-9=_,-]+))?(?: (?<fields>\\{.*\\}))?$`,
);

const fieldsSchema = z.record(z.string(), z.string());

/** What an alert is remembered by; nothing of what its system calls it can be read in it. */
export function recordKey(source: string, key: string): string {
  return createHash('sha256').update(`${source}\n${key}`).digest('hex').slice(0, 12);
}

/** What a file remembers of the alerts of a rule; nothing for a file that no alert belongs to. */
export function recordsIn(text: string): { rule: string; records: AlertRecord[] } | undefined {
  const [, rule, lines = ''] = COMMENT.exec(text) ?? [];
  return rule === undefined
    ? undefined
    : { rule, records: lines.split(/\r?\n/).flatMap((line) => readLine(line) ?? []) };
}

/** A file's text with these records in it, and no others: in a comment below the front matter, which is never published. */
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

/** JSON in which nothing can end a comment or begin something else. */
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
