import type { Instant } from './days.ts';
import { affectedComponents } from './incident.ts';
import type { Ledger } from './ledger.ts';
import { isRetired, startOf } from './ledger.ts';
import { memoize } from './memoize.ts';
import type { Component, ComponentGroup, ComponentNode, Content, StatusEvent } from './model.ts';

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

/** The components that the id of a group, or `all`, stands for. Undefined if it is neither. */
export function groupMembers(
  { tree, components }: Pick<Content, 'tree' | 'components'>,
  name: string,
): readonly Component[] | undefined {
  if (name === EVERYTHING) return [...components.values()];
  const group = groupsById(tree).get(name);
  return group && componentsIn(group);
}

/** The ids of all groups with a component that an event names. */
export function affectedGroups(event: StatusEvent, { content }: Ledger): ReadonlySet<string> {
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
