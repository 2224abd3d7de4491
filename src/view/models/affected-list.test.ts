import { describe, expect, it } from 'vitest';
import { at, component, incident, maintenance, open } from '../../__tests__/support/core.ts';
import type { Given } from '../../__tests__/support/core.ts';
import { contextOf, plain, shown } from '../../__tests__/support/view.ts';
import { affectedList } from './affected-list.ts';

const listOf = (given: Given) => affectedList(contextOf(given));
const rowsOf = ({ rows }: ReturnType<typeof affectedList>) =>
  rows
    .filter(({ when }) => !when.hidden)
    .map(({ value: { link, status, when } }) => `${link.text}: ${status.text} ${plain(when)}`.trim());
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
