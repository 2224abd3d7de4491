import { expect, it } from 'vitest';
import { component, open } from '../__tests__/support/core.ts';
import { contextOf } from '../__tests__/support/view.ts';
import { aliasesOf } from '../core/aliases.ts';
import { EVENT_FOLDERS } from '../core/events.ts';
import { PATHS } from './addresses.ts';

it('leaves the folders of the page to the page: no old address of an incident leads from there', () => {
  const event = open({ web: 'partial_outage' });
  const one = component('web');
  const { component: ofComponent, group, area, month, report, ownPage, icon, ...others } = PATHS;
  const paths = [
    ...Object.values(others).filter((path) => typeof path === 'string'),
    ...[ofComponent, group, area, month, report, ownPage].map((path) => path('x')),
    icon('ok'),
  ];
  const folders = new Set(paths.map((path) => path.split('/')[1] ?? '').filter((name) => name !== ''));
  const aliases = [...folders].map((folder, line) => ({ path: folder.includes('.') ? folder : `${folder}/x`, line }));
  const { content } = contextOf({ tree: [one], incidents: [{ ...event, aliases }] }).ledger;
  const { leads, clashes } = aliasesOf(content);
  expect(folders.size).toBeGreaterThan(10);
  expect([...leads.keys()]).toEqual([]);
  expect(clashes).toHaveLength(aliases.length);
  expect([...folders]).not.toContain(EVENT_FOLDERS.incident);
});
