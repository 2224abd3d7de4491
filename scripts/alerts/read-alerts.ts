import type { Instant } from '../../src/core/days.ts';
import type { Alert } from '../../src/core/alerts/rule.ts';
import { ALERT_FIELDS, fieldBlank, labelBlank } from '../../src/core/alerts/rule.ts';
import { INCIDENT_WORDS } from '../../src/core/vocabulary.ts';
import { nearMissLabel } from '../../src/reader/events/labels.ts';
import { wordOf } from '../../src/reader/events/headings.ts';
import type { Item } from './payload.ts';
import {
  instantOf,
  keyOf,
  labelsOf,
  linkOf,
  MAX_LABELS,
  parseBody,
  severityOf,
  textOf,
  unwrap,
  valueAt,
} from './payload.ts';
import type { Place, System } from './systems.ts';
import { find, isOneOf, SYSTEMS, TELLS } from './systems.ts';

/** The most characters of a field in a template. Longer texts are cut. */
const LONGEST = 300;
/** The most characters of a link. Longer ones are left out, because a cut link does not work. */
const LONGEST_LINK = 1000;
/** Control characters, characters that change the direction of text, lone surrogates and noncharacters. */
const NO_WORDS = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB\uFFFE\uFFFF]/gu;
/** Invisible. No address continues across it. */
const WORD_JOINER = '\u2060';

/**
 * The fields of an alert for templates, by the names of their blanks. The values are Markdown that shows only words on one
 * line, anywhere except in HTML, and the link. Missing fields have no entry.
 */
export function fieldsOf(alert: Alert): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const put = (blank: string, text: string) => {
    if (text !== '' && !fields.has(blank)) fields.set(blank, text);
  };
  for (const field of ALERT_FIELDS) {
    put(fieldBlank(field), field === 'link' ? linkFrom(alert.link ?? '') : wordsFrom(alert[field] ?? ''));
  }
  // Templates rely on it.
  put(fieldBlank('name'), wordsFrom(alert.source));
  for (const [label, text] of Object.entries(alert.labels)) put(labelBlank(label), wordsFrom(text));
  return fields;
}

/** A text as plain words. */
function wordsFrom(text: string): string {
  const line = text.replace(NO_WORDS, ' ').replace(/\s+/g, ' ').trim();
  const letters = [...line];
  const short = letters.length <= LONGEST ? line : `${letters.slice(0, LONGEST - 1).join('').trimEnd()}…`; // prettier-ignore
  const escaped = withoutAddresses(short)
    .replace(/[!-&(-+\--/:-@[-`{-~]/g, '\\$&')
    // A colon could make a labelled line, and a backslash does not escape a full-width one.
    .replaceAll('：', '&#xFF1A;');
  return isData(short) ? escaped.replace(/^\p{L}/u, (first) => `&#${first.codePointAt(0)};`) : escaped;
}

/** Breaks addresses, because Markdown links even escaped ones. */
function withoutAddresses(text: string): string {
  return text.replace(/:\/\/|@|\bwww(?=\.)/gi, `$&${WORD_JOINER}`);
}

/** Whether a line that begins with these words could be read as a labelled line. */
function isData(text: string): boolean {
  return nearMissLabel(text, true) !== undefined || wordOf(text, INCIDENT_WORDS) !== undefined;
}

/** An address that is safe anywhere in Markdown: special characters are encoded. */
function linkFrom(text: string): string {
  const href = text.length > LONGEST_LINK ? '' : (linkOf(text) ?? '');
  return href.replace(
    /[^A-Za-z0-9\-./:?#=&%+,@]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

export type AlertsRead =
  | {
      source: string;
      alerts: Alert[];
      /** What else the body has, and why it is not an alert: a test message, a comment, an invalid alert in a list. */
      notes: string[];
    }
  | { problem: string };

/** The most alerts in one body. */
export const MAX_ALERTS = 10_000;
/** The most bodies in a list of bodies. */
const MAX_BODIES = 1000;
const MAX_NOTES = 20;
const WORD = 60;

const NAMES = SYSTEMS.filter(({ source }) => !/^(?:incident|plain)$/.test(source)).map(({ displayName }) =>
  displayName.replace(/ \(.*/, ''),
);
const PLAIN_EXAMPLE = '{"name": "Checkout errors", "state": "firing"}';
const UNKNOWN = `The body does not match any supported monitoring system: ${[...new Set(NAMES)].join(', ')}. Send it in one of their formats, or in the plain format, with "resolved" once the alert is over: ${PLAIN_EXAMPLE}`;

/**
 * Reads the message of a monitoring system, JSON or a form. Texts are cut, on one line and without control characters.
 * Impossible times, and times without a zone, are left out. A known message without an alert, such as a test, gives a
 * note. An unknown message gives a problem that says what was expected. Never throws.
 */
export function readAlerts(text: string): AlertsRead {
  const written = parseBody(text);
  if ('problem' in written) return written;
  const body = unwrap(written.value);
  if ('problem' in body) return body;
  const bodies = Array.isArray(body.value) ? (body.value as unknown[]) : [body.value];
  if (bodies.length > MAX_BODIES) return tooMany(bodies.length, MAX_BODIES);
  return joined(bodies.map(readBody));
}

function readBody(body: unknown): AlertsRead {
  const system = SYSTEMS.find((one) =>
    one.detect.some((conditions) => conditions.every((condition) => holds(body, condition))),
  );
  if (!system) return { problem: UNKNOWN };
  const found =
    system.alerts
      .map((place) => find({ body, alert: body }, place))
      .find((value) => typeof value === 'object' && value !== null) ?? body;
  const listed = Array.isArray(found) ? (found as unknown[]) : [found];
  if (listed.length > MAX_ALERTS) return tooMany(listed.length, MAX_ALERTS);
  if (listed.length === 0)
    return {
      source: system.source,
      alerts: [],
      notes: [`${capital(system.displayName)} sent an empty list of alerts.`],
    };
  return joined(listed.map((alert) => readOne(system, { body, alert })));
}

/** Whether a body meets a condition of `detect`. */
function holds(body: unknown, condition: string): boolean {
  const [, place = '', sign, wanted = ''] = /^([^=~]+)([=~])?(.*)$/.exec(condition) ?? [];
  const value = valueAt({ body, alert: body }, place);
  if (sign === '=') return isOneOf(textOf(value), wanted);
  return sign === '~' ? typeof value === 'string' && value.includes(wanted) : value !== undefined;
}

function readOne(system: System, item: Item): AlertsRead {
  const { source } = system;
  const state = stateOf(system, item);
  if ('problem' in state) return state;
  const notes = 'note' in state ? [state.note] : [];
  if (!('is' in state)) return { source, alerts: [], notes };
  const key = keyIn(system, item);
  if (key === undefined) {
    if (state.is === 'unknown') return { source, alerts: [], notes };
    const places = system.key.flatMap(([place]) => place ?? []);
    return problem(system, `nothing in it identifies the alert: ${missing(places)}`);
  }
  const first = <T>(places: readonly Place[], read: (value: unknown) => T | undefined) => firstOf(item, places, read);
  const summary = first(system.summary, textOf);
  const changed = first(system.changed, instantOf);
  const start = state.again
    ? first(system.again?.at ?? [], instantOf)
    : (first(system.start, instantOf) ?? (state.begins ? changed : undefined));
  const updated = latestOf(item, system.updated);
  const end = state.is === 'resolved' ? (first(system.end, instantOf) ?? changed ?? updated) : undefined;
  const firingAt =
    state.is === 'firing' ? (updated ?? (system.untimed === 'return' ? 'received' : undefined)) : undefined;
  const severity = first(system.severity, severityOf);
  const description = first(system.description, textOf);
  const link = first(system.link, linkOf);
  const alert: Alert = {
    source,
    state: state.is,
    key,
    ...(start !== undefined && { start }),
    ...(firingAt !== undefined && { firingAt }),
    ...(end !== undefined && (start === undefined || end >= start) && { end }),
    name: first(system.name, textOf) ?? summary ?? key,
    ...(severity !== undefined && { severity }),
    labels: labelsIn(system, item),
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(link !== undefined && { link }),
  };
  return { source, alerts: [alert], notes };
}

type StateRead =
  | { is: 'firing'; begins?: boolean; again?: boolean }
  | { is: 'resolved'; begins?: false; again?: false }
  | { is: 'unknown'; begins?: false; again?: false; note: string };

function stateOf(system: System, item: Item): StateRead | { note: string } | { problem: string } {
  if (system.again?.detect.some((condition) => holds(item.body, condition))) return { is: 'firing', again: true };
  let unknown: string | undefined;
  for (const place of system.state) {
    const said = textOf(find(item, place), WORD);
    if (said === undefined) continue;
    const begins = isOneOf(said, system.firing);
    if (begins || isOneOf(said, system.ongoing)) return { is: 'firing', begins };
    if (isOneOf(said, system.resolved)) {
      const lost = firstOf(item, system.lost, (value) => textOf(value, WORD));
      return lost === undefined ? { is: 'resolved' } : { is: 'unknown', note: noteOf(system, lost, NO_END) };
    }
    if (isOneOf(said, system.unknown)) return { is: 'unknown', note: noteOf(system, said, `${NO_DATA}. ${STAYS}`) };
    const tells = Object.entries(TELLS).find(([name]) =>
      isOneOf(said, system.ignored[name as keyof typeof TELLS]),
    )?.[1];
    if (tells !== undefined) return { note: noteOf(system, said, `${tells}. It is ignored.`) };
    unknown ??= `${typeof place === 'string' ? quoted(place) : 'it'} says “${said}”, which is neither a state of a firing alert (${system.firing}) nor of a resolved one (${system.resolved}).`;
  }
  return problem(
    system,
    unknown ?? `nothing in it says whether the alert is firing or resolved: ${missing(system.state)}`,
  );
}

const NO_DATA = 'means that data is missing, not that a problem has started or ended';
const STAYS =
  'The page does not change until a message says that the alert is resolved, or somebody resolves the incident.';
const NO_END = `does not mean that the problem is over, although the message reports an end. ${STAYS}`;

function noteOf({ displayName: called }: System, said: string, tells: string): string {
  return `${capital(called)} says “${said}”, which ${tells}`;
}

function latestOf(item: Item, places: readonly Place[]): Instant | undefined {
  const values = places.flatMap((place) => find(item, place));
  return values.reduce<Instant | undefined>((latest, value) => {
    const time = instantOf(value);
    return time === undefined ? latest : Math.max(time, latest ?? time);
  }, undefined);
}

function keyIn(system: System, item: Item): string | undefined {
  for (const places of system.key) {
    const parts = places.map((place) => statusText(find(item, place)));
    if (parts[0] !== undefined) return keyOf(parts.filter((part) => part !== undefined).join(' '));
  }
  return undefined;
}

/** A text that is not cut, so that long keys stay different. */
function statusText(value: unknown): string | undefined {
  return textOf(value) === undefined ? undefined : String(value);
}

/** Labels. If two have the same name, the first in the table counts. */
function labelsIn({ labels }: System, item: Item): Record<string, string> {
  const found = labels.flatMap((entry) =>
    typeof entry === 'string'
      ? entry.split(', ').flatMap((place) => Object.entries(labelsOf(valueAt(item, place))))
      : Object.entries(entry).map(([name, places]) => [name, firstOf(item, places, textOf)] as const),
  );
  const first = new Map<string, string>();
  for (const [name, text] of found) {
    if (text !== undefined && !first.has(name) && first.size < MAX_LABELS) first.set(name, text);
  }
  return Object.fromEntries(first);
}

function firstOf<T>(item: Item, places: readonly Place[], read: (value: unknown) => T | undefined): T | undefined {
  for (const place of places) {
    const value = read(find(item, place));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Joins the results of a list. Invalid items are notes, or a problem if there is nothing else. */
function joined(parts: readonly AlertsRead[]): AlertsRead {
  const read = parts.flatMap((part) => ('problem' in part ? [] : [part]));
  const problems = parts.flatMap((part) => ('problem' in part ? [part.problem] : []));
  const [first] = read;
  if (!first) return { problem: problems[0] ?? 'The body is an empty list, so it contains no alerts.' };
  const notes = [...new Set([...problems, ...read.flatMap(({ notes }) => notes)])];
  return { source: first.source, alerts: read.flatMap(({ alerts }) => alerts), notes: notes.slice(0, MAX_NOTES) };
}

function tooMany(count: number, most: number): { problem: string } {
  return { problem: `The body contains ${count} alerts; the limit is ${most}.` };
}

function problem(system: System, what: string): { problem: string } {
  return {
    problem: `This looks like a message from ${system.displayName}, but ${what}${system.advice === undefined ? '' : ` ${system.advice}`}`,
  };
}

function missing(places: readonly Place[]): string {
  const named = places.filter((place) => typeof place === 'string');
  return `${named.slice(0, 2).map(quoted).join(' or ')} is missing.`;
}

function quoted(place: string): string {
  return `\`${place.replace('^', '')}\``;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
