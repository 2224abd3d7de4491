import { statuspageId, timeIn } from './page.ts';
import type { StatuspagePage } from './page.ts';
import type { Instant } from '../../core/days.ts';
import { dayOf } from '../../core/days.ts';
import { isRetired, startOf } from '../../core/ledger.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { Component, ComponentNode } from '../../core/model.ts';
import { componentStatusAt } from '../../core/status.ts';
import type { ComponentStatus } from '../../core/vocabulary.ts';
import { worstStatus } from '../../core/vocabulary.ts';

/** A component and its name in its group. */
interface Member {
  component: Component;
  name: string;
}

interface TwoLevelGroup {
  id: string;
  name: string;
  /** At least one. */
  members: Member[];
}

/**
 * The tree of components for Statuspage, whose groups have no groups: components of inner groups move to the outermost
 * one. If two of them have the same name, the names of the inner groups are added: `Europe - Checkout`. Retired components
 * and empty groups are left out.
 */
function twoLevels(tree: readonly ComponentNode[], at: Instant): (Member | TwoLevelGroup)[] {
  return tree.flatMap((node): (Member | TwoLevelGroup)[] => {
    const leaves = leavesOf(node, at);
    if (node.kind === 'component') return leaves.map(({ component }) => ({ component, name: component.name }));
    return leaves.length > 0
      ? [{ id: node.id, name: node.name, members: leaves.map((leaf) => named(leaf, leaves)) }]
      : [];
  });
}

interface Leaf {
  component: Component;
  /** Names of the groups it lies in, the outermost first. */
  path: readonly string[];
}

function leavesOf(node: ComponentNode, at: Instant, path: readonly string[] = []): Leaf[] {
  if (node.kind === 'component') return isRetired(node, at) ? [] : [{ component: node, path }];
  return node.children.flatMap((child) => leavesOf(child, at, [...path, node.name]));
}

function named({ component, path }: Leaf, all: readonly Leaf[]): Member {
  const { name } = component;
  const alone = all.filter((leaf) => leaf.component.name === name).length === 1;
  return { component, name: alone ? name : [...path.slice(1), name].join(' - ') };
}

/** A component or a group of them. */
export interface StatuspageComponent {
  id: string;
  name: string;
  status: ComponentStatus;
  created_at: string;
  updated_at: string;
  /** Among its siblings, counted from 1. */
  position: number;
  description: string | null;
  /** Whether its uptime is shown. */
  showcase: boolean;
  /** The day from which its uptime is counted, `YYYY-MM-DD`. */
  start_date: string | null;
  group_id: string | null;
  page_id: string;
  group: boolean;
  only_show_if_degraded: boolean;
  /** Only on a group: the ids of its members. */
  components?: string[];
}

/** Every component that is not retired and every group that has one, ordered by position as at Statuspage. */
export function componentsOf(ledger: Ledger, page: StatuspagePage): StatuspageComponent[] {
  return twoLevels(ledger.content.tree, ledger.now)
    .flatMap((node, index) =>
      'members' in node ? groupWithMembers(node, index + 1, ledger, page) : [one(node, index + 1, null, ledger, page)],
    )
    .sort((a, b) => a.position - b.position);
}

function groupWithMembers(group: TwoLevelGroup, position: number, ledger: Ledger, page: StatuspagePage) {
  const id = statuspageId('group', group.id);
  const members = group.members.map((member, index) => one(member, index + 1, id, ledger, page));
  const components = group.members.map(({ component }) => component);
  const zone = ledger.content.site.time_zone;
  const head: StatuspageComponent = {
    id,
    name: group.name,
    status: worstStatus(members.map(({ status }) => status)),
    created_at: timeIn(zone, Math.min(...components.map((component) => createdAt(component, ledger)))),
    updated_at: timeIn(zone, Math.max(...components.map((component) => changedAt(component, ledger)))),
    position,
    description: null,
    showcase: false,
    start_date: null,
    group_id: null,
    page_id: page.id,
    group: true,
    only_show_if_degraded: false,
    components: members.map((member) => member.id),
  };
  return [head, ...members];
}

function one(
  { component, name }: Member,
  position: number,
  groupId: string | null,
  ledger: Ledger,
  page: StatuspagePage,
): StatuspageComponent {
  const zone = ledger.content.site.time_zone;
  return {
    id: statuspageId('component', component.id),
    name,
    status: componentStatusAt(ledger, component.id, ledger.now),
    created_at: timeIn(zone, createdAt(component, ledger)),
    updated_at: timeIn(zone, changedAt(component, ledger)),
    position,
    description: component.description ?? null,
    showcase: true,
    start_date: component.since === undefined ? null : dayOf(component.since, zone),
    group_id: groupId,
    page_id: page.id,
    group: false,
    only_show_if_degraded: false,
  };
}

/** Content has no creation time, so this is `since`, else the first event that names the component, else the first of all. */
function createdAt({ id, since }: Component, { events, firstRecord, now }: Ledger): Instant {
  const first = events.get(id)?.at(-1);
  return Math.min(since ?? (first ? startOf(first) : (firstRecord ?? now)), now);
}

/** When its status last changed. */
function changedAt(component: Component, ledger: Ledger): Instant {
  const turns = (ledger.spans.get(component.id) ?? []).flatMap(({ from, to }) => [from, to]);
  return turns.filter((at) => at <= ledger.now).reduce((a, b) => Math.max(a, b), createdAt(component, ledger));
}
