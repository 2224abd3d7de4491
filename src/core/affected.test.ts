import { describe, expect, test } from 'vitest';
import type { AffectedComponent } from './affected.ts';
import { affectedNodes, NAMED_MOST } from './affected.ts';
import type { ComponentNode } from './model.ts';
import { at, component, group, ledger, open } from '../__tests__/support/core.ts';
import type { ComponentStatus } from './vocabulary.ts';

const many = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => component(`${name}-${String(index + 1)}`));
const all = (nodes: readonly ComponentNode[], status: ComponentStatus): AffectedComponent[] =>
  nodes.map(({ id }) => [id, status]);

/** `europe ×60 major_outage`, and behind `+` what is folded. */
function named(tree: readonly ComponentNode[], affected: readonly AffectedComponent[]): string[] {
  const { named, others, more } = affectedNodes(ledger({ tree: [...tree] }).content, open({}), affected);
  const say = ({ node, count, status }: (typeof named)[number]) =>
    [node.id, ...(count > 1 ? [`×${String(count)}`] : []), ...(status ? [status] : [])].join(' ');
  return [...named.map(say), ...(more > 0 ? [`+${String(more)} in ${String(others.length)}`] : [])];
}

describe('the components that are named', () => {
  test('are all of them, in the order they were added, if they are few', () => {
    const tree = [group('eu', ...many('eu', NAMED_MOST))];
    const affected = all(many('eu', NAMED_MOST), 'partial_outage').reverse();
    expect(named(tree, affected)).toEqual(affected.map(([id, status]) => `${id} ${String(status)}`));
  });

  test('are the worst eight of many, and how many more there are', () => {
    const tree = many('c', 400);
    const affected = tree.map(({ id }): AffectedComponent => [id, id === 'c-399' ? 'major_outage' : 'partial_outage']);
    const names = named(tree, affected);
    expect(names).toHaveLength(NAMED_MOST + 1);
    expect([names[0], names[1], names.at(-1)]).toEqual([
      'c-399 major_outage',
      'c-1 partial_outage',
      `+${String(400 - NAMED_MOST)} in ${String(400 - NAMED_MOST)}`,
    ]);
  });

  test('are the largest groups whose components all have the same status', () => {
    const [eu, us, web] = [many('eu', 60), many('us', 20), many('web', 2)];
    const tree = [
      group('europe', group('west', ...eu.slice(0, 30)), group('east', ...eu.slice(30))),
      group('usa', ...us),
    ];
    const affected = [
      ...all(eu, 'major_outage'),
      ...all(us.slice(1), 'degraded_performance'),
      ...all(web, 'major_outage'),
    ];
    expect(named([...tree, ...web], affected).slice(0, 4)).toEqual([
      'europe ×60 major_outage',
      'web-1 major_outage',
      'web-2 major_outage',
      'us-2 degraded_performance',
    ]);
  });

  test('are not a group of which a part is affected in another way', () => {
    const [west, east] = [many('west', 5), many('east', 5)];
    const tree = [group('europe', group('w', ...west), group('e', ...east))];
    expect(named(tree, [...all(west, 'major_outage'), ...all(east, 'partial_outage')])).toEqual([
      'w ×5 major_outage',
      'e ×5 partial_outage',
    ]);
  });

  test('count as the whole group without components added after the event or retired before it', () => {
    const old = component('old', { retired: at('2026-01-01') });
    const young = component('young', { since: at('2027-01-01') });
    const eu = many('eu', 10);
    expect(named([group('europe', old, ...eu, young)], all(eu, 'major_outage'))).toEqual(['europe ×10 major_outage']);
  });
});
