import { expect, test } from 'vitest';
import type { Incident, Maintenance } from '../../core/model.ts';
import { at, component, incident, maintenance } from '../../__tests__/support/core.ts';
import { contextOf } from '../../__tests__/support/view.ts';
import type { EventFollow } from './follow.ts';
import { homeModel } from './home.ts';
import { incidentModel } from './incident.ts';
import { maintenanceModel } from './maintenance.ts';

const db = component('db', { name: 'Database' });
const OPEN = incident([['investigating', '09:00']], { id: 'pay', title: 'Cards fail' });
const ADDRESS = 'https://acme.example/status/incidents/pay/atom.xml';

/** What each form leads to. */
const leads = ({ forms }: EventFollow) =>
  forms.map(({ value }) => [...value.addresses.map(({ url }) => url), ...value.instead.map(({ href }) => href)]);

const followIncident = (one: Incident) => leads(incidentModel(contextOf({ tree: [db], incidents: [one] }), one).follow);

test('an open incident is followed by its feed, an incident that is over by its components', () => {
  expect(followIncident(OPEN)).toEqual([[ADDRESS]]);
  const components = { db: 'major_outage' } as const;
  const over = incident([['resolved', '09:00']], { id: 'pay', impact: 'none', components });
  expect(followIncident(over)).toEqual([['/status/subscribe/#c-db']]);
  expect(followIncident({ ...over, components: {} })).toEqual([['/status/subscribe/#what']]);
});

test('an incident whose postmortem is promised is still followed', () => {
  const over = incident([['resolved', '09:00', { postmortemBy: at('2026-11-22 09:00') }]], { id: 'pay' });
  expect(followIncident(over)).toEqual([[ADDRESS]]);
});

test('the section of a maintenance changes with the clock when it ends', () => {
  const work: Maintenance = maintenance('10:00', '14:00', [], { id: 'move' });
  const context = contextOf({ tree: [db], maintenance: [work], now: '12:00' });
  expect(leads(maintenanceModel(context, work).follow)).toEqual([
    ['https://acme.example/status/maintenance/move/atom.xml'],
    ['/status/subscribe/#c-db'],
  ]);
});

test('the home page leads from an open incident to the section on its page', () => {
  const { lead } = homeModel(contextOf({ tree: [db], incidents: [OPEN] }));
  expect(lead?.more.at(-1)).toEqual({
    text: 'Get updates on this incident',
    href: '/status/incidents/pay/#follow',
    name: 'Get updates on this incident: Cards fail',
  });
});

test('the page of an event names its feed in its head, while it has one', () => {
  const old = incident([['resolved', '2026-09-01 09:00']], { id: 'old' });
  const context = contextOf({ incidents: [OPEN, old] });
  expect(incidentModel(context, old).page.feeds[0]?.href).toBe('/status/rss.xml');
  const { page } = incidentModel(context, OPEN);
  expect(page.feeds[0]).toEqual({
    type: 'application/atom+xml',
    title: 'Cards fail: Atom',
    href: '/status/incidents/pay/atom.xml',
  });
});
