import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Item } from './payload.ts';
import { instantInUtc, instantOf, keyOf, MAX_FIELDS, textOf, valueAt } from './payload.ts';

/** An expression between slashes. */
const expression = z
  .string()
  .regex(/^\/.+\/[a-z]*$/s)
  .transform((written) => new RegExp(written.slice(1, written.lastIndexOf('/')), written.replace(/^.*\//s, '')));

/** A place with a condition, or whose value is converted. */
const derivedPlace = z.strictObject({
  at: z.string().optional(),
  /** Only if the value is one of these words. */
  among: z.string().optional(),
  /** Only if each of these places has one of these words. */
  when: z.record(z.string(), z.string()).optional(),
  /** Only if nothing is at that place. */
  unless: z.string().optional(),
  /** Only if that place exists, but is empty. */
  empty: z.string().optional(),
  /** Replaces the value, if there is one. Without `at`, always applies. */
  say: z.string().optional(),
  /** The field of the body whose name is at that place. */
  named: z.string().optional(),
  /** A time in UTC that is written without a zone. */
  utc: z.literal(true).optional(),
  /** Subtracts the seconds at that place from the time. */
  minus: z.string().optional(),
  /** Takes the first group of the expression. */
  match: expression.optional(),
  /** Removes what the expression matches. No value if nothing is left. */
  without: expression.optional(),
  /** A prefix for keys, if ids of two kinds could be equal. */
  mark: z.string().optional(),
  /**
   * `priority`: turns `P3` and 3 into the same. `pairs`: joins sorted labels, which identify alerts in Alertmanager.
   */
  as: z.enum(['priority', 'pairs']).optional(),
});
export type Place = string | z.output<typeof derivedPlace>;

const split = (text: string, separator: string) => text.split(separator).map((part) => part.trim());
const placesIn = (entry: Place): Place[] => (typeof entry === 'string' ? split(entry, ',') : [entry]);

const place = z.union([z.string(), derivedPlace]);
const places = z.union([place, z.array(place)]).transform((list) => [list].flat().flatMap(placesIn));
/** Words separated by commas. */
const words = z.string();
/** `PLACE` exists; `PLACE=WORDS` has one of these words; `PLACE~TEXT` is an address that contains this text. */
const condition = z.string();

/** Words that are not a state of an alert, by their meaning. */
export const TELLS = {
  test: 'is a test message',
  comment: 'does not say whether the alert is firing',
  certificate: 'is a reminder that a certificate or domain will expire',
  'test or certificate': 'is a test message or is a reminder that a certificate or domain will expire',
  planned: 'is about maintenance, or about an alert that was silenced',
  uncertain: 'means that the problem is not confirmed yet',
} as const;

/** An entry of `systems.yml`: where to find the fields of an alert in a system's messages. */
const systemSchema = z.strictObject({
  /** Its name in rules. */
  source: z.string(),
  /** Its name in sentences. */
  displayName: z.string(),
  /** Recognises its bodies: all conditions of one of these lines, separated by `&`. */
  detect: z.array(z.string().transform((line) => split(line, '&'))),
  /** The place of the alert or list of alerts. The body itself if none of these exists. */
  alerts: places.default([]),
  state: places,
  /** Words of the first message of an alert. */
  firing: words,
  /** Words of later messages, such as acknowledged. Their time is not its start. */
  ongoing: words.optional(),
  resolved: words,
  /** Words for missing data. */
  unknown: words.optional(),
  /** If a resolved message has a value here, the data ended, not the problem. */
  lost: places.default([]),
  ignored: z.partialRecord(z.enum(Object.keys(TELLS) as (keyof typeof TELLS)[]), words).default({}),
  /** Places joined by `+`, or in a nested list, form the key together. The first of them must exist. */
  key: z
    .union([z.string(), z.array(z.union([place, z.array(place)]))])
    .transform((list) =>
      [list]
        .flat()
        .flatMap((one) => (typeof one === 'string' ? split(one, ',').map((key) => split(key, '+')) : [[one].flat()])),
    ),
  name: places,
  start: places.default([]),
  end: places.default([]),
  /**
   * Recognises an ended alert that fires again, by one of these conditions, and the place of its new start: `start` is
   * that of the first time.
   */
  again: z.strictObject({ detect: z.array(condition), at: places.default([]) }).optional(),
  /** The time of the message: the start of a firing alert, the end of a resolved one. */
  changed: places.default([]),
  /** The time that the message describes, if `start` is always that of the first time. The latest counts. */
  updated: places.default([]),
  /**
   * The meaning of a firing message after the end with the old start and no time in `updated`: a `repeat` if each new
   * episode has its own start, key or word (`again`), otherwise a `return`.
   */
  untimed: z.enum(['repeat', 'return']).default('repeat'),
  severity: places.default([]),
  /** The system's labels, and single fields that rules can use, with a name. */
  labels: z.array(z.union([z.string(), z.record(z.string(), places)])).default([]),
  summary: places.default([]),
  description: places.default([]),
  link: places.default([]),
  /** What to set up in the system, if it uses a template. */
  advice: z.string().optional(),
});
export type System = z.output<typeof systemSchema>;

/** An entry. With `like`, it inherits the keys of another source. */
interface Entry {
  source: string;
  like?: string;
}

const entries = parse(readFileSync(new URL('./systems.yml', import.meta.url), 'utf8')) as Entry[];

/** All known systems, in the order in which they are tried. */
export const SYSTEMS: readonly System[] = entries.map(({ like, ...own }) =>
  systemSchema.parse({ ...entries.find(({ source }) => source === like), ...own }),
);

/** Whether a text is in a list of words separated by commas. `*` at the end matches any ending. */
export function isOneOf(text: string | undefined, list: string | undefined): boolean {
  if (text === undefined || list === undefined) return false;
  // `ALERT_FAILURE` equals `alert failure`.
  const said = text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
  return split(list, ',').some((word) => (word.endsWith('*') ? said.startsWith(word.slice(0, -1)) : said === word));
}

/** The value at a place. Undefined if there is none, or if its condition is not met. */
export function find(item: Item, where: Place): unknown {
  if (typeof where === 'string') return valueAt(item, where);
  const { at, among, when = {}, unless, empty, say, named } = where;
  const says = (path: string, list: string) => isOneOf(textOf(valueAt(item, path)), list);
  if (unless !== undefined && valueAt(item, unless) !== undefined) return undefined;
  if (empty !== undefined && valueAt(item, empty) !== null) return undefined;
  if (among !== undefined && !says(at ?? '', among)) return undefined;
  if (!Object.entries(when).every(([path, list]) => says(path, list))) return undefined;
  if (named !== undefined) return fieldOfBody(item, textOf(valueAt(item, named)));
  if (at === undefined) return say;
  const value = valueAt(item, at);
  if (say === undefined) return madeFrom(value, where, item);
  return textOf(value) !== undefined || (typeof value === 'object' && value !== null) ? say : undefined;
}

function madeFrom(
  value: unknown,
  { utc, minus, match, without, mark, as }: Exclude<Place, string>,
  item: Item,
): unknown {
  if (utc) return instantInUtc(value);
  if (as === 'pairs') return sortedPairs(value);
  if (minus !== undefined) {
    const [time, seconds] = [instantOf(value), Number(textOf(valueAt(item, minus)))];
    return time !== undefined && seconds >= 0 ? time - seconds * 1000 : undefined;
  }
  if (!match && !without && mark === undefined && !as) return value;
  const text = textOf(value);
  if (text === undefined) return undefined;
  if (match) return match.exec(text)?.[1];
  if (without) return text.replace(without, '');
  return as === 'priority' ? text.replace(/^[1-5]$/, 'P$&') : `${mark} ${text}`;
}

function fieldOfBody({ body }: Item, name: string | undefined): unknown {
  return name !== undefined && Object.hasOwn(body as object, name)
    ? (body as Record<string, unknown>)[name]
    : undefined;
}

function sortedPairs(labels: unknown): string | undefined {
  if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) return undefined;
  if (Object.keys(labels).length > MAX_FIELDS) return undefined;
  const pairs = Object.entries(labels).filter(([, value]) => typeof value !== 'object');
  const texts = pairs.map(([name, value]) => `${name}=${JSON.stringify(String(value))}`).sort();
  return texts.length === 0 ? undefined : keyOf(texts.join(','));
}
