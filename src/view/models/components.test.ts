import { describe, expect, it } from 'vitest';
import { at, component, group, incident, maintenance } from '../../__tests__/support/core.ts';
import type { Given } from '../../__tests__/support/core.ts';
import { contextOf } from '../../__tests__/support/view.ts';
import type { TimeVariant, TimeVariantAttributes } from '../time-variants.ts';
import type { RowNode } from './components.ts';
import { componentsOf } from './components.ts';

const NOW = at('2026-11-20 10:00');

const affected = (ids: string[], status: 'partial_outage' | 'major_outage' = 'partial_outage') =>
  incident([['investigating', '2026-11-20 09:00']], {
    components: Object.fromEntries(ids.map((id) => [id, status])),
  });
const many = (count: number, prefix = 'c') =>
  Array.from({ length: count }, (_, index) => component(`${prefix}${index + 1}`));

/** What a reader sees of the components at an instant, a line each; what is folded is indented. */
function seen(given: Given, instant = NOW): string[] {
  const isShown = (when: TimeVariantAttributes) =>
    (when['data-from'] ?? 0) * 1000 <= instant && instant < (when['data-until'] ?? Infinity) * 1000;
  const current = <T>(variants: TimeVariant<T>[]) =>
    variants.filter(({ when }) => isShown(when)).map(({ value }) => value);
  const lines = (nodes: RowNode[]): string[] =>
    nodes.flatMap((node) => {
      if (node.kind === 'row') return isShown(node.row.when) ? [`${node.row.name}: ${node.row.status.text}`] : [];
      const children = lines(node.children);
      return children.length > 0 ? [`(${node.name})`, ...children] : [];
    });
  return componentsOf(contextOf({ now: '2026-11-20 10:00', ...given })).list.sections.flatMap(
    ({ name, heads, shown, fold }) => [
      ...current(heads).map((head) => `${name ?? ''} | ${'status' in head ? head.status.text : head.affected}`),
      ...lines(shown),
      ...current(fold?.heads ?? []).map((head) =>
        'others' in head ? `> ${head.others}` : `> ${head.name} ${head.count} | ${head.status.text}`,
      ),
      ...lines(fold?.nodes ?? []).map((line) => `  ${line}`),
    ],
  );
}

describe('up to twenty components', () => {
  const tree = [group('shop', component('checkout'), component('search')), component('website')];

  it('are all shown, in the order of the page', () => {
    expect(seen({ tree })).toEqual([
      'shop | Operational',
      'checkout: Operational',
      'search: Operational',
      'website: Operational',
    ]);
    expect(seen({ tree, incidents: [affected(['search'])] })).toEqual([
      'shop | 1 of 2 affected',
      'checkout: Operational',
      'search: Partial outage',
      'website: Operational',
    ]);
  });

  it('leave out those that are retired, and groups with nothing else', () => {
    const old = component('old', { retired: at('2026-01-01') });
    expect(seen({ tree: [group('gone', group('inner', old)), component('website'), old] })).toEqual([
      'website: Operational',
    ]);
  });
});

describe('more than twenty components', () => {
  const rest = group('rest', ...many(20));

  it('are folded by group while nothing is affected', () => {
    const lines = seen({ tree: [rest, component('website')] });
    expect(lines[0]).toBe('> rest 20 | Operational');
    expect(lines.slice(1, -1).every((line) => /^ {2}c\d+: Operational$/.test(line))).toBe(true);
    expect(lines.at(-1)).toBe('website: Operational');
  });

  it('show what is affected in a group, and fold its others', () => {
    const shop = group('shop', component('a'), group('inner', component('b'), component('c')));
    expect(seen({ tree: [shop, rest], incidents: [affected(['b'])] }).slice(0, 6)).toEqual([
      'shop | 1 of 3 affected',
      '(inner)',
      'b: Partial outage',
      '> 2 others operational',
      '  a: Operational',
      '  (inner)',
    ]);
  });

  it('show a single other component, and everything where all is affected', () => {
    const shop = group('shop', component('a'), component('b'));
    const both = seen({ tree: [shop, rest], incidents: [affected(['a', 'b'])] });
    expect(both.slice(0, 3)).toEqual(['shop | 2 of 2 affected', 'a: Partial outage', 'b: Partial outage']);
    const one = seen({ tree: [shop, rest], incidents: [affected(['b'])] });
    expect(one.slice(0, 3)).toEqual(['shop | 1 of 2 affected', 'a: Operational', 'b: Partial outage']);
  });

  it('are folded without groups too', () => {
    const tree = many(21);
    expect(seen({ tree })[0]).toBe('> Components 21 | Operational');
    expect(seen({ tree, incidents: [affected(['c7'])] }).slice(0, 2)).toEqual([
      'c7: Partial outage',
      '> 20 others operational',
    ]);
  });

  it('turn when planned work begins and ends, and when a component retires', () => {
    const shop = group(
      'shop',
      component('db'),
      component('api'),
      component('ftp', { retired: at('2026-11-20 13:30') }),
    );
    const work = maintenance('2026-11-20 13:00', '2026-11-20 14:00', [], { components: { db: 'under_maintenance' } });
    const given = { tree: [shop, rest], maintenance: [work] };
    const well = ['> shop 3 | Operational', '  db: Operational', '  api: Operational', '  ftp: Operational'];
    expect(seen(given).slice(0, 4)).toEqual(well);
    expect(seen(given, at('2026-11-20 13:00')).slice(0, 5)).toEqual([
      'shop | 1 of 3 affected',
      'db: Under maintenance',
      '> 2 others operational',
      '  api: Operational',
      '  ftp: Operational',
    ]);
    expect(seen(given, at('2026-11-20 13:30')).slice(0, 4)).toEqual([
      'shop | 1 of 2 affected',
      'db: Under maintenance',
      'api: Operational',
      '> rest 20 | Operational',
    ]);
    expect(seen(given, at('2026-11-20 14:00')).slice(0, 3)).toEqual(['> shop 2 | Operational', ...well.slice(1, 3)]);
  });
});

describe('the components', () => {
  it('share one picture where their days are equal', () => {
    const made = componentsOf(
      contextOf({ tree: many(20).map((one) => ({ ...one, since: at('2026-01-01') })), incidents: [affected(['c2'])] }),
    );
    expect(made.list.bars).toHaveLength(2);
    const used = made.list.sections.flatMap(({ shown }) => shown.map((node) => node.kind === 'row' && node.row.bar));
    expect(new Set(used)).toEqual(new Set(made.list.bars.map(({ id }) => id)));
  });

  it('can be found from sixteen on', () => {
    expect(componentsOf(contextOf({ tree: many(15) })).find).toBeUndefined();
    expect(componentsOf(contextOf({ tree: many(16) })).find?.found).toBe('# of 16 components');
  });

  it('say what is not counted where a figure needs it', () => {
    const tree = [component('checkout', { since: at('2026-01-01') })];
    const slow = incident([['investigating', '2026-11-19 09:00']], {
      components: { checkout: 'degraded_performance' },
    });
    expect(componentsOf(contextOf({ tree })).list.notes).toHaveLength(1);
    expect(componentsOf(contextOf({ tree, incidents: [slow] })).list.notes[1]).toBe(
      '* Not counted as downtime: Degraded performance · Under maintenance',
    );
  });
});
