import { cleanLine } from '../../lib/text.ts';
import { type ComponentIndex, type Mention, UnlistedComponents } from '../components.ts';
import type { ImportedComponent, ImportedGroup, ImportedNode, SourcePlace } from '../model.ts';
import { note, type Report } from '../report.ts';
import { readTime } from '../../lib/times.ts';
import type { Collected } from './shape.ts';
import { type Located, namedSchema, type RawComponent, type RawNamed } from './shape.ts';

/** Statuspage fills the list with this when nobody chose a component. */
const NOBODY = /^no components were affected/i;

export function indexComponents(collected: Collected, report: Report): ComponentIndex<RawNamed> {
  const listed = collected.components;
  const byId = new Map(listed.map(({ value }) => [value.id, value]));
  const byName = uniqueByName(listed.map(({ value }) => value).filter(({ group }) => !group));
  const names = namesInEvents(collected);
  const unlisted = new UnlistedComponents();
  const foundByName = new Set<string>();

  const keysOf = (named: RawNamed, mention: Mention): string[] => {
    const id = named.id ?? '';
    const name = cleanLine(names.get(id) ?? named.name ?? '');
    if (NOBODY.test(name)) return [];
    const component = byId.get(id);
    if (component?.group) return membersOf(component, mention);
    if (component) return [component.id];
    const sameName = byName.get(fold(name));
    if (sameName) {
      if (!foundByName.has(id + name))
        note(report, 'component-by-name', mention.place, { id: sameName.id, subject: name });
      foundByName.add(id + name);
      return [sameName.id];
    }
    return name ? [unlisted.keyOf(name, mention.place)] : [];
  };

  const membersOf = (group: RawComponent, mention: Mention): string[] => {
    note(report, 'group-affected', mention.place, mention.about, `It names the group “${group.name}”.`);
    const members = listed.filter(({ value }) => value.group_id === group.id).map(({ value }) => value.id);
    return members.length > 0 ? members : [unlisted.keyOf(cleanLine(group.name), mention.place)];
  };

  return {
    keysOf,
    tree: (lastNamed) => [
      ...listedTree(listed, report),
      ...unlisted.tree(collected.hasComponentList, lastNamed, report),
    ],
  };
}

/** Names by id as incidents give them: in lists of what was affected the group's name stands before them. */
function namesInEvents({ incidents, maintenance }: Collected): Map<string, string> {
  const names = new Map<string, string>();
  for (const { value } of [...incidents, ...maintenance]) {
    for (const component of value.components ?? []) {
      const { id, name } = namedSchema.safeParse(component).data ?? {};
      if (id && name) names.set(id, name);
    }
  }
  return names;
}

function listedTree(listed: readonly Located<RawComponent>[], report: Report): ImportedNode[] {
  const groups = new Set(listed.filter(({ value }) => value.group).map(({ value }) => value.id));
  const inOrder = [...listed].sort((a, b) => (a.value.position ?? Infinity) - (b.value.position ?? Infinity));
  const parentOf = ({ group_id }: RawComponent): string | undefined =>
    group_id && groups.has(group_id) ? group_id : undefined;
  return inOrder
    .filter(({ value }) => parentOf(value) === undefined)
    .flatMap(({ value, place }): ImportedNode[] => {
      if (!value.group) return [componentOf(value, place, report)];
      const members = inOrder.filter((one) => parentOf(one.value) === value.id && !one.value.group);
      return groupOf(value, place, members, report);
    });
}

function groupOf(
  group: RawComponent,
  place: SourcePlace,
  members: readonly Located<RawComponent>[],
  report: Report,
): ImportedGroup[] {
  const about = { id: group.id, subject: cleanLine(group.name) };
  if (group.description) note(report, 'detail-left-out', place, about, 'Groups have no description in Candor.');
  if (members.length === 0) {
    note(report, 'detail-left-out', place, about, 'The group has no component.');
    return [];
  }
  const children = members.map(({ value, place: at }) => componentOf(value, at, report));
  return [{ kind: 'group', name: about.subject || group.id, children }];
}

function componentOf(component: RawComponent, place: SourcePlace, report: Report): ImportedComponent {
  const name = cleanLine(component.name) || component.id;
  const description = cleanLine(component.description ?? '');
  const since = component.start_date ? readTime(component.start_date.slice(0, 10)) : undefined;
  if (component.only_show_if_degraded) {
    const reason = 'Statuspage shows it only while it has a problem. Candor always shows it.';
    note(report, 'detail-left-out', place, { id: component.id, subject: name }, reason);
  }
  return {
    kind: 'component',
    key: component.id,
    name,
    ...(description && { description }),
    ...(since && component.start_date && { since: component.start_date.slice(0, 10) }),
  };
}

function uniqueByName(components: readonly RawComponent[]): Map<string, RawComponent> {
  const names = new Map<string, RawComponent | undefined>();
  for (const component of components) {
    const name = fold(cleanLine(component.name));
    names.set(name, names.has(name) ? undefined : component);
  }
  return new Map([...names].flatMap(([name, component]) => (component ? [[name, component] as const] : [])));
}

function fold(text: string): string {
  return text.toLowerCase();
}
