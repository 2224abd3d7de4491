import { describe, expect, it } from 'vitest';
import { at, component, incident, maintenance, open } from '../../__tests__/support/core.ts';
import type { ComponentGroup, StatusEvent } from '../../core/model.ts';
import type { Given } from '../../__tests__/support/core.ts';
import { contextOf, plain, shown } from '../../__tests__/support/view.ts';
import { affectedBy, affectedList } from './affected-list.ts';

const listOf = (given: Given) => affectedList(contextOf(given));
const rowsOf = ({ rows }: ReturnType<typeof affectedList>) =>
  rows
    .filter(({ when }) => !when.hidden)
    .map(({ value: { link, status, when } }) => `${link.text}: ${status?.text ?? ''} ${plain(when)}`.trim());
const restOf = ({ rest }: ReturnType<typeof affectedList>) =>
  rest.filter(({ when }) => !when.hidden).map(({ value }) => value.text);
const seconds = (text: string) => at(text) / 1000;
const tree = ['api', 'db', 'mail', 'search', 'web'].map((id) => component(id));

describe('the components that are affected', () => {
  it('come worst first with their status and since when, and how many others are operational', () => {
    const list = listOf({
      tree,
      incidents: [
        open({ web: 'degraded_performance' }, { id: 'slow', started: at('07:15') }),
        open({ api: 'degraded_performance', db: 'major_outage' }, { id: 'down', started: at('09:12') }),
      ],
      maintenance: [maintenance('11:30', '13:00', [], { components: { search: 'under_maintenance' } })],
    });
    expect(rowsOf(list)).toEqual([
      'db: Major outage since 09:12 UTC',
      'api: Degraded performance since 09:12 UTC',
      'web: Degraded performance since 07:15 UTC',
      'search: Under maintenance until 13:00 UTC',
    ]);
    expect(restOf(list)).toEqual(['The other component is operational']);
  });

  it('say since when something is wrong, not since when it is as bad as now, and not since work began before', () => {
    const list = listOf({
      tree,
      incidents: [
        incident(
          [
            ['investigating', '10:00'],
            ['identified', '11:00', { components: { api: 'major_outage' } }],
          ],
          { components: { api: 'degraded_performance' }, started: at('10:00') },
        ),
      ],
      maintenance: [maintenance('09:00', '10:00', [], { components: { api: 'under_maintenance' } })],
    });
    expect(rowsOf(list)).toEqual(['api: Major outage since 10:00 UTC']);
  });

  it('are named up to six; the others are folded', () => {
    const ids = Array.from({ length: 9 }, (_, index) => `c${String(index)}`);
    const down = Object.fromEntries(ids.slice(0, 8).map((id) => [id, 'partial_outage' as const]));
    const list = listOf({ tree: ids.map((id) => component(id)), incidents: [open(down)] });
    expect(rowsOf(list)).toHaveLength(6);
    expect(list.others?.summary[0]?.value).toBe('2 more affected');
    expect(list.others?.rows).toHaveLength(2);
    expect(restOf(list)).toEqual(['The other component is operational']);
  });

  it('turn with planned work', () => {
    const list = listOf({
      tree,
      maintenance: [maintenance('13:00', '14:00', [], { components: { web: 'under_maintenance' } })],
    });
    expect(shown(list.rows, ({ link }) => link.text)).toEqual([[seconds('13:00'), seconds('14:00'), 'web']]);
    expect(shown(list.rest, ({ text }) => text)).toEqual([
      [seconds('13:00'), seconds('14:00'), 'The other 4 components are operational'],
    ]);
  });

  it('leave open how others are while a file cannot be read in full', () => {
    const incidents = [open({ api: 'major_outage' }), open({}, { id: 'torn', partial: true })];
    expect(restOf(listOf({ tree, incidents }))).toEqual([]);
  });

  it('do not include those that are no longer offered', () => {
    const retired = component('old', { retired: at('2026-01-01') });
    const list = listOf({ tree: [...tree, retired], incidents: [open({ api: 'major_outage', old: 'major_outage' })] });
    expect(rowsOf(list)).toEqual(['api: Major outage since 09:00 UTC']);
    expect(restOf(list)).toEqual(['The other 4 components are operational']);
  });
});

describe('the components that one event names', () => {
  type Turns = Parameters<typeof incident>[0];
  const turns: Turns = [
    ['investigating', '09:00'],
    ['identified', '09:30', { components: { web: 'major_outage', mail: 'degraded_performance' } }],
    ['monitoring', '10:00', { components: { api: 'operational', web: 'degraded_performance' } }],
  ];
  const components = { api: 'partial_outage', web: 'partial_outage' } as const;
  const by = (event: StatusEvent, given: Given = {}) => affectedBy(contextOf({ tree, ...given }), event);

  it('have their status in it and since when, also those that recovered', () => {
    const outage = incident(turns, { components, started: at('09:00') });
    // Another incident makes one of them worse.
    const incidents = [outage, open({ mail: 'major_outage' }, { id: 'other' })];
    expect(rowsOf(by(outage, { incidents }))).toEqual([
      'mail: Degraded performance since 09:30 UTC',
      'web: Degraded performance since 09:00 UTC',
      'api: Operational',
    ]);
  });

  it('have the worst that it did to them once it is over, and how long that lasted', () => {
    const outage = incident([...turns, ['resolved', '11:00']], { components, started: at('09:00') });
    expect(rowsOf(by(outage, { incidents: [outage] }))).toEqual([
      'web: Major outage 30 minutes',
      'api: Partial outage 1 hour',
      'mail: Degraded performance 1 hour 30 minutes',
    ]);
  });

  it('have a status while maintenance runs, not before and after', () => {
    const work = maintenance('13:00', '14:00', [], { components: { web: 'under_maintenance' } });
    const { rows } = by(work, { maintenance: [work] });
    expect(shown(rows, ({ status, when }) => `${status?.text ?? '-'} ${plain(when)}`)).toEqual([
      ['…', seconds('13:00'), '- '],
      [seconds('13:00'), seconds('14:00'), 'Under maintenance until 14:00 UTC'],
      [seconds('14:00'), '…', '- '],
    ]);
  });

  it('are not said to work by a file that cannot be read in full', () => {
    const torn = incident(turns, { components, started: at('09:00'), partial: true });
    expect(rowsOf(by(torn, { incidents: [torn] }))).toContain('api:');
  });

  it('are a group where all of it is affected alike', () => {
    const ids = Array.from({ length: 12 }, (_, index) => `c${String(index)}`);
    const group: ComponentGroup = { kind: 'group', id: 'asia', name: 'Asia', children: ids.map((id) => component(id)) };
    const outage = open({
      ...Object.fromEntries(ids.map((id) => [id, 'partial_outage' as const])),
      web: 'major_outage',
    });
    const { rows, others } = by(outage, { tree: [...tree, group], incidents: [outage] });
    expect(rows.map(({ value: { link, status } }) => [link.text, link.href, status?.text])).toEqual([
      ['web', '/status/components/web/', 'Major outage'],
      ['Asia (all 12)', '/status/groups/asia/', 'Partial outage'],
    ]);
    expect(others).toBeUndefined();
  });
});
