import { slug, claim } from '../lib/text.ts';
import type { Instant } from '../../src/core/days.ts';
import { parse, stringify } from 'yaml';
import { EVERYTHING } from '../../src/core/groups.ts';
import type { ImportedComponent, ImportedGroup, ImportedNode, SourcePlace } from './model.ts';
import { note, type Report, type Subject } from './report.ts';
import { addDays, dayOf } from '../../src/core/days.ts';

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
  const taken = new Set([EVERYTHING, ...existing.flatMap(({ id, aliases }) => [id, ...aliases])]);
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
  return { byKey, ofGroups: groupIds(tree, existing, taken), existing: known };
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

/** Ids of groups are made from their path of names; where that is taken, also by a component, a group needs its own. */
function groupIds(
  tree: readonly ImportedNode[],
  existing: readonly ExistingComponent[],
  components: ReadonlySet<string>,
): Map<ImportedGroup, string> {
  const ids = new Map<ImportedGroup, string>();
  const taken = new Set([...components, ...existing.map(({ groups }) => groupId(groups))]);
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

/**
 * Every component of a `components.yml`, in its order; nothing when it cannot be read.
 * @param locale the language of the page, in which names are compared
 */
export function existingComponents(text: string, locale: string): ExistingComponent[] | undefined {
  const list = readList(text);
  return list && componentsIn(list, [], locale);
}

function componentsIn(list: readonly unknown[], groups: readonly string[], locale: string): ExistingComponent[] {
  return list.flatMap((entry): ExistingComponent[] => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { id, components, aliases, retired, ...texts } = entry as Record<string, unknown>;
    const [name, group] = [textIn(texts['name'], locale), textIn(texts['group'], locale)];
    if (group !== undefined)
      return Array.isArray(components) ? componentsIn(components, [...groups, group], locale) : [];
    if (typeof id !== 'string') return [];
    return [
      {
        id,
        name: name ?? id,
        groups,
        aliases: Array.isArray(aliases) ? aliases.filter((alias) => typeof alias === 'string') : [],
        ...(typeof retired === 'string' && { retired }),
      },
    ];
  });
}

/** A text, or that of a language where each has one. */
function textIn(written: unknown, locale: string): string | undefined {
  const text = typeof written === 'object' && written !== null ? (written as Record<string, unknown>)[locale] : written;
  return typeof text === 'string' ? text : undefined;
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

/** Where a component is named, and by what. */
export interface Mention {
  place: SourcePlace;
  about: Subject;
}

/** The components of a source by what its events call them; those that no list has are remembered. */
export interface ComponentIndex<Name = string> {
  /** Keys of what is meant: several for a group, none where a name only says that nothing was affected. */
  keysOf: (name: Name, mention: Mention) => string[];
  /** In the order of the page, and behind it what only events name; `lastNamed` says when the last one began, by key. */
  tree: (lastNamed: ReadonlyMap<string, Instant>) => ImportedNode[];
}

/** Components that events name and no list has. */
export class UnlistedComponents {
  readonly #found = new Map<string, { name: string; place: SourcePlace }>();

  /** The key of one, by the name that an event gives it. */
  keyOf(name: string, place: SourcePlace, key = `unlisted:${name.trim().toLowerCase().replace(/\s+/g, ' ')}`): string {
    if (!this.#found.has(key)) this.#found.set(key, { name, place });
    return key;
  }

  /** All of them, retired if there is a list of the others. `lastNamed` says when the last event began, by key. */
  tree(hasList: boolean, lastNamed: ReadonlyMap<string, Instant>, report: Report): ImportedComponent[] {
    return [...this.#found].map(([key, { name, place }]) => {
      note(report, hasList ? 'component-retired' : 'component-unlisted', place, { subject: name });
      const last = hasList ? lastNamed.get(key) : undefined;
      return { kind: 'component', key, name, ...(last !== undefined && { lastNamed: last }) };
    });
  }
}
