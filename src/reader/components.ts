import type { Component, ComponentGroup, ComponentNode } from '../core/model.ts';
import { componentSchema, groupSchema } from '../core/schema/component.ts';
import type { Report } from './rules.ts';
import { checkSchema } from './schema.ts';
import type { YamlValue } from './yaml.ts';

const DEEPEST = 5;
const EXAMPLE = '- id: website\n  name: Website';

/** The components of a page, as a tree and by id. */
export interface ComponentList {
  tree: ComponentNode[];
  components: Map<string, Component>;
}

/** Reads `components.yml`; what is wrong in an entry is reported and the entry left out. */
export function readComponents(yaml: YamlValue, zone: string, report: Report): ComponentList {
  const names = new Map<string, string>();
  const groups = new Set<string>();
  const components = new Map<string, Component>();
  const schema = componentSchema(zone);

  function readList(list: unknown, path: PropertyKey[], parents: string[]): ComponentNode[] {
    if (!Array.isArray(list)) {
      report('wrong-kind', yaml.locate(path), 'Components must be a list, each entry behind a hyphen.', {
        example: EXAMPLE,
      });
      return [];
    }
    return list.flatMap((entry: unknown, index) => readEntry(entry, [...path, index], parents) ?? []);
  }

  function readEntry(entry: unknown, path: PropertyKey[], parents: string[]): ComponentNode | undefined {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      const reason = 'An entry must have an id and a name, or be a group with components.';
      report('wrong-kind', yaml.locate(path), reason, { example: EXAMPLE });
      return undefined;
    }
    return 'group' in entry ? readGroup(path, parents) : readComponent(path);
  }

  function readGroup(path: PropertyKey[], parents: string[]): ComponentGroup | undefined {
    const data = checkSchema(groupSchema, yaml, report, path);
    if (!data) return undefined;
    const route = [...parents, data.group];
    if (route.length > DEEPEST) {
      report('group-too-deep', yaml.locate(path), `Groups nest ${DEEPEST} levels deep at most.`);
      return undefined;
    }
    const id = data.id ?? slug(route.join(' '));
    if (groups.has(id)) {
      const reason = `Two groups have the id “${id}”. Give one of them an id of its own.`;
      const free = freeId(id);
      const line = data.id ? yaml.rewrite([...path, 'id'], free) : yaml.withKey(path, 'id', free);
      report('id-taken', yaml.locate([...path, data.id ? 'id' : 'group']), reason, line);
    }
    groups.add(id);
    return { kind: 'group', id, name: data.group, children: readList(data.components, [...path, 'components'], route) };
  }

  function freeId(id: string): string {
    let count = 2;
    while (groups.has(`${id}-${count}`)) count += 1;
    return `${id}-${count}`;
  }

  function readComponent(path: PropertyKey[]): Component | undefined {
    const data = checkSchema(schema, yaml, report, path);
    if (!data) return undefined;
    const { id, name, aliases, ...rest } = data;
    take(id, id, [...path, 'id']);
    aliases.forEach((alias, index) => take(alias, id, [...path, 'aliases', index]));
    const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const component: Component = { kind: 'component', id, name, aliases, ...known };
    components.set(id, component);
    return component;
  }

  function take(name: string, owner: string, path: PropertyKey[]): void {
    const other = names.get(name);
    if (other !== undefined) {
      const isId = name === owner;
      const reason = `“${name}” already names the component “${other}”, so incidents could mean either.`;
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
