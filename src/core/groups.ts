import type { Instant } from './days.ts';
import { affectedComponents } from './incident.ts';
import type { Ledger } from './ledger.ts';
import { componentsByName, isRetired, startOf } from './ledger.ts';
import { memoize } from './memoize.ts';
import type { Component, ComponentGroup, ComponentNode, Content, NewsEvent, StatusEvent } from './model.ts';

/** The name that stands for all components. */
export const EVERYTHING = 'all';

/** Every group that has components, by id, outer ones before those in them. */
export const groupsById = memoize((tree: readonly ComponentNode[]): ReadonlyMap<string, ComponentGroup> => {
  const groups = tree.filter((node) => node.kind === 'group').filter((group) => componentsIn(group).length > 0);
  return new Map(groups.flatMap((group) => [[group.id, group] as const, ...groupsById(group.children)]));
});

/** The components of a group, and of the groups in it, in the order of the page; retired ones too. */
export function componentsIn(node: ComponentNode): Component[] {
  return node.kind === 'component' ? [node] : node.children.flatMap(componentsIn);
}

/** The ids of the groups that each component is in, outer ones first, by the component's id. */
export const groupsByComponent = memoize((tree: readonly ComponentNode[]): ReadonlyMap<string, readonly string[]> => {
  const groups = new Map<string, string[]>();
  for (const group of groupsById(tree).values()) {
    for (const { id } of componentsIn(group)) groups.getOrInsertComputed(id, () => []).push(group.id);
  }
  return groups;
});

/** Whether a component was offered at an instant. */
export function isOffered(component: Component, at: Instant): boolean {
  return !isRetired(component, at) && (component.since ?? at) <= at;
}

/** What files name components in: the tree and its components. */
export type ComponentList = Pick<Content, 'tree' | 'components'>;

const byName = memoize((components: Content['components']) => componentsByName(components.values()));

/** The component with an id or an alias. */
export function componentNamed({ components }: ComponentList, name: string): Component | undefined {
  return byName(components).get(name);
}

/** The components that the id of a group, or `all`, stands for, retired ones too. Undefined if it is neither. */
export function groupMembers({ tree, components }: ComponentList, name: string): readonly Component[] | undefined {
  if (name === EVERYTHING) return [...components.values()];
  const groups = groupsById(tree);
  const group = groups.get(name) ?? groups.values().find(({ aliases }) => aliases?.includes(name));
  return group && componentsIn(group);
}

/** What an author can choose. */
export interface Choice {
  /** Of a component or a group, or `all`. */
  id: string;
  /** The names of the groups around it, outer ones first, and its own. None for all. */
  names: readonly string[];
  isGroup: boolean;
}

/** Every component that is not retired, each group of several before its own, and all at the end. */
export function choicesOf(tree: readonly ComponentNode[], now: Instant): Choice[] {
  const taken = componentsByName(tree.flatMap(componentsIn));
  const below = (node: ComponentNode, around: readonly string[]): Choice[] => {
    const own = { id: node.id, names: [...around, node.name] };
    if (node.kind === 'component') return isRetired(node, now) ? [] : [{ ...own, isGroup: false }];
    const inside = node.children.flatMap((child) => below(child, own.names));
    // A name that a component has too stands for the component, and `all` for everything.
    return inside.length > 1 && !taken.has(node.id) && node.id !== EVERYTHING
      ? [{ ...own, isGroup: true }, ...inside]
      : inside;
  };
  const found = tree.flatMap((node) => below(node, []));
  return found.length > 1 ? [...found, { id: EVERYTHING, names: [], isGroup: true }] : found;
}

/** The ids of the components that a name stands for. */
export interface Named {
  ids: readonly string[];
  isGroup: boolean;
}

/**
 * The components that a name stands for: an id, an alias, the id of a group, or `all`. Of a group, those that were offered
 * at an instant.
 * @returns undefined if nothing has that name
 */
export function namedComponents(list: ComponentList, name: string, at: Instant): Named | undefined {
  const component = componentNamed(list, name);
  if (component) return { ids: [component.id], isGroup: false };
  const members = groupMembers(list, name)?.filter((member) => isOffered(member, at));
  return members && { ids: members.map(({ id }) => id), isGroup: true };
}

/**
 * The value of each component, by id. Its own goes before that of its group, and that of a small group before that of a
 * large one.
 */
export function valuesByComponent<Value>(given: readonly (readonly [Named, Value])[]): Record<string, Value> {
  const sizeOf = ([{ ids, isGroup }]: readonly [Named, Value]) => (isGroup ? ids.length : 0);
  const largestFirst = given.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  return Object.fromEntries(largestFirst.flatMap(([{ ids }, value]) => ids.map((id) => [id, value])));
}

/** The ids of all groups with a component that an event names. */
export function affectedGroups(event: NewsEvent, { content }: Ledger): ReadonlySet<string> {
  const groups = groupsByComponent(content.tree);
  return new Set(affectedComponents(event).flatMap((id) => groups.get(id) ?? []));
}

/** The events that name a component of a group, newest first, by the group's id. */
export const eventsByGroup = memoize((ledger: Ledger): ReadonlyMap<string, readonly StatusEvent[]> => {
  return groupEvents(ledger, (event) => affectedGroups(event, ledger));
});

/** The events of each key, newest first. @param keysOf each key once */
export function groupEvents(
  { content }: Ledger,
  keysOf: (event: StatusEvent) => Iterable<string>,
): ReadonlyMap<string, readonly StatusEvent[]> {
  const events = new Map<string, StatusEvent[]>();
  for (const event of [...content.incidents, ...content.maintenance].sort((a, b) => startOf(b) - startOf(a))) {
    for (const key of keysOf(event)) events.getOrInsertComputed(key, () => []).push(event);
  }
  return events;
}
