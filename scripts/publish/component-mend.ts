import { isMap, isScalar, isSeq, parseDocument, visit, type Document, type YAMLMap } from 'yaml';
import { addDays, dayOf } from '../../src/core/days.ts';
import type { Component, Day, Instant } from '../../src/core/model.ts';
import type { LostName } from './component-past.ts';

/** What older incidents need of `components.yml` that it no longer says. */
export interface Need {
  /** An id of the present list, or a name that it lost. */
  name: string;
  /** The start of the last event that names it. */
  last: Instant;
}

/** What became of a name. */
export type Mend =
  | { kind: 'retired'; name: string; retired: Day }
  | { kind: 'alias'; name: string; owner: string }
  | { kind: 'postponed'; name: string; retired: Day };

/** The list with every lost name as a component of its own, for a reading that accepts what was known once. */
export function withNames(text: string, lost: Iterable<LostName>): string {
  const document = open(text);
  for (const { name, component } of lost) append(document, { id: name, name: component.name });
  return document.toString({ lineWidth: 0 });
}

/**
 * Makes a list say again what older incidents need: a lost component comes back as a retired one, a lost alias
 * of a component that is still there is given back to it, and a day of retirement moves behind the last event.
 */
export function mendComponents(
  text: string,
  present: ReadonlyMap<string, Component>,
  lost: ReadonlyMap<string, LostName>,
  needs: readonly Need[],
  zone: string,
): { text: string; mends: Mend[] } {
  const document = open(text);
  const owners = new Map(
    [...present.values()].flatMap(({ id, aliases }) => [id, ...aliases].map((name) => [name, id])),
  );
  const dayAfter = (instant: Instant) => addDays(dayOf(instant, zone), 1);
  const mends = needs.map(({ name, last }): Mend => {
    const from = lost.get(name);
    if (!from) {
      entryOf(document, name)?.set('retired', dayAfter(last));
      return { kind: 'postponed', name, retired: dayAfter(last) };
    }
    const owner = owners.get(from.component.id);
    if (owner !== undefined) {
      addAlias(document, owner, name);
      return { kind: 'alias', name, owner };
    }
    const { component } = from;
    const retired = [dayOf(from.removed, zone), dayAfter(last)].sort().at(-1) as Day;
    append(document, {
      id: name,
      name: component.name,
      ...(component.description !== undefined && { description: component.description }),
      ...(component.since !== undefined && { since: dayOf(component.since, zone) }),
      retired,
    });
    return { kind: 'retired', name, retired };
  });
  return { text: document.toString({ lineWidth: 0 }), mends };
}

function open(text: string): Document {
  return parseDocument(text, { schema: 'failsafe', merge: false, logLevel: 'error' });
}

function append(document: Document, entry: Readonly<Record<string, string>>): void {
  const node = document.createNode(entry);
  if (isSeq(document.contents)) document.contents.add(node);
  else document.contents = document.createNode([node]);
}

function addAlias(document: Document, owner: string, alias: string): void {
  const entry = entryOf(document, owner);
  const aliases = entry?.get('aliases');
  if (isSeq(aliases)) aliases.add(document.createNode(alias));
  else entry?.set('aliases', document.createNode([alias]));
}

/** The entry of a component, at whatever depth. */
function entryOf(document: Document, id: string): YAMLMap | undefined {
  let found: YAMLMap | undefined;
  visit(document, {
    Map(_, node) {
      const own = node.get('id', true);
      if (!node.has('group') && isScalar(own) && own.value === id) found = node;
      return found ? visit.BREAK : undefined;
    },
  });
  return isMap(found) ? found : undefined;
}
