import { parse as parseToml, TomlDate } from 'smol-toml';
import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { cleanText } from '../lib/text.ts';
import { parseFailsafe } from '../../src/reader/yaml/yaml.ts';
import type { Tell } from './report.ts';

/** Front matter read line by line, and the lines that say nothing which could be read. */
interface LooseFields {
  fields: Fields;
  unread: { line: number; text: string }[];
}

const KNOWN = 'title|date|resolved|resolvedwhen|severity|affected|section|informational|pin|draft|published';
const PAIR = /^\s{0,3}(?<key>[A-Za-z_][\w-]*)\s*[:=](?:\s+(?<value>.*))?$/;
const GLUED = /^(?<key>[A-Za-z_][\w-]*):(?<value>\S.*)$/;
const UNPARTED = new RegExp(`^(?<key>${KNOWN})\\s+(?<value>.+)$`, 'i');
const ITEM = /^\s*-(?:\s+(?<value>.*))?$/;

/**
 * Front matter that is no valid YAML or TOML, read line by line as people mean it: a key, a colon and a value
 * that may hold anything; items behind dashes.
 * @param firstLine the line of the file that the text begins on
 */
function readLoosely(text: string, firstLine: number): LooseFields {
  const fields: Fields = new Map();
  const unread: LooseFields['unread'] = [];
  let key = '';
  text.split('\n').forEach((raw, index) => {
    const line = index + firstLine;
    const written = raw.replaceAll('\t', ' ').trimEnd();
    if (written === '' || /^\s*#/.test(written)) return;
    const item = key === '' ? undefined : ITEM.exec(written)?.groups;
    const current = fields.get(key);
    if (item && current) {
      const value = scalar(item['value'] ?? '');
      const items = Array.isArray(current.value) ? current.value : current.value === '' ? [] : [current.value];
      fields.set(key, { ...current, value: [...items, value], lines: [...current.lines, line] });
      return;
    }
    const indented = /^\s{2,}\S/.test(written);
    const pair = (PAIR.exec(written) ?? UNPARTED.exec(written) ?? GLUED.exec(written))?.groups;
    if (pair && !(indented && typeof current?.value === 'string' && current.value !== '' && !isKnown(pair['key']))) {
      key = (pair['key'] ?? '').toLowerCase();
      if (!fields.has(key)) fields.set(key, { value: valueOf(pair['value'] ?? ''), line, lines: [] });
      return;
    }
    if (current && typeof current.value === 'string' && /^\s/.test(raw)) {
      fields.set(key, { ...current, value: `${current.value} ${written.trim()}`.trim() });
    } else unread.push({ line, text: written });
  });
  return { fields, unread };
}

function isKnown(key: string | undefined): boolean {
  return new RegExp(`^(?:${KNOWN})$`, 'i').test(key ?? '');
}

function valueOf(text: string): unknown {
  const list = /^\[(.*)\]$/.exec(text.trim());
  if (list) return (list[1] ?? '').split(',').map(scalar).filter(Boolean);
  return /^[|>][+-]?$/.test(text.trim()) ? '' : scalar(text);
}

function scalar(text: string): string {
  const trimmed = text.trim();
  const quoted = /^(["'])(.*)\1(?:\s+#.*)?$/.exec(trimmed);
  if (quoted)
    return quoted[1] === "'" ? (quoted[2] ?? '').replaceAll("''", "'") : (quoted[2] ?? '').replaceAll('\\"', '"');
  return trimmed.replace(/\s+#.*$/, '').replace(/^["'](?=[^"']*$)|(?<=^[^"']*)["']$/g, '');
}

/** A field of front matter. */
export interface Field {
  /** Scalars are text, as they stand there. */
  value: unknown;
  line: number;
  /** Of the items, where it is a list. */
  lines: readonly number[];
}

/** Fields by name in small letters: Hugo does not tell `resolvedWhen` from `resolvedwhen`. */
export type Fields = Map<string, Field>;

/** A page in its two parts. */
export interface Page {
  fields: Fields;
  body: string;
  /** The line of the file that the body begins on. */
  bodyLine: number;
  /** What was done where front matter cannot be read as it stands. */
  repaired?: { line: number; reason: string };
  unread: LooseFields['unread'];
  conflicts: Merged['conflicts'];
}

/** Why a page could not be taken apart. */
interface PageProblem {
  line: number;
  problem: string;
}

/** Invisible characters that come along when text is copied; joiners, which scripts and emoji need, are not among them. */
const INVISIBLE = /[\u200B\u2060\uFEFF\u00AD]/g;
const KEY = /^[A-Za-z_][\w-]*\s*[:=]/;

interface Cut {
  matter: string;
  matterLine: number;
  body: string;
  bodyLine: number;
  language: 'YAML' | 'TOML' | 'JSON';
  repaired?: Page['repaired'];
}

/**
 * Takes a page apart as static site generators do: YAML between `---`, TOML between `+++`, JSON, or what stands behind
 * the first fence. Broken YAML is read as it is meant.
 * @param isLenient whether the same goes for TOML and for fences that are missing
 */
export function readPage(source: string, isLenient = true): Page | PageProblem {
  const merged = mergeConflicts(cleanText(source).replace(INVISIBLE, ''));
  const lines = merged.text.split('\n');
  const start = lines.findIndex((line) => line.trim() !== '');
  if (start === -1) return { line: 1, problem: 'The file is empty.' };
  const cut = cutAt(lines, start);
  if (cut?.repaired && !isLenient) return { line: start + 1, problem: cut.repaired.reason.replace(/;.*/, '.') };
  if (!cut) return { line: start + 1, problem: 'It does not begin with front matter.' };
  const { matter, matterLine, body, bodyLine, language } = cut;
  const strict = readStrictly(matter, matterLine, language);
  if (!('problem' in strict)) {
    return {
      fields: strict,
      body,
      bodyLine,
      unread: [],
      conflicts: merged.conflicts,
      ...(cut.repaired && { repaired: cut.repaired }),
    };
  }
  if (!isLenient && language !== 'YAML')
    return { line: strict.line, problem: `Its front matter is not valid ${language}: ${strict.problem}.` };
  const { fields, unread } = readLoosely(matter, matterLine);
  const reason = `Its front matter is not valid ${language} (${strict.problem}), so it was read line by line.`;
  return { fields, body, bodyLine, unread, conflicts: merged.conflicts, repaired: { line: strict.line, reason } };
}

function cutAt(lines: readonly string[], start: number): Cut | undefined {
  const opening = (lines[start] ?? '').trim();
  if (opening.startsWith('{')) return cutJson(lines, start);
  const sign = /^(-{3,}|\+{3,})/.exec(opening)?.[0].slice(0, 3);
  if (sign === undefined) return KEY.test(opening) ? cutUnopened(lines, start) : undefined;
  const named = /^-{3,}\s*(toml|json)$/i.exec(opening)?.[1]?.toUpperCase() as Cut['language'] | undefined;
  const language = sign === '+++' ? 'TOML' : (named ?? 'YAML');
  const isFence = (line: string): boolean => (sign === '+++' ? /^\s*\+{3,}\s*$/ : /^\s*-{3,}\s*$/).test(line);
  const end = lines.findIndex((line, index) => index > start && isFence(line));
  if (end !== -1) return parts(lines, start + 1, end, end + 1, language);
  const reason = 'Its front matter is not closed, so it was read up to the first line that is not a field.';
  const stop = firstText(lines, start + 1);
  return { ...parts(lines, start + 1, stop, stop, language), repaired: { line: start + 1, reason } };
}

/** Front matter whose opening line is missing. */
function cutUnopened(lines: readonly string[], start: number): Cut | undefined {
  const end = lines.findIndex((line, index) => index > start && /^(?:---|\+\+\+)\s*$/.test(line));
  if (end === -1) return undefined;
  const reason = 'The line that opens its front matter is missing.';
  const language = lines[end]?.startsWith('+') ? 'TOML' : 'YAML';
  return { ...parts(lines, start, end, end + 1, language), repaired: { line: start + 1, reason } };
}

function cutJson(lines: readonly string[], start: number): Cut | undefined {
  for (let end = start; end < lines.length; end += 1) {
    if (!/\}\s*$/.test(lines[end] ?? '')) continue;
    const cut = parts(lines, start, end + 1, end + 1, 'JSON');
    if (!('problem' in readStrictly(cut.matter, cut.matterLine, 'JSON'))) return cut;
  }
  return undefined;
}

function parts(lines: readonly string[], from: number, to: number, body: number, language: Cut['language']): Cut {
  return {
    matter: lines.slice(from, to).join('\n'),
    matterLine: from + 1,
    body: lines.slice(body).join('\n'),
    bodyLine: body + 1,
    language,
  };
}

/** The first line that is neither a field nor an item, a comment or blank. */
function firstText(lines: readonly string[], from: number): number {
  const found = lines.findIndex((line, index) => index >= from && !(KEY.test(line) || /^\s*(?:-\s|#|$)/.test(line)));
  return found === -1 ? lines.length : found;
}

function readStrictly(text: string, firstLine: number, language: Cut['language']): Fields | PageProblem {
  try {
    if (language === 'YAML') return readYaml(text, firstLine);
    const value: unknown = language === 'TOML' ? readToml(text) : JSON.parse(/^\s*\{/.test(text) ? text : `{${text}}`);
    return fieldsOf(value as Record<string, unknown>, text, firstLine);
  } catch (error) {
    const line = error instanceof Error && 'line' in error ? Number(error.line) : language === 'JSON' ? 0 : 1;
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { line: firstLine + line - 1, problem: reason.replace(/\.$/, '') };
  }
}

/** A day that no calendar has is none in TOML either; as text it can still be read. */
function readToml(text: string): unknown {
  try {
    return parseToml(text);
  } catch (error) {
    const quoted = text.replace(/^(\s*[\w-]+\s*=\s*)(\d{4}-\d[^#\n]*?)(\s*(?:#.*)?)$/gm, '$1"$2"$3');
    if (quoted === text) throw error;
    return parseToml(quoted);
  }
}

/** @throws with the line of what is no YAML */
function readYaml(text: string, firstLine: number): Fields {
  const { document, counter } = parseFailsafe(text);
  const lineAt = (node: Node | null | undefined): number => counter.linePos(node?.range?.[0] ?? 0).line;
  const [problem] = document.errors;
  if (problem) throw Object.assign(new Error(problem.message), { line: counter.linePos(problem.pos[0]).line });
  if (document.contents === null) return new Map();
  if (!isMap(document.contents)) throw Object.assign(new Error('It holds no fields'), { line: 1 });
  const fields: Fields = new Map();
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value).trim().toLowerCase() : '';
    const node = value as Node | null;
    const lines = isSeq(node) ? node.items.map((item) => lineAt(item as Node) + firstLine - 1) : [];
    fields.set(name, { value: plain(node?.toJS(document)), line: lineAt(key as Node) + firstLine - 1, lines });
  }
  return fields;
}

/** Fields of a format that tells no places: their lines are looked for. */
function fieldsOf(value: Record<string, unknown>, text: string, firstLine: number): Fields {
  const lines = text.split('\n');
  const lineOf = (pattern: RegExp): number =>
    Math.max(
      0,
      lines.findIndex((line) => pattern.test(line)),
    ) + firstLine;
  return new Map(
    Object.entries(value).map(([key, part]): [string, Field] => {
      const line = lineOf(new RegExp(`^\\s*"?${RegExp.escape(key)}"?\\s*[:=]`));
      return [key.toLowerCase(), { value: plain(part), line, lines: Array.isArray(part) ? part.map(() => line) : [] }];
    }),
  );
}

/** The text of a field; empty for one that is not there, or is no text. */
export function fieldText({ fields }: Pick<Page, 'fields'>, name: string): string {
  const value = fields.get(name)?.value;
  return typeof value === 'string' ? value.trim() : '';
}

/** Yes and no as YAML 1.1, TOML and people write them, cut short or misspelt. */
export function flagOf(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (/^(?:true|yes|y|on|1|t|tru|ture|yes\.|resolved)$/.test(word)) return true;
  if (/^(?:false|no|n|off|0|f|fals|flase|ni|noe|nope)$/.test(word)) return false;
  return undefined;
}

/** The words of a file's name, as a title for a page that has none. */
export function titleFrom(path: string): string {
  const name =
    path
      .replace(/\/index\.\w+$/, '')
      .split('/')
      .at(-1) ?? '';
  const words = name
    .replace(/\.\w+$/, '')
    .replace(/^\d{4}-\d{2}-\d{2}/, '')
    .replace(/[-_\s]+/g, ' ')
    .trim();
  return words === '' ? 'Untitled' : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Tells what had to be done to read a page. */
export function tellOfRepairs({ repaired, unread, conflicts }: Page, file: string, tell: Tell): void {
  if (repaired) tell('front-matter-repaired', repaired.reason, { file, line: repaired.line });
  for (const { line, text } of unread) tell('line-unreadable', text, { file, line });
  for (const { line, left } of conflicts) {
    const what = left === '' ? 'Both sides of the text were kept.' : `The upper side was kept. Left out: ${left}`;
    tell('merge-conflict', what, { file, line });
  }
}

/** Every scalar as text. */
export function plain(value: unknown): unknown {
  if (value === null || value === undefined) return '';
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

/** A text without the marks of merge conflicts, as many lines long as before. */
interface Merged {
  text: string;
  /** Where conflicts stood, from 1, and what was left out of each. */
  conflicts: { line: number; left: string }[];
}

const OURS = /^<{7}(?: |$)/;
const BASE = /^\|{7}(?: |$)/;
const BETWEEN = /^={7}$/;
const THEIRS = /^>{7}(?: |$)/;

/**
 * Takes marks of merge conflicts out. In front matter the upper side stays, since a field has one value; in the
 * text both sides stay, since words must not be lost.
 */
function mergeConflicts(text: string): Merged {
  if (!/^(?:<{7}|>{7})(?: |$)/m.test(text)) return { text, conflicts: [] };
  const lines = text.split('\n');
  const conflicts: Merged['conflicts'] = [];
  let fences = 0;
  let side: 'ours' | 'base' | 'theirs' | undefined;
  let inMatter = false;
  const kept = lines.map((line, index) => {
    if (OURS.test(line)) {
      side = 'ours';
      inMatter = fences < 2;
      conflicts.push({ line: index + 1, left: '' });
      return '';
    }
    if (side && BASE.test(line)) return ((side = 'base'), '');
    if (side && BETWEEN.test(line)) return ((side = 'theirs'), '');
    if (THEIRS.test(line)) {
      if (!side) conflicts.push({ line: index + 1, left: '' });
      side = undefined;
      return '';
    }
    const isLeft = side === 'base' || (side === 'theirs' && inMatter);
    if (isLeft) {
      const conflict = conflicts.at(-1);
      if (conflict) conflict.left += `${conflict.left === '' ? '' : '\n'}${line}`;
      return '';
    }
    if (/^(?:---|\+\+\+)\s*$/.test(line)) fences += 1;
    return line;
  });
  return { text: kept.join('\n'), conflicts };
}

/** A line of a Markdown text with its context. */
export interface Line {
  text: string;
  /** In the file, from 1. */
  number: number;
  /** In code or in a comment, where nothing is a mark. */
  covered: boolean;
  startsParagraph: boolean;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/**
 * The lines of a text.
 * @param firstLine the line of the file that the text begins on
 * @param separator lines that end a paragraph as an empty one does
 */
export function linesOf(body: string, firstLine: number, separator?: RegExp): Line[] {
  let fence: string | undefined;
  let comment = false;
  let previous = '';
  return body.split('\n').map((text, index) => {
    const startsParagraph = text.trim() !== '' && (previous.trim() === '' || separator?.test(previous) === true);
    const mark: string | undefined = comment ? undefined : FENCE.exec(text)?.[1];
    const covered = comment || fence !== undefined || mark !== undefined || text.includes('<!--');
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence;
    if (fence === undefined) comment = commentAfter(text, comment);
    previous = text;
    return { text, number: index + firstLine, covered, startsParagraph };
  });
}

function commentAfter(line: string, inside: boolean): boolean {
  const [opened, closed] = [line.lastIndexOf('<!--'), line.lastIndexOf('-->')];
  return opened === -1 && closed === -1 ? inside : opened > closed;
}
