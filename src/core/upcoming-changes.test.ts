import { expect, test } from 'vitest';
import type { Given } from '../__tests__/support/core.ts';
import { at, component, incident, ledger, maintenance, said } from '../__tests__/support/core.ts';
import { upcomingChanges } from './upcoming-changes.ts';

test.each<[string, Given, string[]]>([
  ['none for an empty content', { tree: [] }, []],
  [
    'the start and the end of maintenance to come',
    { maintenance: [maintenance('15:00', '16:00')] },
    ['15:00', '16:00'],
  ],
  ['the end of running maintenance', { maintenance: [maintenance('11:00', '16:00')] }, ['16:00']],
  [
    'the instant from which maintenance is overrun',
    { maintenance: [maintenance('11:00', '16:00', [['in_progress', '11:05']])] },
    ['16:00'],
  ],
  [
    'nothing for maintenance that is over',
    { maintenance: [maintenance('15:00', '16:00', [['cancelled', '11:00']])] },
    [],
  ],
  [
    'a maintenance update a little ahead of the clock',
    {
      maintenance: [
        maintenance('11:00', '12:00', [
          ['in_progress', '11:05'],
          ['completed', '12:05'],
        ]),
      ],
    },
    ['12:05'],
  ],
  [
    'the first instant after the day on which a postmortem was promised',
    {
      now: '2026-11-20 12:00',
      incidents: [
        incident(
          [
            ['investigating', '09:00'],
            ['resolved', '10:00'],
          ],
          { impact: 'critical' },
        ),
      ],
    },
    ['2026-11-23 10:00:00.001'],
  ],
  [
    'the first instant at which a promise is overdue, grace included',
    { incidents: [incident([['investigating', '11:50', { nextUpdate: at('12:20') }]])] },
    ['12:25:00.001'],
  ],
  [
    'nothing for a promise that was answered',
    {
      incidents: [
        incident([
          ['investigating', '11:50', { nextUpdate: at('12:20') }],
          ['update', '11:55'],
        ]),
      ],
    },
    [],
  ],
  [
    'nothing for an incident that is resolved',
    { incidents: [incident([['resolved', '11:50', { nextUpdate: at('12:20'), expectedFix: at('13:00') }]])] },
    [],
  ],
  [
    'the first instant after an expected fix, the newest that was named',
    {
      incidents: [
        incident([
          ['investigating', '11:00', { expectedFix: at('13:00') }],
          ['identified', '11:10', { expectedFix: at('14:00') }],
          ['update', '11:20'],
        ]),
      ],
    },
    ['14:00:00.001'],
  ],
  [
    'the promise of maintenance to come',
    { maintenance: [maintenance('15:00', '16:00', [['scheduled', '10:00', { nextUpdate: at('14:00') }]])] },
    ['14:05:00.001', '15:00', '16:00'],
  ],
  [
    'the day a component retires',
    { tree: [component('ftp', { retired: at('2026-11-21') }), component('gone', { retired: at('2026-11-20') })] },
    ['2026-11-21 00:00'],
  ],
  [
    'each instant once, soonest first',
    { maintenance: [maintenance('15:00', '16:00'), maintenance('14:00', '15:00')] },
    ['14:00', '15:00', '16:00'],
  ],
  [
    'each reminder of maintenance to come',
    {
      maintenance: [
        maintenance('2026-11-21 14:00', '2026-11-21 15:00', [['scheduled', '10:00']], {
          remind: [86_400_000, 3_600_000],
        }),
      ],
    },
    ['14:00', '2026-11-21 13:00', '2026-11-21 14:00', '2026-11-21 15:00'],
  ],
  ['not now itself', { maintenance: [maintenance('12:00', '13:00')] }, ['13:00']],
  [
    'nothing beyond seven days',
    { maintenance: [maintenance('2026-11-27 12:00', '2026-11-27 12:01')] },
    ['2026-11-27 12:00'],
  ],
])('the page turns at %s', (_, given, expected) => {
  expect(upcomingChanges(ledger(given)).map(said)).toEqual(expected);
});
