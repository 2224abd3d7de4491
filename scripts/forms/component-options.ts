import { isRetired } from '../../src/core/ledger.ts';
import type { ComponentNode, Content, Instant } from '../../src/core/model.ts';

/** What a form offers for one component. */
export interface ComponentOption {
  id: string;
  /** `Payments › Cards (cards)`; unique, since the id is. */
  text: string;
}

/** Everything that can be affected, in the order of the page. What is retired is not offered. */
export function componentOptions({ tree }: Pick<Content, 'tree'>, now: Instant): ComponentOption[] {
  const below = (node: ComponentNode, groups: readonly string[]): ComponentOption[] => {
    if (node.kind === 'group') return node.children.flatMap((child) => below(child, [...groups, node.name]));
    if (isRetired(node, now)) return [];
    return [{ id: node.id, text: `${[...groups, node.name].join(' › ')} (${node.id})` }];
  };
  return tree.flatMap((node) => below(node, []));
}

const BETWEEN = /^\s*,?\s*/;
/** An option of a form that is older than `components.yml` ends in its id as well. */
const FORMER = /^.*?\(([a-z0-9]+(?:-[a-z0-9]+)*)\)(?=,|$)/;
const UP_TO_COMMA = /^[^,]*/;

/**
 * Ids out of `Checkout (checkout), Cards, debit (cards)`, as GitHub writes what was chosen; names may hold commas. What
 * is none of the options stays as it stands, so that ids and `id=status` typed by hand are understood as well.
 */
export function readChosen(text: string, options: readonly ComponentOption[]): string[] {
  const longestFirst = [...options].sort((a, b) => b.text.length - a.text.length);
  const chosen: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const known = longestFirst.find((option) => isFirst(option.text, rest));
    const former = FORMER.exec(rest);
    const taken = known?.text ?? former?.[0] ?? UP_TO_COMMA.exec(rest)?.[0] ?? rest;
    const id = known?.id ?? former?.[1] ?? taken.trim();
    if (id !== '') chosen.push(id);
    rest = rest.slice(taken.length).replace(BETWEEN, '');
  }
  return [...new Set(chosen)];
}

function isFirst(option: string, text: string): boolean {
  return text.startsWith(option) && /^(?:,|$)/.test(text.slice(option.length));
}
