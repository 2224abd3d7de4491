import type { StatusEvent, Update } from '../../src/core/model.ts';
import { looksAlike, looksSame } from './shown.ts';

/** One thing before and after the change; a side is missing where it was not there. */
export type Pair<T> = { before: T; after: T } | { before?: undefined; after: T } | { before: T; after?: undefined };

/**
 * Which update is which, oldest first: by id, else by the same status and the same or a similar text, since another
 * time gives another id.
 */
export function pairUpdates(before: readonly Update[], after: readonly Update[]): Pair<Update>[] {
  return paired(before, after, [
    (a, b) => a.id === b.id,
    (a, b) => a.word === b.word && looksSame(a.body, b.body),
    (a, b) => a.word === b.word && looksAlike(a.body, b.body),
  ]).sort((a, b) => timeOf(a) - timeOf(b));
}

/** Which incident or maintenance is which: by id, else by the same title or the same updates, since a file may be renamed. */
export function pairEvents<Event extends StatusEvent>(
  before: readonly Event[],
  after: readonly Event[],
): Pair<Event>[] {
  const updates = ({ updates: list }: Event) => list.map(({ id }) => id).join(' ');
  const old = new Map(before.map((event) => [event.id, event]));
  const kept: Pair<Event>[] = [];
  const added: Event[] = [];
  for (const event of after) {
    const same = old.get(event.id);
    if (same) kept.push({ before: same, after: event });
    else added.push(event);
    old.delete(event.id);
  }
  const renamed = (a: Event, b: Event) => a.title === b.title || (updates(a) !== '' && updates(a) === updates(b));
  return [...paired([...old.values()], added, [renamed]), ...kept];
}

function timeOf({ before, after }: Pair<Update>): number {
  return (after ?? before)?.at ?? 0;
}

/** Pairs by each rule in turn; what is left of either side stays alone. */
function paired<T>(before: readonly T[], after: readonly T[], rules: readonly ((a: T, b: T) => boolean)[]): Pair<T>[] {
  const left = new Set(before);
  const partners = new Map<T, T>();
  for (const isSame of rules) {
    for (const now of after.filter((one) => !partners.has(one))) {
      const old = left.values().find((one) => isSame(one, now));
      if (old === undefined) continue;
      partners.set(now, old);
      left.delete(old);
    }
  }
  const pairs = after.map((now): Pair<T> => {
    const old = partners.get(now);
    return old === undefined ? { after: now } : { before: old, after: now };
  });
  return [...pairs, ...[...left].map((old): Pair<T> => ({ before: old }))];
}
