import { expect, it } from 'vitest';
import type { Given } from '../../src/__tests__/support/core.ts';
import { at, component, incident, ledger, maintenance } from '../../src/__tests__/support/core.ts';
import { turnsSince } from './clock.ts';

const content = (given: Given) => ledger(given).content;
const reasons = (given: Given, built: string, now: string) =>
  turnsSince(content(given), at(built), at(now)).map(({ reason }) => reason);

it('says nothing while nothing turns', () => {
  expect(reasons({ maintenance: [maintenance('15:00', '16:00')] }, '12:00', '14:59')).toEqual([]);
  expect(reasons({}, '12:00', '12:00')).toEqual([]);
});

it('says when maintenance begins and ends', () => {
  const given = { maintenance: [maintenance('15:00', '16:00')] };
  expect(reasons(given, '12:00', '15:00')).toEqual([
    expect.stringContaining('was due to start at 2026-11-20 15:00 UTC'),
  ]);
  expect(reasons(given, '15:00', '16:10')).toEqual([expect.stringContaining('was due to end at 2026-11-20 16:00 UTC')]);
});

it('says when subscribers are reminded of maintenance', () => {
  const given = { maintenance: [maintenance('15:00', '16:00', [['scheduled', '09:00']], { remind: [3_600_000] })] };
  expect(reasons(given, '12:00', '14:05')).toEqual(['Subscribers are reminded of the maintenance maintenance.']);
});

it('says when a promise and an expected fix pass, grace included', () => {
  const given = {
    incidents: [incident([['investigating', '11:50', { nextUpdate: at('12:20'), expectedFix: at('13:00') }]])],
  };
  expect(reasons(given, '12:00', '12:25')).toEqual([]);
  expect(reasons(given, '12:00', '12:26')).toEqual([expect.stringContaining('was due by 2026-11-20 12:20 UTC')]);
  expect(reasons(given, '12:26', '13:01')).toEqual([expect.stringContaining('was expected by 2026-11-20 13:00 UTC')]);
});

it('says when a component retires', () => {
  const given = { tree: [component('ftp', { retired: at('2026-11-21') })] };
  expect(reasons(given, '12:00', '2026-11-21 00:01')).toEqual([
    'The component ftp is now retired.',
    'A new day has begun: the page was built on 2026-11-20, and today is 2026-11-21.',
  ]);
});

it('says when a day passes in the zone of the site', () => {
  const given = content({});
  const inBerlin = { ...given, site: { ...given.site, time_zone: 'Europe/Berlin' } };
  expect(turnsSince(inBerlin, at('22:30'), at('22:59'))).toEqual([]);
  expect(turnsSince(inBerlin, at('22:30'), at('23:01'))).toHaveLength(1);
});

it('says every hour that something is open, so that the age of a page tells whether builds still come', () => {
  const given = { incidents: [incident([['investigating', '11:50']], { components: { db: 'major_outage' } })] };
  expect(reasons(given, '12:00', '12:59')).toEqual([]);
  expect(reasons(given, '12:00', '13:00')).toEqual([
    'An incident or maintenance is open, and the page is an hour old.',
  ]);
  expect(reasons({}, '12:00', '13:00')).toEqual([]);
});
