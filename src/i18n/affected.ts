import type { AffectedNode, AffectedNodes } from '../core/affected.ts';
import type { Words } from './words.ts';

/** `Checkout`, or `Europe (all 60)`. */
export function affectedName({ node, count }: AffectedNode, words: Words): string {
  return node.kind === 'group' ? words.count('affected.group', count, { group: node.name }) : node.name;
}

/** `Europe (all 60): Major outage, Checkout: Partial outage, and 12 more`, each with its status where it has one. */
export function affectedInWords({ named, more }: AffectedNodes, words: Words): string {
  const names = named.map((one) => {
    const component = affectedName(one, words);
    if (!one.status) return component;
    return words.say('fact.component_status', { component, status: words.say(`component_status.${one.status}`) });
  });
  return [...names, ...(more > 0 ? [words.count('affected.more', more)] : [])].join(', ');
}
