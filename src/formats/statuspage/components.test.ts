import { statuspageId } from './page.ts';
import { describe, expect, test } from 'vitest';
import { incident } from '../../__tests__/support/reader.ts';
import { contextOf } from '../../__tests__/support/formats.ts';
import { statuspageContext } from './context.ts';

function componentsOf(files: Record<string, string>) {
  return [...statuspageContext(contextOf(files)).components.values()];
}

const NESTED = `- group: Shop
  components:
    - { id: checkout, name: Checkout }
    - group: Europe
      components:
        - { id: eu-api, name: API }
        - group: Inner
          components: [{ id: deep, name: Deep }]
    - group: Asia
      components: [{ id: asia-api, name: API }]
- { id: website, name: Website, description: All pages, since: 2026-03-29 }
- group: Gone
  components: [{ id: old, name: Old, retired: 2025-06-30 }]
- group: Help
  components:
    - { id: gone, name: Gone, retired: 2025-06-30 }
    - { id: chat, name: Chat }
`;
const SITE = 'name: Acme\nurl: https://status.acme.example\ntime_zone: Europe/Berlin\n';

describe('groups within groups', () => {
  const all = componentsOf({ 'components.yml': NESTED });

  test('belong to the outermost, in the order of the page, which positions tell', () => {
    const group = all.find(({ name }) => name === 'Shop');
    const members = all.filter(({ group_id: id }) => id === group?.id);
    expect(members.map(({ name, position }) => [position, name])).toEqual([
      [1, 'Checkout'],
      [2, 'Europe - API'],
      [3, 'Deep'],
      [4, 'Asia - API'],
    ]);
    expect(group?.components).toEqual(members.map(({ id }) => id));
  });

  test('leave two levels, of which the upper one has positions of its own', () => {
    const top = all.filter(({ group_id: id }) => id === null);
    expect(top.map(({ name, position, group }) => [position, name, group])).toEqual([
      [1, 'Shop', true],
      [2, 'Website', false],
      [3, 'Help', true],
    ]);
  });

  test('leave no id of a group that is not there', () => {
    const groups = all.filter(({ group }) => group).map(({ id }) => id);
    for (const { group_id: id } of all) if (id !== null) expect(groups).toContain(id);
  });

  test('are ordered by position', () => {
    const positions = all.map(({ position }) => position);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  });
});

test('retired components are not there, and a group of nothing else is not either', () => {
  const names = componentsOf({ 'components.yml': NESTED }).map(({ name }) => name);
  expect(names).not.toContain('Old');
  expect(names).not.toContain('Gone');
});

test('a component says what content says, and when its status last changed', () => {
  const text = '## Investigating · 2026-11-20 09:20 UTC\n\nSlow.\n\n- **Components:** website: major outage';
  const files = {
    'site.yml': SITE,
    'components.yml': NESTED,
    'incidents/a.md': incident(text, 'title: Slow\ncomponents: { website: degraded_performance }'),
  };
  expect(componentsOf(files).find(({ name }) => name === 'Website')).toEqual({
    id: statuspageId('component', 'website'),
    name: 'Website',
    status: 'major_outage',
    created_at: '2026-03-29T00:00:00.000+01:00',
    updated_at: '2026-11-20T10:20:00.000+01:00',
    position: 2,
    description: 'All pages',
    showcase: true,
    start_date: '2026-03-29',
    group_id: null,
    page_id: statuspageId('page', 'status.acme.example/'),
    group: false,
    only_show_if_degraded: false,
  });
});

test('a group is as bad as its worst member, as old as its oldest and as new as its newest', () => {
  const text = '## Investigating · 2026-11-20 09:20 UTC\n\nSlow.';
  const files = {
    'components.yml': NESTED,
    'incidents/a.md': incident(text, 'title: Slow\ncomponents: { deep: partial_outage }'),
    'incidents/b.md': incident(
      '## Resolved · 2026-01-02 10:00 UTC\n\nIt works.',
      'title: b\ncomponents: { eu-api: major_outage }\nstarted: 2026-01-02 09:00 UTC',
    ),
  };
  expect(componentsOf(files).find(({ name }) => name === 'Shop')).toMatchObject({
    status: 'partial_outage',
    created_at: '2026-01-02T09:00:00.000Z',
    updated_at: '2026-11-20T09:20:00.000Z',
    description: null,
    showcase: false,
    start_date: null,
    group: true,
  });
});

test('what happens later changes nothing yet', () => {
  const work =
    '---\ntitle: Work\ncomponents: [checkout]\nscheduled: 2026-11-21 01:00 UTC\nuntil: 2026-11-21 03:00 UTC\n---\n';
  const [checkout] = componentsOf({ 'maintenance/a.md': work }).filter(({ name }) => name === 'Checkout');
  expect(checkout).toMatchObject({ status: 'operational' });
  expect(Date.parse(checkout?.updated_at ?? '')).toBeLessThanOrEqual(Date.parse('2026-11-20T12:00Z'));
});
