import type { Ledger } from '../../src/core/ledger.ts';
import type { Component, ComponentNode } from '../../src/core/model.ts';
import type { SiteSettings } from '../../src/core/schema/site.ts';
import { earlier } from './component-changes.ts';
import type { FieldChange } from './fields.ts';
import { changedFields, given } from './fields.ts';
import type { Naming } from './naming.ts';

/** What changes on the page besides incidents and maintenance. */
export interface PageChanges {
  /** Of `site.yml` and `components.yml`. */
  fields: FieldChange[];
  /** Whether components stand in another order or other groups, apart from those that come and go. */
  order: boolean;
  /** Keys of `site.yml` that change nothing customers see. */
  unseen: string[];
}

/** Keys of `site.yml` that customers see the effect of, with the name each goes by. */
const SEEN = {
  name: 'Name',
  url: 'Address of the page',
  description: 'Description',
  time_zone: 'Time zone',
  locale: 'Language',
  logo: 'Logo',
  accent: 'Colour',
  support_url: 'Where customers get help',
  elsewhere: 'Where else to look',
  uptime: 'How uptime is counted',
  postmortems: 'When postmortems are promised',
} as const satisfies Partial<Record<keyof SiteSettings, string>>;

export function pageChanges(before: Ledger, after: Ledger, naming: Naming): PageChanges {
  const [old, now] = [before.content.site, after.content.site];
  const keys = Object.keys({ ...old, ...now }) as (keyof SiteSettings)[];
  const unseen = keys.filter((key) => !(key in SEEN) && JSON.stringify(old[key]) !== JSON.stringify(now[key]));
  const fields = [
    ...changedFields(siteFields(old), siteFields(now)),
    ...[...after.content.components.values()].flatMap((component) => componentChange(before, component, naming)),
    ...gone(before, after),
  ];
  return { fields, unseen, order: orderOf(before, after, naming) !== orderOf(after, before, naming) };
}

function siteFields(site: SiteSettings) {
  const text = (value: unknown) =>
    value instanceof URL ? value.href : typeof value === 'string' ? value : json(value);
  return given(Object.entries(SEEN).map(([key, label]) => [key, label, text(site[key as keyof SiteSettings])]));
}

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value).replace(/[{}"]/g, '').replace(/[:,]/g, '$& ');
}

function componentChange(before: Ledger, component: Component, naming: Naming): FieldChange[] {
  const old = earlier(before, component);
  if (!old) return [{ field: 'added', label: 'New component', after: component.name }];
  return changedFields(componentFields(old, naming), componentFields(component, naming)).map((change) => ({
    ...change,
    label: change.field === 'name' ? change.label : `${component.name}, ${change.label}`,
  }));
}

function componentFields({ id, name, description, since, retired }: Component, { time }: Naming) {
  const instant = (value: number | undefined) => (value === undefined ? undefined : time(value));
  return given([
    ['name', 'Name of a component', name],
    ['address', 'address', `/components/${id}/`],
    ['description', 'description', description],
    ['since', 'uptime is counted from', instant(since)],
    ['retired', 'retired', instant(retired)],
  ]);
}

function gone(before: Ledger, after: Ledger): FieldChange[] {
  const kept = new Set([...after.content.components.values()].map((component) => earlier(before, component)));
  return [...before.content.components.values()]
    .filter((component) => !kept.has(component))
    .map(({ name }) => ({ field: 'removed', label: 'Component that goes', before: name }));
}

/** The tree of the components that are on both sides, as a text; of a component as it is called afterwards. */
function orderOf(side: Ledger, other: Ledger, { idOf }: Naming): string {
  const others = new Set([...other.content.components.keys()].map(idOf));
  const inWords = (node: ComponentNode): string => {
    if (node.kind === 'component') return others.has(idOf(node.id)) ? idOf(node.id) : '';
    const members = node.children.map(inWords).filter(Boolean);
    return members.length > 0 ? `${node.name} [${members.join(', ')}]` : '';
  };
  return side.content.tree.map(inWords).filter(Boolean).join(', ');
}
