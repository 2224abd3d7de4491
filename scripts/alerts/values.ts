import { createHash } from 'node:crypto';
import { cleanLine } from '../import/clean.ts';

/** Characters of a text of an alert; what is longer is cut. */
export const MAX_TEXT = 1000;
/** Characters of a link; a longer one is left out, since it would lead nowhere when cut. */
const MAX_LINK = 2000;
/** Characters of the name of a label, and of a severity. */
const MAX_NAME = 200;
export const MAX_LABELS = 64;

/** What a template leaves behind where it knew no value: `$ALERT_SCOPE`, `*alertDuration*`, `{EVENT.ID}`, `{{name}}`. */
const UNFILLED =
  /^(?:\$\{?[A-Z][A-Z0-9_]*\}?|\*[A-Za-z]\w*\*|\*UNKNOWN\*|\{[A-Z][A-Z0-9.]*\}|\{\{[^{}]*\}\}|%[A-Z_]+%)$/;
/** Characters that turn the direction of the text around them. */
const DIRECTIONS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** A value as text in one line, cleaned and cut; nothing of what is no text or number, is empty or was never filled in. */
export function textOf(value: unknown, most = MAX_TEXT): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  // Four times as much, since white space may shrink; a text of megabytes is not worth cleaning.
  const text = cleanLine(
    String(value)
      .slice(0, most * 4)
      .replace(DIRECTIONS, ''),
  );
  if (text === '' || UNFILLED.test(text)) return undefined;
  return text.length > most
    ? `${text
        .slice(0, most - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`
    : text;
}

/** A text that tells alerts apart: a long one is hashed, so that two that differ late stay two. */
export function keyOf(text: string): string {
  const key = cleanLine(text);
  return key.length > MAX_TEXT ? createHash('sha256').update(key.toWellFormed()).digest('hex') : key;
}

/** An address on the web; nothing of what is none. */
export function linkOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_LINK || !URL.canParse(value)) return undefined;
  const { protocol, href, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && username + password === '' && href.length <= MAX_LINK ? href : undefined;
}

/** The severity in small letters. */
export function severityOf(value: unknown): string | undefined {
  return textOf(value, MAX_NAME)?.toLowerCase();
}

/**
 * Labels of any writing: an object of texts; a list of `name:value`, of pairs or of objects with a name and a value;
 * all of these within a text as JSON; a text such as `env:prod, team:web`.
 */
export function labelsOf(value: unknown): Record<string, string> {
  const labels = new Map<string, string>();
  for (const [name, text] of pairsOf(value)) {
    if (labels.size >= MAX_LABELS) break;
    const label = textOf(name, MAX_NAME);
    if (label !== undefined && label !== '__proto__' && !labels.has(label)) labels.set(label, textOf(text) ?? '');
  }
  return Object.fromEntries(labels);
}

function* pairsOf(value: unknown): Generator<[unknown, unknown]> {
  if (typeof value === 'string') {
    const listed = /^\s*[[{]/.test(value) ? listIn(value.slice(0, MAX_LABELS * MAX_TEXT)) : undefined;
    if (listed !== undefined) yield* pairsOf(listed);
    else for (const part of value.slice(0, MAX_LABELS * MAX_TEXT).split(',')) yield pairIn(part);
  } else if (Array.isArray(value)) {
    for (const entry of value as unknown[]) yield pairOf(entry);
  } else if (typeof value === 'object' && value !== null) {
    for (const name of Object.keys(value)) {
      const field = (value as Record<string, unknown>)[name];
      if (typeof field !== 'object') yield [name, field];
    }
  }
}

function listIn(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

function pairOf(entry: unknown): [unknown, unknown] {
  if (Array.isArray(entry)) return [entry[0] as unknown, entry[1] as unknown];
  if (typeof entry !== 'object' || entry === null) return pairIn(typeof entry === 'string' ? entry : '');
  const { name, key, tag, label, value, Name, Value } = entry as Record<string, unknown>;
  const written = value ?? Value;
  const { stringValue, intValue, boolValue } = (typeof written === 'object' && written ? written : {}) as Record<
    string,
    unknown
  >;
  return [name ?? key ?? tag ?? label ?? Name, stringValue ?? intValue ?? boolValue ?? written];
}

/** `env:prod` has a value; an address among tags has none. */
function pairIn(text: string): [string, string] {
  const match = /^([^:]+):(?!\/\/)(.*)$/s.exec(text.trim().slice(0, MAX_TEXT));
  return match ? [match[1] ?? '', match[2] ?? ''] : [text.trim(), ''];
}
