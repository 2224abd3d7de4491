import { find, MAX_FIELDS } from '../fields.ts';
import type { Place } from '../fields.ts';
import { instantInUtc, instantOf } from '../times.ts';
import { keyOf, textOf } from '../values.ts';
import { isOneOf } from './words.ts';

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
