import type { Instant } from '../core/days.ts';
import type { Component, ComponentGroup, ComponentNode } from '../core/model.ts';
import { componentSchema, groupSchema } from '../core/schema/component.ts';
import type { Position, Report, Suggestion } from './rules.ts';
import { mainText, otherTexts } from './localized.ts';
import { checkSchema } from './yaml/schema.ts';
import type { YamlValue } from './yaml/yaml.ts';
import { dayOf } from '../core/days.ts';
import { didYouMean, freeName, nearest } from './rules.ts';
import { componentsByName } from '../core/ledger.ts';
import type { ComponentList, Named } from '../core/groups.ts';
import { componentNamed, EVERYTHING, groupsById, namedComponents, valuesByComponent } from '../core/groups.ts';

const DEEPEST = 5;
const EXAMPLE = '- id: website\n  name: Website';

/**
 * Reads `components.yml`. Entries with errors are reported and left out.
 * @param locales the languages of the page, if they are known
 */
export function readComponents(
  yaml: YamlValue,
  zone: string,
  report: Report,
  locales?: readonly string[],
): ComponentList {
  const names = new Map<string, string>();
  const groups = new Map<string, GroupPlace>();
  const components = new Map<string, Component>();
  const schema = componentSchema(zone);

  function readList(list: unknown, path: PropertyKey[], parents: string[]): ComponentNode[] {
    if (!Array.isArray(list)) {
      report('wrong-kind', yaml.locate(path), 'Components must be a list. Start each entry with a hyphen.', {
        example: EXAMPLE,
      });
      return [];
    }
    return list.flatMap((entry: unknown, index) => readEntry(entry, [...path, index], parents) ?? []);
  }

  function readEntry(entry: unknown, path: PropertyKey[], parents: string[]): ComponentNode | undefined {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      const reason = 'An entry must have “id” and “name”, or be a group with “components”.';
      report('wrong-kind', yaml.locate(path), reason, { example: EXAMPLE });
      return undefined;
    }
    return 'group' in entry ? readGroup(path, parents) : readComponent(path);
  }

  function readGroup(path: PropertyKey[], parents: string[]): ComponentGroup | undefined {
    const data = checkSchema(groupSchema, yaml, report, path);
    if (!data) return undefined;
    const name = mainText(data.group, 'group', { yaml, path, locales, report });
    const route = [...parents, name];
    if (route.length > DEEPEST) {
      report('group-too-deep', yaml.locate(path), `Groups can be nested at most ${DEEPEST} levels deep.`);
      return undefined;
    }
    const id = data.id ?? slug(route.join(' '));
    takeGroupName(id, { path, key: data.id === undefined ? undefined : ['id'] });
    data.aliases.forEach((alias, index) => takeGroupName(alias, { path, key: ['aliases', index] }));
    const children = readList(data.components, [...path, 'components'], route);
    const texts = otherTexts({ name: data.group }, locales);
    return { kind: 'group', id, name, ...texts, ...(data.aliases.length > 0 && { aliases: data.aliases }), children };
  }

  function takeGroupName(name: string, place: GroupPlace): void {
    if (groups.has(name))
      reportGroup(place, `Two groups have the id “${name}”. Give one of them a different id.`, name);
    groups.set(name, place);
  }

  function reportGroup({ path, key }: GroupPlace, reason: string, name: string): void {
    const isTaken = (one: string) => names.has(one) || groups.has(one);
    const free = isTaken(name) ? freeName(name, isTaken) : name;
    const line = key ? yaml.rewrite([...path, ...key], free) : yaml.withKey(path, 'id', free);
    report(
      key?.[0] === 'aliases' ? 'alias-taken' : 'id-taken',
      yaml.locate([...path, ...(key ?? ['group'])]),
      reason,
      line,
    );
  }

  function readComponent(path: PropertyKey[]): Component | undefined {
    const data = checkSchema(schema, yaml, report, path);
    if (!data) return undefined;
    const { id, name, description, aliases, ...rest } = data;
    const source = { yaml, path, locales, report };
    take(id, id, [...path, 'id']);
    aliases.forEach((alias, index) => take(alias, id, [...path, 'aliases', index]));
    const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const component: Component = {
      kind: 'component',
      id,
      name: mainText(name, 'name', source),
      ...(description !== undefined && { description: mainText(description, 'description', source) }),
      ...otherTexts({ name, description }, locales),
      aliases,
      ...known,
    };
    components.set(id, component);
    return component;
  }

  function take(name: string, owner: string, path: PropertyKey[]): void {
    const other = names.get(name);
    const whose = name === EVERYTHING ? 'stands for all components' : `is already a name of the component “${other}”`;
    if (other !== undefined || name === EVERYTHING) {
      const reason = `“${name}” ${whose}. Choose a different one.`;
      report(name === owner ? 'id-taken' : 'alias-taken', yaml.locate(path), reason);
    }
    names.set(name, owner);
  }

  const tree = readList(yaml.value, [], []);
  for (const [name, place] of groups) {
    // An id made of names is not what anybody chose: the name stands for the component, or for all.
    if (!place.key) continue;
    if (name === EVERYTHING)
      reportGroup(place, `“${name}” stands for all components. Give this group a different id.`, name);
    const component = names.get(name);
    if (component === undefined) continue;
    const reason = `This group has the id “${name}”, which is a name of the component “${component}” too. Give the group a different id.`;
    reportGroup(place, reason, `${name}-group`);
  }
  return { tree, components };
}

/** The entry of a group in the file, and where its name is written: not at all, if it is made of the names of groups. */
interface GroupPlace {
  path: readonly PropertyKey[];
  key: readonly PropertyKey[] | undefined;
}

function slug(text: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join('-') ?? `group-${[...text].map((letter) => letter.codePointAt(0)?.toString(16)).join('-')}`;
}

/** Finds components by the names that incidents use: ids, aliases, ids of groups, and `all`. */
export interface ComponentNames {
  /**
   * The components that a name stands for. Reports an unknown name, and one that stood for nothing when the event began
   * because of retirement.
   */
  resolve: (name: string, started: Instant, position: Position, report: Report, rewrite: Rewrite) => Named | undefined;
  /** A component that is not retired, for examples. */
  example: string;
}

/** Suggests the written text with another component name in it. */
type Rewrite = (name: string) => Suggestion | undefined;

/** @param list undefined if it has errors, which are reported already. Then every name is accepted */
export function componentNames(list: ComponentList | undefined, zone: string): ComponentNames {
  if (!list) return { resolve: (name) => ({ ids: [name], isGroup: false }), example: 'checkout' };
  const components = [...list.components.values()];
  const groups = [...groupsById(list.tree).values()];
  return {
    example: components.find(({ retired }) => retired === undefined)?.id ?? 'checkout',
    resolve(name, started, position, report, rewrite) {
      const named = namedComponents(list, name, started);
      if (!named) {
        const isMeant = (one: ComponentNode) => one.name.toLowerCase() === name.trim().toLowerCase();
        const usable = components.filter(({ retired }) => retired === undefined || retired > started);
        const collective = groups.length > 0 ? [...groups.map(({ id }) => id), EVERYTHING] : [EVERYTHING];
        const known = [...componentsByName(components).keys(), ...collective];
        const meant =
          [...components, ...groups].find(isMeant)?.id ??
          nearest(name, [...componentsByName(usable).keys(), ...collective]);
        const reason = `There is no component “${name}”.${meant ? ` Did you mean “${meant}”?` : didYouMean(name, known)}`;
        report('unknown-component', position, reason, meant && rewrite(meant));
        return undefined;
      }
      const retired = named.isGroup ? undefined : componentNamed(list, name)?.retired;
      if (retired !== undefined && retired <= started) {
        const reason = `“${name}” was retired on ${dayOf(retired, zone)}, before this started.`;
        report('component-retired', position, reason);
        return undefined;
      }
      // Without a valid start, which is reported already, nothing is known about the time of the event.
      if (named.ids.length === 0 && started > -Infinity) {
        report('component-retired', position, `None of the components of “${name}” was offered when this started.`);
        return undefined;
      }
      return named;
    },
  };
}

/** A value for what a name stands for. */
export interface NamedValue<Value> {
  name: string;
  named: Named;
  value: Value;
  position: Position;
}

/** The value of each component, by id. Reports components that are listed twice; groups may overlap. */
export function componentValues<Value>(given: readonly NamedValue<Value>[], report: Report): Record<string, Value> {
  const seen = new Set<string>();
  for (const { name, named, position } of given) {
    const key = named.isGroup ? name : (named.ids[0] ?? name);
    if (seen.has(key)) {
      const reason =
        name === key
          ? `“${name}” is listed twice here.`
          : `“${name}” is the same component as “${key}”, which is already listed here.`;
      report('component-twice', position, reason);
    }
    seen.add(key);
  }
  return valuesByComponent(given.map(({ named, value }) => [named, value]));
}
