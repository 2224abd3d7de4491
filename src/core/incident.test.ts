import { describe, expect, test } from 'vitest';
import { affectedComponents, impactOf, incidentState, isNotice } from './incident.ts';
import { at, incident } from '../__tests__/support/core.ts';
import type { ComponentStatus, Impact } from './vocabulary.ts';

describe('an incident', () => {
  test.each(['investigating', 'identified', 'monitoring'] as const)('is open while it is %s', (word) => {
    expect(
      incidentState(
        incident([
          ['investigating', '09:00'],
          [word, '09:10'],
        ]),
      ),
    ).toEqual({ status: word, open: true });
  });

  test('keeps its status through an update that is only an update', () => {
    const updated = incident([
      ['identified', '09:00'],
      ['update', '09:10'],
    ]);
    expect(incidentState(updated)).toEqual({ status: 'identified', open: true });
  });

  test('ends when Resolved says it ended', () => {
    const resolved = incident([
      ['investigating', '09:00'],
      ['resolved', '11:02', { ended: at('10:55') }],
    ]);
    expect(incidentState(resolved)).toEqual({
      status: 'resolved',
      open: false,
      resolvedAt: at('11:02'),
      endedAt: at('10:55'),
    });
  });

  test('ends with the time of Resolved when that names no end', () => {
    expect(incidentState(incident([['resolved', '11:02']])).endedAt).toBe(at('11:02'));
  });

  test('never ends before it started', () => {
    const averted = incident([['resolved', '08:00']], { started: at('09:00') });
    expect(incidentState(averted).endedAt).toBe(at('09:00'));
  });

  test.each(['postmortem', 'update'] as const)('stays as Resolved left it through a later %s', (word) => {
    const resolved = incident([
      ['investigating', '09:00'],
      ['resolved', '11:00'],
    ]);
    const later = incident([
      ['investigating', '09:00'],
      ['resolved', '11:00'],
      [word, '15:00'],
    ]);
    expect(incidentState(later)).toEqual(incidentState(resolved));
  });

  test('is open again once an open status follows Resolved', () => {
    const reopened = incident([
      ['resolved', '10:00'],
      ['postmortem', '10:30'],
      ['investigating', '11:00'],
    ]);
    expect(incidentState(reopened)).toEqual({ status: 'investigating', open: true });
  });

  test('that was reopened twice counts from its last resolution', () => {
    const reopened = incident([
      ['resolved', '10:00'],
      ['investigating', '11:00'],
      ['resolved', '12:00'],
      ['monitoring', '13:00'],
      ['resolved', '14:00', { ended: at('13:30') }],
    ]);
    expect(incidentState(reopened)).toMatchObject({ resolvedAt: at('14:00'), endedAt: at('13:30') });
  });

  test('that is called resolved twice in a row was resolved the first time', () => {
    const twice = incident([
      ['resolved', '10:00'],
      ['resolved', '11:00'],
    ]);
    expect(incidentState(twice)).toMatchObject({ resolvedAt: at('10:00'), endedAt: at('10:00') });
  });

  test('that is called resolved again to say when it ended, ended then', () => {
    const corrected = incident([
      ['investigating', '09:00'],
      ['resolved', '10:00'],
      ['resolved', '11:00', { ended: at('09:50') }],
    ]);
    expect(incidentState(corrected)).toMatchObject({ resolvedAt: at('10:00'), endedAt: at('09:50') });
  });
});

describe('a notice', () => {
  test('has no impact and no components', () => {
    expect(isNotice(incident([['monitoring', '09:00']], { impact: 'none' }))).toBe(true);
  });

  test('is none with an impact', () => {
    expect(isNotice(incident([['monitoring', '09:00']], { impact: 'minor' }))).toBe(false);
  });

  test('is none once an update names a component', () => {
    const named = incident(
      [
        ['monitoring', '09:00'],
        ['update', '09:10', { components: { checkout: 'operational' } }],
      ],
      { impact: 'none' },
    );
    expect(isNotice(named)).toBe(false);
  });
});

test('affected components are all that were ever named, once each, in the order they were named', () => {
  const named = incident(
    [
      ['investigating', '09:00', { components: { website: 'major_outage' } }],
      ['identified', '09:10', { components: { checkout: 'operational', db: 'major_outage' } }],
    ],
    { components: { checkout: 'partial_outage' } },
  );
  expect(affectedComponents(named)).toEqual(['checkout', 'website', 'db']);
});

test.each<[ComponentStatus[], Impact]>([
  [['operational', 'major_outage', 'partial_outage'], 'critical'],
  [['degraded_performance', 'partial_outage'], 'major'],
  [['degraded_performance'], 'minor'],
  [['under_maintenance'], 'minor'],
  [[], 'minor'],
])('the impact of %j is %s', (statuses, impact) => {
  expect(impactOf(statuses)).toBe(impact);
});
