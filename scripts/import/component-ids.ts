import type { ImportedComponent, ImportedGroup, ImportedNode } from './model.ts';
import { claim, slug } from './slug.ts';

const LENGTH = 60;

/** A component of `components.yml` as it stands there. */
export interface ExistingComponent {
  id: string;
  name: string;
  /** Names of the groups around it, outermost first. */
  groups: readonly string[];
  aliases: readonly string[];
  retired?: string;
}

/** What is known of ids once names have met the file that is there. */
export interface ComponentIds {
  /** Id by the import's key. */
  byKey: ReadonlyMap<string, string>;
  /** Id to write for groups whose own would clash with another one. */
  ofGroups: ReadonlyMap<ImportedGroup, string>;
  /** Keys of components that the file has already. */
  existing: ReadonlySet<string>;
}

interface Placed {
  component: ImportedComponent;
  groups: readonly string[];
}

/**
 * Gives every component an id: that of the same component in the file, else one made from its name, with its
 * group in front where two components share a name.
 */
export function assignIds(tree: readonly ImportedNode[], existing: readonly ExistingComponent[]): ComponentIds {
  const placed = placeAll(tree, []);
  const taken = new Set(existing.flatMap(({ id, aliases }) => [id, ...aliases]));
  const byKey = new Map<string, string>();
  const known = new Set<string>();
  const shared = repeated(placed.map(({ component }) => nameSlug(component)));
  const unmatched = new Set(existing);
  for (const { component, groups } of placed) {
    const same = matchOf(component, groups, unmatched, shared);
    if (!same) continue;
    unmatched.delete(same);
    byKey.set(component.key, same.id);
    known.add(component.key);
  }
  for (const { component, groups } of placed) {
    if (byKey.has(component.key)) continue;
    byKey.set(component.key, claim(wantedId(component, groups, shared), taken));
  }
  return { byKey, ofGroups: groupIds(tree, existing), existing: known };
}

function placeAll(nodes: readonly ImportedNode[], groups: readonly string[]): Placed[] {
  return nodes.flatMap((node) =>
    node.kind === 'component' ? [{ component: node, groups }] : placeAll(node.children, [...groups, node.name]),
  );
}

function nameSlug({ name, key }: ImportedComponent): string {
  return slug(name, LENGTH) || slug(`component ${key}`, LENGTH);
}

function wantedId(component: ImportedComponent, groups: readonly string[], shared: ReadonlySet<string>): string {
  const own = nameSlug(component);
  const group = slug(groups.at(-1) ?? '', LENGTH - 20);
  return shared.has(own) && group ? `${group}-${own}` : own;
}

function matchOf(
  component: ImportedComponent,
  groups: readonly string[],
  existing: Iterable<ExistingComponent>,
  shared: ReadonlySet<string>,
): ExistingComponent | undefined {
  const candidates = [...existing];
  const own = nameSlug(component);
  const wanted = wantedId(component, groups, shared);
  const sameName = candidates.filter(({ name }) => fold(name) === fold(component.name));
  return (
    sameName.find((candidate) => fold(candidate.groups.join('/')) === fold(groups.join('/'))) ??
    candidates.find(({ id, aliases }) => id === wanted || aliases.includes(wanted)) ??
    (sameName.length === 1 && !shared.has(own) ? sameName[0] : undefined)
  );
}

/** Ids of groups are made from their path of names; where two would be alike, one needs its own. */
function groupIds(tree: readonly ImportedNode[], existing: readonly ExistingComponent[]): Map<ImportedGroup, string> {
  const ids = new Map<ImportedGroup, string>();
  const taken = new Set(existing.map(({ groups }) => groupId(groups)));
  const visit = (nodes: readonly ImportedNode[], path: readonly string[]): void => {
    for (const node of nodes) {
      if (node.kind === 'component') continue;
      const names = [...path, node.name];
      const wanted = groupId(names);
      if (wanted && taken.has(wanted)) ids.set(node, claim(wanted, taken));
      taken.add(wanted);
      visit(node.children, names);
    }
  };
  visit(tree, []);
  return ids;
}

/** The reader's own rule. Empty for names without a Latin letter or digit, which it tells apart by itself. */
function groupId(names: readonly string[]): string {
  const words = names
    .join(' ')
    .normalize('NFKD')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join('-') ?? '';
}

function repeated(values: readonly string[]): Set<string> {
  return new Set(values.filter((value, index) => values.indexOf(value) !== index));
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}
