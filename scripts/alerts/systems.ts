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

/** A place whose value holds under a condition, or is not what stands there but something made from it. */
const derivedPlace = z.strictObject({
  at: z.string().optional(),
  /** Only if the value is one of these words. */
  among: z.string().optional(),
  /** Only if each of these places says one of these words. */
  when: z.record(z.string(), z.string()).optional(),
  /** Only if nothing is at that place. */
  unless: z.string().optional(),
  /** Only if that place is there but holds nothing. */
  empty: z.string().optional(),
  /** A word of our own in place of the value, if there is one; without `at` whatever the body says. */
  say: z.string().optional(),
  /** The field of the body whose name that place says. */
  named: z.string().optional(),
  /** A time that its system writes in UTC without saying so. */
  utc: z.literal(true).optional(),
  /** The time that lies so many seconds, told at that place, before the value. */
  minus: z.string().optional(),
  /** What the expression takes out of the value as its first group. */
  match: expression.optional(),
  /** The value without what the expression matches in it; nothing if that leaves nothing. */
  without: expression.optional(),
  /** Stands before the value in a key, where ids of two kinds of things would meet. */
  mark: z.string().optional(),
  /**
   * `priority`: some bodies write `P3` and others 3. `pairs`: labels written one after the other, sorted, which is what
   * Alertmanager tells alerts apart by.
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
/** `PLACE` is there; `PLACE=WORDS` says one of these words; `PLACE~TEXT` is an address with this text in it. */
const condition = z.string();

/** Words that are no state of an alert, by what they tell instead. */
export const TELLS = {
  test: 'is a test message',
  comment: 'does not say whether the alert is firing',
  certificate: 'is a reminder that a certificate or domain will expire',
  'test or certificate': 'is a test message or is a reminder that a certificate or domain will expire',
  planned: 'is about maintenance, or about an alert that was silenced',
  uncertain: 'means that the problem is not confirmed yet',
} as const;

/** Where a monitoring system keeps what an alert says: one entry of `systems.yml`. */
const systemSchema = z.strictObject({
  /** As rules name it. */
  source: z.string(),
  /** As sentences name it. */
  displayName: z.string(),
  /** What tells its bodies: all conditions of one of these lines, separated by `&`. */
  detect: z.array(z.string().transform((line) => split(line, '&'))),
  /** Where the alert stands, or the list of them; the body itself where none of these is there. */
  alerts: places.default([]),
  state: places,
  /** Words of the message by which an alert begins. */
  firing: words,
  /** Words of later messages of an alert that goes on: acknowledged, sent again. Their time is not its start. */
  ongoing: words.optional(),
  resolved: words,
  /** Words for missing data. */
  unknown: words.optional(),
  /** If a resolved message has a value here, its data ended, not the problem. */
  lost: places.default([]),
  ignored: z.partialRecord(z.enum(Object.keys(TELLS) as (keyof typeof TELLS)[]), words).default({}),
  /** Several places joined by `+`, or in a list of their own, make the key together; the first of them has to be there. */
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
   * What in the body tells that an alert which was over fires once more: one of these conditions; and where it says when
   * that was: then this is its start, since `start` is that of the first time.
   */
  again: z.strictObject({ detect: z.array(condition), at: places.default([]) }).optional(),
  /** When what the message tells happened: the start of one that fires by it, the end of one that is over. */
  changed: places.default([]),
  /** The time that the message describes, if `start` is that of the first time it fired. The latest counts. */
  updated: places.default([]),
  /**
   * What a firing message after the end is, if it has the old start and no time in `updated`: a `repeat` if each new
   * episode has its own start, key or word (`again`); otherwise a `return`.
   */
  untimed: z.enum(['repeat', 'return']).default('repeat'),
  severity: places.default([]),
  /** Labels as the system has them, and single fields that rules may want, by a name given here. */
  labels: z.array(z.union([z.string(), z.record(z.string(), places)])).default([]),
  summary: places.default([]),
  description: places.default([]),
  link: places.default([]),
  /** What to set in the system where its bodies are made from a template. */
  advice: z.string().optional(),
});
export type System = z.output<typeof systemSchema>;

/** An entry; `like` names the source whose keys it has but for its own. */
interface Entry {
  source: string;
  like?: string;
}

const entries = parse(readFileSync(new URL('./systems.yml', import.meta.url), 'utf8')) as Entry[];

/** Every system whose bodies are known, in the order in which they are tried. */
export const SYSTEMS: readonly System[] = entries.map(({ like, ...own }) =>
  systemSchema.parse({ ...entries.find(({ source }) => source === like), ...own }),
);

/** Whether a text is one of some words, separated by commas; one that ends in `*` stands for all that begin so. */
export function isOneOf(text: string | undefined, list: string | undefined): boolean {
  if (text === undefined || list === undefined) return false;
  // `ALERT_FAILURE` is `alert failure`.
  const said = text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
  return split(list, ',').some((word) => (word.endsWith('*') ? said.startsWith(word.slice(0, -1)) : said === word));
}

/** The value at a place; nothing where there is none, or where a condition of it does not hold. */
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
