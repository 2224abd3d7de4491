import { cleanLine, parseJson } from '../lib/text.ts';
import type { Instant } from '../../src/core/days.ts';
import { createHash } from 'node:crypto';
import { readTime } from '../lib/times.ts';

/** An alert among what came with it. */
export interface Item {
  /** The whole body, unwrapped. */
  body: unknown;
  /** The part of it that is this alert. */
  alert: unknown;
}

/** The most fields of an object that are compared if none has the exact name. No monitor sends that many. */
export const MAX_FIELDS = 1000;

const folded = new WeakMap<object, Map<string, unknown>>();

/**
 * The value at a path: names separated by dots, starting at the alert, or at the body with `^`. A number is an index, `*`
 * means all items of a list, and `type:NAME` the item of this type. Case, `_`, `-`, `.` and spaces in names are ignored,
 * because templates write `alertType`, `alert_type` or `ALERT.TYPE`. Undefined if there is none.
 */
export function valueAt({ body, alert }: Item, path: string): unknown {
  const fromBody = path.startsWith('^');
  return walk(fromBody ? body : alert, (fromBody ? path.slice(1) : path).split('.'));
}

function walk(value: unknown, names: readonly string[]): unknown {
  const [name, ...rest] = names;
  if (name === undefined) return value;
  if (name === '*') return Array.isArray(value) ? value.map((one: unknown) => walk(one, rest)) : undefined;
  return walk(fieldOf(value, name), rest);
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    const [, type] = name.split('type:');
    if (type !== undefined) return value.find((one: unknown) => fieldOf(one, 'type') === type) as unknown;
    return /^\d+$/.test(name) ? (value[Number(name)] as unknown) : undefined;
  }
  if (Object.hasOwn(value, name)) return (value as Record<string, unknown>)[name];
  return foldedFields(value).get(fold(name));
}

function foldedFields(value: object): Map<string, unknown> {
  const known = folded.get(value);
  if (known) return known;
  const fields = new Map<string, unknown>();
  for (const name of Object.keys(value).slice(0, MAX_FIELDS)) {
    const key = fold(name);
    if (!fields.has(key)) fields.set(key, (value as Record<string, unknown>)[name]);
  }
  folded.set(value, fields);
  return fields;
}

function fold(name: string): string {
  return name.replace(/[\s_.-]/g, '').toLowerCase();
}

/** A parsed body: a JSON value, or an object of texts for a form. */
type Body = { value: unknown } | { problem: string };

/** The most layers that are unwrapped. */
const LAYERS = 4;

/**
 * Ends of strings, and integers too long for a JavaScript number. The limit on digits keeps the expression from
 * overflowing the stack.
 */
const TOKENS = /\\[^]|"|(?<![\d.eE+-])-?\d{16,400}(?![\d.eE])/g;
/** The name of a field. The limit on its length keeps the expression from overflowing the stack. */
const FORM = /^[\w.%+*[\]-]{1,200}=/;

/** Reads JSON or a form. Integers of 16 digits or more become texts, because numbers would lose their last digits. */
export function parseBody(text: string): Body {
  const written = text.replace(/^\uFEFF/, '').trim();
  if (written === '') return { problem: 'The body is empty. Send the JSON that your monitoring system posts.' };
  const value = parseExactly(written);
  if (value !== undefined) return { value };
  if (FORM.test(written)) {
    const fields = written.split('&', MAX_FIELDS).join('&');
    return { value: Object.fromEntries(new URLSearchParams(fields)) };
  }
  return {
    problem:
      'The body is neither JSON nor form data. Configure your monitoring system to send JSON (`Content-Type: application/json`).',
  };
}

/** Parses JSON, with long integers as texts. Undefined if it is not JSON. */
export function parseExactly(text: string): unknown {
  return parseJson(/\d{16}/.test(text) ? quoteLongIntegers(text) : text);
}

/** Done before parsing, because a reviver is recursive and takes seconds for a body of 5 MB. */
function quoteLongIntegers(json: string): string {
  let inString = false;
  return json.replace(TOKENS, (token) => {
    if (token === '"') inString = !inString;
    return inString || token === '"' || token.startsWith('\\') ? token : `"${token}"`;
  });
}

/**
 * Unwraps an alert: JSON in a text, the form field `payload`, Amazon SNS. An SNS request to confirm a subscription is a
 * problem, because only a person should do that.
 */
export function unwrap(body: unknown): Body {
  let value = body;
  for (let layer = 0; layer < LAYERS; layer += 1) {
    if (typeof value === 'string') {
      value = parseExactly(value);
      if (value === undefined)
        return {
          problem: 'The body is a JSON string, not an object. Configure your monitoring system to send an object.',
        };
      continue;
    }
    const field = (path: string) => valueAt({ body: value, alert: value }, path);
    const type = field('Type');
    if (type === 'SubscriptionConfirmation') return { problem: confirmation(field('SubscribeURL')) };
    if (type === 'UnsubscribeConfirmation') {
      return {
        problem: 'Amazon SNS confirms that this URL no longer gets messages from its topic. This is not an alert.',
      };
    }
    const lambda = field('Records.0.Sns');
    const message = type === 'Notification' && field('TopicArn') !== undefined ? field('Message') : undefined;
    if (typeof lambda === 'object' && lambda !== null) value = { Type: 'Notification', ...lambda };
    else if (typeof message === 'string') {
      value = parseExactly(message);
      if (typeof value === 'object' && value !== null) continue;
      return { problem: 'This message from Amazon SNS does not contain the JSON of an alarm.' };
    } else if (isFormOfJson(value)) value = value.payload;
    else break;
  }
  return { value };
}

function isFormOfJson(value: unknown): value is { payload: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return 'payload' in value && typeof value.payload === 'string' && Object.keys(value).length === 1;
}

function confirmation(address: unknown): string {
  const known =
    typeof address === 'string' &&
    address.length < 2000 &&
    /^https:\/\/sns\.[\w-]+\.amazonaws\.com(?:\.cn)?\/\S*$/.test(address);
  const where = known ? address : 'the URL in the field `SubscribeURL`';
  return `Amazon SNS asks you to confirm a subscription. This is not an alert. If you set up that topic, confirm by opening ${where}`;
}

/** The most characters of a text of an alert. Longer ones are cut. */
export const MAX_TEXT = 1000;
/** The most characters of a link. Longer ones are left out, because a cut link does not work. */
const MAX_LINK = 2000;
/** The most characters of the name of a label, and of a severity. */
const MAX_NAME = 200;
export const MAX_LABELS = 64;

/** Placeholders that a template did not fill: `$ALERT_SCOPE`, `*alertDuration*`, `{EVENT.ID}`, `{{name}}`. */
const UNFILLED =
  /^(?:\$\{?[A-Z][A-Z0-9_]*\}?|\*[A-Za-z]\w*\*|\*UNKNOWN\*|\{[A-Z][A-Z0-9.]*\}|\{\{[^{}]*\}\}|%[A-Z_]+%)$/;
/** Characters that change the direction of text. */
const DIRECTIONS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** A value as a clean text of one line. Undefined if it is not a text or number, is empty, or is an unfilled placeholder. */
export function textOf(value: unknown, most = MAX_TEXT): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  // Cleaning can shorten white space, so four times as much is kept before it. Cleaning megabytes would be slow.
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

/** A key for an alert. Long texts are hashed, because cutting them could make two keys equal. */
export function keyOf(text: string): string {
  const key = cleanLine(text);
  return key.length > MAX_TEXT ? createHash('sha256').update(key.toWellFormed()).digest('hex') : key;
}

/** A web address. Undefined if it is none, or contains a password. */
export function linkOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_LINK || !URL.canParse(value)) return undefined;
  const { protocol, href, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && username + password === '' && href.length <= MAX_LINK ? href : undefined;
}

/** The severity in lower case. */
export function severityOf(value: unknown): string | undefined {
  return textOf(value, MAX_NAME)?.toLowerCase();
}

/**
 * Labels in any form: an object of texts; a list of `name:value`, of pairs, or of objects with a name and a value; any of
 * these as JSON in a text; a text such as `env:prod, team:web`.
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
    const listed = /^\s*[[{]/.test(value) ? parseJson(value.slice(0, MAX_LABELS * MAX_TEXT)) : undefined;
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

/** Splits `env:prod` into name and value. A web address is a name without a value. */
function pairIn(text: string): [string, string] {
  const match = /^([^:]+):(?!\/\/)(.*)$/s.exec(text.trim().slice(0, MAX_TEXT));
  return match ? [match[1] ?? '', match[2] ?? ''] : [text.trim(), ''];
}

/** Times outside these are mistakes, or mean that there is none: `0001-01-01T00:00:00Z`, 0. */
const EARLIEST = Date.parse('2000-01-01T00:00Z');
const LATEST = Date.parse('2100-01-01T00:00Z');

/** `Fri, 20 Nov 2026 09:20:00 GMT`, as in a mail. */
const MAIL =
  /^(?:[A-Z][a-z]{2}, )?(?<day>\d{1,2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<clock>\d{2}:\d{2}:\d{2}) (?<zone>GMT|UTC|[+-]\d{4})$/;
/** `Fri Nov 20 09:20:00 UTC 2026`, as `date` prints it. */
const DATE =
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) +(?<day>\d{1,2}) (?<clock>\d{2}:\d{2}:\d{2}) (?<zone>GMT|UTC) (?<year>\d{4})$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Reads an unambiguous time: ISO 8601 with a zone, the format of emails, or the time since 1970 in seconds, milliseconds,
 * microseconds or nanoseconds, depending on its size. Undefined without a zone, because a wrong hour is worse than none;
 * and for impossible times, or times before 2000 or after 2099.
 */
export function instantOf(value: unknown): Instant | undefined {
  return withinReason(
    typeof value === 'number' ? sinceEpoch(value) : typeof value === 'string' ? inText(value) : undefined,
  );
}

/** Like `instantOf`, for a system whose times without a zone are in UTC. */
export function instantInUtc(value: unknown): Instant | undefined {
  const instant = instantOf(value);
  if (instant !== undefined || typeof value !== 'string' || value.length > 100) return instant;
  return withinReason(readTime(value)?.instant);
}

function inText(text: string): Instant | undefined {
  if (text.length > 100) return undefined;
  const written = text.trim();
  if (/^\d{9,20}(?:\.\d+)?$/.test(written)) return sinceEpoch(Number(written));
  const iso = readTime(written);
  if (iso) return iso.zoned ? iso.instant : undefined;
  const { day = '', month = '', year, clock, zone } = (MAIL.exec(written) ?? DATE.exec(written))?.groups ?? {};
  const digits = String(MONTHS.indexOf(month) + 1).padStart(2, '0');
  return readTime(`${year}-${digits}-${day.padStart(2, '0')} ${clock} ${zone === 'GMT' ? 'UTC' : zone}`)?.instant;
}

function sinceEpoch(amount: number): Instant {
  const unit = amount < 1e11 ? 1000 : amount < 1e14 ? 1 : amount < 1e17 ? 1e-3 : 1e-6;
  return Math.round(amount * unit);
}

function withinReason(instant: Instant | undefined): Instant | undefined {
  return instant !== undefined && instant >= EARLIEST && instant < LATEST ? instant : undefined;
}
