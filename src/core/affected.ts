import type { Instant } from './days.ts';
import { componentsIn, isOffered } from './groups.ts';
import { affectedComponents } from './incident.ts';
import { startOf } from './ledger.ts';
import type { ComponentNode, Content, NewsEvent } from './model.ts';
import type { ComponentStatus } from './vocabulary.ts';
import { COMPONENT_STATUSES } from './vocabulary.ts';

/** The most components that a page or message names for one event. The others are folded or counted. */
export const NAMED_MOST = 8;

/** A component by its id, with its status if one is shown. */
export type AffectedComponent = readonly [id: string, status: ComponentStatus | undefined];

/** A component that an event affects, or a group whose components all have the same status. */
export interface AffectedNode {
  node: ComponentNode;
  status?: ComponentStatus;
  /** How many components it includes. */
  count: number;
}

export interface AffectedNodes {
  named: readonly AffectedNode[];
  others: readonly AffectedNode[];
  /** The number of components that are not named. */
  more: number;
}

/**
 * Chooses which affected components of an event to name. Up to eight are all named, in the order they were added. If
 * there are more, the worst come first, groups before components. A group replaces its components if all that it had
 * when the event began have the same status.
 */
export function affectedNodes(
  { tree, components }: Pick<Content, 'tree' | 'components'>,
  event: NewsEvent,
  affected: readonly AffectedComponent[] = affectedComponents(event).map((id) => [id, undefined]),
): AffectedNodes {
  return affectedNodesAt({ tree, components }, startOf(event), affected);
}

/** The same for an event that began at an instant. */
export function affectedNodesAt(
  { tree, components }: Pick<Content, 'tree' | 'components'>,
  began: Instant,
  affected: readonly AffectedComponent[],
): AffectedNodes {
  const all = affected.map(([id, status]): AffectedNode => {
    const node = components.get(id) ?? { kind: 'component', id, name: id, aliases: [] };
    return { node, count: 1, ...(status && { status }) };
  });
  if (all.length <= NAMED_MOST) return { named: all, others: [], more: 0 };
  const whole = wholeGroups(tree, began, new Map(affected));
  const nodes = [...new Set(all.map((one) => whole.get(one.node.id) ?? one))].sort((a, b) => rankOf(b) - rankOf(a));
  const others = nodes.slice(NAMED_MOST);
  return { named: nodes.slice(0, NAMED_MOST), others, more: others.reduce((sum, { count }) => sum + count, 0) };
}

/** The largest group that replaces each component, by the component's id. */
function wholeGroups(
  tree: readonly ComponentNode[],
  began: Instant,
  statuses: ReadonlyMap<string, ComponentStatus | undefined>,
): Map<string, AffectedNode> {
  const whole = new Map<string, AffectedNode>();
  for (const node of tree) {
    if (node.kind === 'component') continue;
    const members = componentsIn(node).filter((component) => isOffered(component, began));
    const [first] = members;
    const status = first && statuses.get(first.id);
    const alike = members.every(({ id }) => statuses.has(id) && statuses.get(id) === status);
    const entry = { node, count: members.length, ...(status && { status }) };
    const found = alike && members.length > 1 ? members.map(({ id }) => [id, entry] as const) : undefined;
    for (const [id, group] of found ?? wholeGroups(node.children, began, statuses)) whole.set(id, group);
  }
  return whole;
}

/** Sorts the worst first, and groups before components of the same status. */
function rankOf({ status, count }: AffectedNode): number {
  return (status ? COMPONENT_STATUSES.indexOf(status) : -1) + (count > 1 ? 0.5 : 0);
}
