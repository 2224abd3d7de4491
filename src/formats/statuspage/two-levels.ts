import { isRetired } from '../../core/ledger.ts';
import type { Component, ComponentNode, Instant } from '../../core/model.ts';

/** A component and what it is called where it stands. */
export interface Member {
  component: Component;
  name: string;
}

export interface TwoLevelGroup {
  id: string;
  name: string;
  /** At least one. */
  members: Member[];
}

/**
 * The tree of components as Statuspage can hold it: groups have components only. What lies in groups within a group
 * belongs to the outermost, in the order of the page. Where two in it are called the same, the names of the inner
 * groups stand before theirs: `Europe - Checkout`. Retired components are left out, and groups that are empty then.
 */
export function twoLevels(tree: readonly ComponentNode[], at: Instant): (Member | TwoLevelGroup)[] {
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
