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

const DEEPEST = 5;
const EXAMPLE = '- id: website\n  name: Website';

/** The components of a page, as a tree and by id. */
export interface ComponentList {
  tree: ComponentNode[];
  components: Map<string, Component>;
}

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
  const groups = new Set<string>();
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
    if (groups.has(id)) {
      const reason = `Two groups have the id “${id}”. Give one of them a different id.`;
      const free = freeName(id, (one) => groups.has(one));
      const line = data.id ? yaml.rewrite([...path, 'id'], free) : yaml.withKey(path, 'id', free);
      report('id-taken', yaml.locate([...path, data.id ? 'id' : 'group']), reason, line);
    }
    groups.add(id);
    const children = readList(data.components, [...path, 'components'], route);
    return { kind: 'group', id, name, ...otherTexts({ name: data.group }, locales), children };
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
    if (other !== undefined) {
      const isId = name === owner;
      const reason = `“${name}” is already a name of the component “${other}”. Choose a different one.`;
      report(isId ? 'id-taken' : 'alias-taken', yaml.locate(path), reason);
    }
    names.set(name, owner);
  }

  return { tree: readList(yaml.value, [], []), components };
}

function slug(text: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join('-') ?? `group-${[...text].map((letter) => letter.codePointAt(0)?.toString(16)).join('-')}`;
}

/** Finds components by the names that incidents use: ids and aliases. */
export interface ComponentNames {
  /** The id of a component. Reports an unknown name, or a component that retired before the event began. */
  resolve: (name: string, started: Instant, position: Position, report: Report, rewrite: Rewrite) => string | undefined;
  /** A component that is not retired, for examples. */
  example: string;
}

/** Suggests the written text with another component name in it. */
type Rewrite = (name: string) => Suggestion | undefined;

/**
 * @param components undefined if the list has errors, which are reported already. Then every name is accepted
 */
export function componentNames(components: ReadonlyMap<string, Component> | undefined, zone: string): ComponentNames {
  if (!components) return { resolve: (name) => name, example: 'checkout' };
  const byName = componentsByName(components.values());
  return {
    example: [...components.values()].find(({ retired }) => retired === undefined)?.id ?? 'checkout',
    resolve(name, started, position, report, rewrite) {
      const component = byName.get(name);
      if (!component) {
        const named = [...byName.values()].find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
        const usable = [...byName].filter(([, { retired }]) => retired === undefined || retired > started);
        const meant = named?.id ?? nearest(name, new Map(usable).keys());
        const reason = `There is no component “${name}”.${meant ? ` Did you mean “${meant}”?` : didYouMean(name, [...byName.keys()])}`;
        report('unknown-component', position, reason, meant && rewrite(meant));
        return undefined;
      }
      if (component.retired !== undefined && component.retired <= started) {
        const reason = `“${name}” was retired on ${dayOf(component.retired, zone)}, before this started.`;
        report('component-retired', position, reason);
        return undefined;
      }
      return component.id;
    },
  };
}
