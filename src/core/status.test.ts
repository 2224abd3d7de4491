import { describe, expect, test } from 'vitest';
import { componentStatusAt, nodeStatusAt, overallAt, pageStatusAt } from './status.ts';
import type { Given } from '../__tests__/support/core.ts';
import { at, component, group, incident, ledger, maintenance, open } from '../__tests__/support/core.ts';
import type { ComponentStatus } from './vocabulary.ts';

const NOON = at('12:00');

function overall(given: Given): string {
  const { id, indicator } = overallAt(ledger(given), at(given.now ?? '12:00'));
  return `${id} (${indicator})`;
}

describe('a component', () => {
  test.each<[string, Given, ComponentStatus]>([
    ['operational when nothing names it', { incidents: [open({ checkout: 'major_outage' })] }, 'operational'],
    [
      'as bad as the worst open incident that names it',
      { incidents: [open({ db: 'degraded_performance' }), open({ db: 'partial_outage' })] },
      'partial_outage',
    ],
    ['under maintenance while that runs', { maintenance: [maintenance('11:00', '13:00')] }, 'under_maintenance'],
    [
      'never better for maintenance that runs',
      { incidents: [open({ db: 'degraded_performance' })], maintenance: [maintenance('11:00', '13:00')] },
      'degraded_performance',
    ],
    ['operational before maintenance', { maintenance: [maintenance('12:01', '13:00')] }, 'operational'],
    ['under maintenance from its first instant', { maintenance: [maintenance('12:00', '13:00')] }, 'under_maintenance'],
    [
      'operational from the last instant of maintenance',
      { maintenance: [maintenance('11:00', '12:00')] },
      'operational',
    ],
  ])('is %s', (_, given, status) => {
    expect(componentStatusAt(ledger(given), 'db', NOON)).toBe(status);
  });

  test('has a status at every instant of the past and of the time to come', () => {
    const past = incident(
      [
        ['investigating', '09:00'],
        ['resolved', '10:00'],
      ],
      { components: { db: 'major_outage' } },
    );
    const book = ledger({ incidents: [past], maintenance: [maintenance('15:00', '16:00')] });
    const times = ['08:59', '09:00', '09:59', '10:00', '15:00', '16:00'];
    expect(times.map((time) => componentStatusAt(book, 'db', at(time)))).toEqual([
      'operational',
      'major_outage',
      'major_outage',
      'operational',
      'under_maintenance',
      'operational',
    ]);
  });
});

describe('a group', () => {
  const ftp = component('ftp', { retired: at('2026-11-01') });
  const inner = group('inner', component('db'), ftp);
  const outer = group('outer', component('web'), group('middle', inner));

  test.each<[string, Record<string, ComponentStatus>, ComponentStatus]>([
    ['operational when all its members are', {}, 'operational'],
    ['as bad as its worst member', { web: 'degraded_performance', db: 'partial_outage' }, 'partial_outage'],
    ['as bad as a member of a group within a group', { db: 'major_outage' }, 'major_outage'],
    ['not worse for a retired member', { ftp: 'major_outage' }, 'operational'],
  ])('is %s', (_, statuses, status) => {
    expect(nodeStatusAt(ledger({ tree: [outer], incidents: [open(statuses)] }), outer, NOON)).toBe(status);
  });

  test('of retired members only is operational', () => {
    const old = group('old', ftp);
    const book = ledger({ tree: [old], incidents: [open({ ftp: 'major_outage' })] });
    expect(nodeStatusAt(book, old, NOON)).toBe('operational');
  });

  test('speaks for its members only', () => {
    const book = ledger({ tree: [outer], incidents: [open({ web: 'major_outage' })] });
    expect(nodeStatusAt(book, inner, NOON)).toBe('operational');
  });
});

describe('the answer for two components', () => {
  const statuses = {
    up: 'operational',
    maintenance: 'under_maintenance',
    degraded: 'degraded_performance',
    partial: 'partial_outage',
    major: 'major_outage',
  } as const;

  test.each<[keyof typeof statuses, keyof typeof statuses, string]>([
    ['major', 'major', 'major_system_outage (critical)'],
    ['major', 'partial', 'partial_system_outage (major)'],
    ['major', 'up', 'partial_system_outage (major)'],
    ['partial', 'partial', 'partial_system_outage (major)'],
    ['partial', 'degraded', 'minor_service_outage (minor)'],
    ['partial', 'up', 'minor_service_outage (minor)'],
    ['degraded', 'degraded', 'degraded_system_service (minor)'],
    ['degraded', 'maintenance', 'partially_degraded_service (minor)'],
    ['degraded', 'up', 'partially_degraded_service (minor)'],
    ['maintenance', 'maintenance', 'service_under_maintenance (maintenance)'],
    ['maintenance', 'up', 'service_under_maintenance (maintenance)'],
    ['up', 'up', 'all_systems_operational (none)'],
  ])('%s and %s is %s', (one, other, answer) => {
    const tree = [component('one'), group('others', component('other'))];
    const works = maintenance('11:00', '13:00', [], { components: { one: statuses[one], other: statuses[other] } });
    expect(overall({ tree, maintenance: [works] })).toBe(answer);
  });
});

describe('the answer', () => {
  test('for no components is that all is well, since “every” needs at least one', () => {
    expect(overall({ tree: [] })).toBe('all_systems_operational (none)');
  });

  test('leaves retired components out, from the day they retire', () => {
    const tree = [component('web'), component('ftp', { retired: at('12:00') })];
    const given = { tree, incidents: [open({ web: 'major_outage', ftp: 'degraded_performance' })] };
    expect(overall({ ...given, now: '11:59' })).toBe('partial_system_outage (major)');
    expect(overall({ ...given, now: '12:00' })).toBe('major_system_outage (critical)');
  });

  test.each([
    ['minor', 'minor_service_outage (minor)'],
    ['major', 'partial_system_outage (major)'],
    ['critical', 'major_system_outage (critical)'],
  ] as const)('for an open incident of %s impact without components is %s', (impact, answer) => {
    expect(overall({ incidents: [open({}, { impact })] })).toBe(answer);
  });

  test.each([
    ['has recovered', 'operational'],
    ['never failed', undefined],
  ] as const)('stays Partially Degraded until an incident is resolved whose component %s', (_, recovered) => {
    const lines = recovered ? ({ components: { db: recovered } } as const) : {};
    const components = { db: recovered ? 'major_outage' : 'operational' } as const;
    const monitored = incident(
      [
        ['investigating', '09:00'],
        ['monitoring', '10:00', lines],
      ],
      { components },
    );
    expect(overall({ incidents: [monitored] })).toBe('partially_degraded_service (minor)');
  });

  test('stays Partially Degraded for a recovered incident while maintenance runs on its component', () => {
    const recovered = open({ db: 'operational' });
    expect(overall({ incidents: [recovered], maintenance: [maintenance('11:00', '13:00')] })).toBe(
      'partially_degraded_service (minor)',
    );
  });

  test('is what its components say while one of an incident’s own is not operational', () => {
    const working = open({ checkout: 'operational', db: 'under_maintenance' });
    expect(overall({ incidents: [working] })).toBe('service_under_maintenance (maintenance)');
  });

  test('is not green while an incident is open that names only a retired component', () => {
    const tree = [component('web'), component('ftp', { retired: at('2026-11-01') })];
    expect(overall({ tree, incidents: [open({ ftp: 'major_outage' })] })).toBe('partially_degraded_service (minor)');
  });

  test('is green again once the incident is resolved', () => {
    const resolved = incident(
      [
        ['investigating', '09:00'],
        ['resolved', '10:00'],
      ],
      { components: { db: 'major_outage' }, impact: 'critical' },
    );
    expect(overall({ incidents: [resolved] })).toBe('all_systems_operational (none)');
  });

  test('stays as it is for a notice', () => {
    const notice = open({}, { impact: 'none' });
    expect(overall({ incidents: [notice] })).toBe('all_systems_operational (none)');
    expect(overall({ incidents: [notice, open({ db: 'degraded_performance' })] })).toBe(
      'partially_degraded_service (minor)',
    );
  });

  test('is the worst of what components and open incidents say', () => {
    const silent = open({}, { impact: 'major' });
    expect(overall({ incidents: [silent, open({ db: 'degraded_performance' })] })).toBe(
      'partial_system_outage (major)',
    );
    expect(overall({ tree: [component('db')], incidents: [silent, open({ db: 'major_outage' })] })).toBe(
      'major_system_outage (critical)',
    );
  });

  test('for a time to come tells what the clock will bring', () => {
    const book = ledger({ maintenance: [maintenance('15:00', '16:00')] });
    expect(['12:00', '15:00', '16:00'].map((time) => overallAt(book, at(time)).indicator)).toEqual([
      'none',
      'maintenance',
      'none',
    ]);
  });
});

describe('the answer of the page itself', () => {
  const answer = (given: Given) => pageStatusAt(ledger(given), at(given.now ?? '12:00'));
  const two = [component('one'), component('other')];

  test.each([
    ['major_outage', 'major_outage', 'all_down'],
    ['major_outage', 'degraded_performance', 'major_outage'],
    ['major_outage', 'operational', 'major_outage'],
    ['partial_outage', 'partial_outage', 'partial_outage'],
    ['partial_outage', 'under_maintenance', 'partial_outage'],
    ['degraded_performance', 'degraded_performance', 'degraded_performance'],
    ['degraded_performance', 'under_maintenance', 'degraded_performance'],
    ['under_maintenance', 'operational', 'under_maintenance'],
  ] as const)('is the worst status of its components: %s and %s make %s', (one, other, expected) => {
    const works = maintenance('11:00', '13:00', [], { components: { one, other } });
    expect(answer({ tree: two, maintenance: [works] })).toBe(expected);
  });

  test.each([
    ['none', 'operational'],
    ['minor', 'degraded_performance'],
    ['major', 'partial_outage'],
    ['critical', 'major_outage'],
  ] as const)('for an open incident of %s impact without components is %s', (impact, expected) => {
    expect(answer({ tree: two, incidents: [open({}, { impact })] })).toBe(expected);
  });

  test('is not green while an incident is open whose components work again, or have retired', () => {
    expect(answer({ incidents: [open({ db: 'operational' })] })).toBe('degraded_performance');
    const tree = [component('web'), component('ftp', { retired: at('2026-11-01') })];
    expect(answer({ tree, incidents: [open({ ftp: 'major_outage' })] })).toBe('degraded_performance');
  });

  test('is never “all down” without components, or for retired ones', () => {
    const tree = [component('web', { retired: at('2026-11-01') })];
    expect(answer({ tree, incidents: [open({}, { impact: 'critical' })] })).toBe('major_outage');
    expect(answer({ tree: [] })).toBe('operational');
  });
});
