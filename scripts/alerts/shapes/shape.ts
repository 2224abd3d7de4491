import type { Place } from '../payload.ts';
import { find, instantInUtc, instantOf, keyOf, MAX_FIELDS, textOf } from '../payload.ts';

/**
 * Where a monitoring system keeps what an alert says. Places are tried in order; the first that holds something
 * counts. Words are separated by commas, in small letters, with blanks where the system writes `_` or `-`; one that
 * ends in `*` stands for all that begin so.
 */
export interface Shape {
  /** As rules name it. */
  source: string;
  /** As sentences name it. */
  displayName: string;
  /**
   * What tells its bodies: in one of these lists, each place is there. `place=words` wants one of these words there,
   * `place~text` an address with this in it.
   */
  detect: readonly (readonly string[])[];
  /** Where the alert stands, or the list of them; the body itself where none of these is there. */
  alerts?: readonly Place[];
  state: readonly Place[];
  /** Words of the message by which an alert begins. */
  firing: string;
  /** Words of later messages of an alert that goes on: acknowledged, sent again. Their time is not its start. */
  ongoing?: string;
  resolved: string;
  /** Words for missing data. */
  unknown?: string;
  /** If a resolved message has a value here, its data ended, not the problem. */
  lost?: readonly Place[];
  /** Words that are neither, and what they tell instead. */
  ignored?: readonly (readonly [words: string, tells: string])[];
  /** Of several places parted as a list, the first has to be there, and all that are make the key. */
  key: readonly (Place | readonly Place[])[];
  name: readonly Place[];
  start?: readonly Place[];
  end?: readonly Place[];
  /**
   * What in the body tells that an alert which was over fires once more, written as in `detect`, and where it says when
   * that was: then this is its start, since `start` is that of the first time.
   */
  again?: { detect: readonly string[]; at?: readonly Place[] };
  /** When what the message tells happened: the start of one that fires by it, the end of one that is over. */
  changed?: readonly Place[];
  /** The time that the message describes, if `start` is that of the first time it fired. The latest counts. */
  updated?: readonly Place[];
  /**
   * What a firing message after the end is, if it has the old start and no time in `updated`: a `repeat` if each new
   * episode has its own start, key or word (`again`); otherwise a `return`.
   */
  untimed: 'repeat' | 'return';
  severity?: readonly Place[];
  /** Labels as the system has them, and single fields that rules may want, by a name given here. */
  labels?: readonly (Place | readonly [name: string, ...Place[]])[];
  summary?: readonly Place[];
  description?: readonly Place[];
  link?: readonly Place[];
  /** What to set in the system where its bodies are made from a template. */
  advice?: string;
}

export const TEST = 'is a test message';
export const COMMENT = 'does not say whether the alert is firing';
export const NO_DATA = 'means that data is missing, not that a problem has started or ended';
export const CERTIFICATE = 'is a reminder that a certificate or domain will expire';
export const PLANNED = 'is about maintenance, or about an alert that was silenced';
export const NOT_YET = 'means that the problem is not confirmed yet';

/** A word of a system's as the table has it: `ALERT_FAILURE` is `alert failure`. */
function plainWord(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}

/** Whether a text is one of some words, separated by commas; one that ends in `*` stands for all that begin so. */
export function isOneOf(text: string | undefined, words: string | undefined): boolean {
  if (text === undefined || words === undefined) return false;
  const said = plainWord(text);
  return words.split(', ').some((word) => (word.endsWith('*') ? said.startsWith(word.slice(0, -1)) : said === word));
}

/** A time that its system writes in UTC without saying so. */
export function utc(place: Place): Place {
  return (item) => instantInUtc(find(item, place));
}

/** The time that lies so many seconds, told elsewhere, before another. */
export function before(place: Place, seconds: Place): Place {
  return (item) => {
    const [time, length] = [instantOf(find(item, place)), Number(textOf(find(item, seconds)))];
    return time !== undefined && length >= 0 ? time - length * 1000 : undefined;
  };
}

/** What stands at a place, if another says one of these words. */
export function when(where: Place, words: string, place: Place): Place {
  return (item) => (isOneOf(textOf(find(item, where)), words) ? find(item, place) : undefined);
}

/** What stands at a place, if nothing is at another. */
export function unless(where: Place, place: Place): Place {
  return (item) => (find(item, where) === undefined ? find(item, place) : undefined);
}

/** A word of our own, if something is at the place. */
export function filled(place: Place, word: string): Place {
  return (item) => {
    const value = find(item, place);
    return textOf(value) !== undefined || (typeof value === 'object' && value !== null) ? word : undefined;
  };
}

/** A word of our own, if the place is there but holds nothing. */
export function hollow(place: Place, word: string): Place {
  return (item) => (find(item, place) === null ? word : undefined);
}

/** A word of our own, whatever the body says. */
export function always(word: string): Place {
  return () => word;
}

/** What a regular expression takes out of a text as its first group. */
export function taken(place: Place, pattern: RegExp): Place {
  return (item) => pattern.exec(textOf(find(item, place)) ?? '')?.[1];
}

/** A text without what a regular expression matches in it; nothing if that leaves nothing. */
export function without(place: Place, pattern: RegExp): Place {
  return (item) => textOf(find(item, place))?.replace(pattern, '');
}

/** A number as text, if it is above another. */
export function above(place: Place, least: number): Place {
  return (item) => {
    const text = textOf(find(item, place));
    return Number(text) > least ? text : undefined;
  };
}

/** The latest time in a field of a list. */
export function latestIn(list: Place, field: string): Place {
  return (item) => {
    const things = find(item, list);
    const times = (Array.isArray(things) ? (things as unknown[]) : []).flatMap(
      (one) => instantOf(find({ body: one, alert: one }, field)) ?? [],
    );
    return times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b));
  };
}

/** Priorities that some bodies write as `P3` and others as 3. */
export function priority(place: Place): Place {
  return (item) => textOf(find(item, place))?.replace(/^[1-5]$/, 'P$&');
}

/** A parameter of an address. */
export function parameter(place: Place, name: string): Place {
  return (item) => {
    const address = find(item, place);
    return typeof address === 'string' && URL.canParse(address) ? new URL(address).searchParams.get(name) : undefined;
  };
}

/** A text made part of a key, where ids of two kinds of things would meet. */
export function marked(mark: string, place: Place): Place {
  return (item) => {
    const text = textOf(find(item, place));
    return text === undefined ? undefined : `${mark} ${text}`;
  };
}

/** Labels written one after the other, sorted: what Alertmanager tells alerts apart by. */
export function sorted(place: Place): Place {
  return (item) => {
    const labels = find(item, place);
    if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) return undefined;
    if (Object.keys(labels).length > MAX_FIELDS) return undefined;
    const pairs = Object.entries(labels).filter(([, value]) => typeof value !== 'object');
    const texts = pairs.map(([name, value]) => `${name}=${JSON.stringify(String(value))}`).sort();
    return texts.length === 0 ? undefined : keyOf(texts.join(','));
  };
}

/** The field of the body whose name another field says. */
export function namedBy(name: string): Place {
  return (item) => {
    const field = textOf(find(item, name));
    const body = item.body as Record<string, unknown>;
    return field !== undefined && Object.hasOwn(body, field) ? body[field] : undefined;
  };
}

/** In a list of things with a type, a field of the one of this type. */
export function ofType(list: Place, type: string, field: string): Place {
  return (item) => {
    const things = find(item, list);
    const thing = Array.isArray(things)
      ? things.find((one: unknown) => find({ body: one, alert: one }, 'type') === type)
      : undefined;
    return thing === undefined ? undefined : find({ body: thing, alert: thing }, field);
  };
}
