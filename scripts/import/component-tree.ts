import { parse, stringify } from 'yaml';
import { addDays, dayOf } from '../../src/core/days.ts';
import type { ComponentIds, ExistingComponent } from './component-ids.ts';
import type { ImportedComponent, ImportedNode } from './model.ts';

/**
 * The text of a new `components.yml`. `zone` is the site's: a retired component is one from the day after the
 * last event that names it.
 */
export function componentsText(tree: readonly ImportedNode[], ids: ComponentIds, zone: string): string {
  return toYaml(entriesOf(tree, ids, zone, () => true));
}

/**
 * The text of a `components.yml` that is there, with what it lacks at its end and all else as it was. Nothing
 * when it is written in a way that takes no more entries.
 */
export function appendedText(
  existing: string,
  tree: readonly ImportedNode[],
  ids: ComponentIds,
  zone: string,
): string | undefined {
  const lacking = entriesOf(tree, ids, zone, ({ key }) => !ids.existing.has(key));
  const text = `${existing.replace(/\n*$/, '\n')}\n${toYaml(lacking)}`;
  const before = readList(existing);
  const after = readList(text);
  const complete = before !== undefined && after?.length === before.length + lacking.length;
  return complete ? text : undefined;
}

/** Every component of a `components.yml`, in its order; nothing when it cannot be read. */
export function existingComponents(text: string): ExistingComponent[] | undefined {
  const list = readList(text);
  return list && componentsIn(list, []);
}

function componentsIn(list: readonly unknown[], groups: readonly string[]): ExistingComponent[] {
  return list.flatMap((entry): ExistingComponent[] => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { id, name, group, components, aliases, retired } = entry as Record<string, unknown>;
    if (typeof group === 'string') return Array.isArray(components) ? componentsIn(components, [...groups, group]) : [];
    if (typeof id !== 'string') return [];
    return [
      {
        id,
        name: typeof name === 'string' ? name : id,
        groups,
        aliases: Array.isArray(aliases) ? aliases.filter((alias) => typeof alias === 'string') : [],
        ...(typeof retired === 'string' && { retired }),
      },
    ];
  });
}

function readList(text: string): unknown[] | undefined {
  try {
    const value: unknown = parse(text, { schema: 'failsafe' });
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

type Wanted = (component: ImportedComponent) => boolean;

/** Groups that would hold nothing are left out. */
function entriesOf(nodes: readonly ImportedNode[], ids: ComponentIds, zone: string, wanted: Wanted): object[] {
  return nodes.flatMap((node): object[] => {
    if (node.kind === 'component') return wanted(node) ? [componentEntry(node, ids, zone)] : [];
    const id = ids.ofGroups.get(node);
    const components = entriesOf(node.children, ids, zone, wanted);
    return components.length > 0 ? [{ group: node.name, ...(id && { id }), components }] : [];
  });
}

function componentEntry(component: ImportedComponent, ids: ComponentIds, zone: string): object {
  const { key, name, description, since, lastNamed } = component;
  return {
    id: ids.byKey.get(key),
    name,
    ...(description && { description }),
    ...(since && { since }),
    ...(lastNamed !== undefined && { retired: addDays(dayOf(lastNamed, zone), 1) }),
  };
}

/** YAML without folded lines, so that a change in one entry is a change in one line. */
function toYaml(entries: readonly object[]): string {
  return stringify(entries, { lineWidth: 0 });
}
