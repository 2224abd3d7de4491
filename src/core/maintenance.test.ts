import { describe, expect, test } from 'vitest';
import { isOver, isOverrun, isRunning, maintenancePhases, phaseAt } from './maintenance.ts';
import { at, maintenance, said } from '../__tests__/support/core.ts';
import { MAINTENANCE_STATUSES } from './vocabulary.ts';

type Lines = Parameters<typeof maintenance>[2];

/** What becomes of work announced for 22:00 to 23:00. */
function phases(lines: Lines): string[] {
  return maintenancePhases(maintenance('22:00', '23:00', lines)).map(
    ({ status, from, by }) => `${said(from)} ${status} by ${by}`,
  );
}

const ANNOUNCED = '… scheduled by clock';
const STARTED = '22:00 in_progress by clock';
const COMPLETED = '23:00 completed by clock';

test.each<[string, Lines, string[]]>([
  ['the clock starts and completes it', [], [STARTED, COMPLETED]],
  [
    'a Scheduled update never stops it, before or while it runs',
    [
      ['scheduled', '20:00'],
      ['scheduled', '22:30'],
    ],
    [STARTED, COMPLETED],
  ],
  ['an update that is only an update leaves it to the clock', [['update', '22:30']], [STARTED, COMPLETED]],
  [
    'In progress takes over from the clock, which then completes nothing',
    [['in_progress', '22:05']],
    [STARTED, '22:05 in_progress by update'],
  ],
  ['Verifying takes over as well', [['verifying', '22:40']], [STARTED, '22:40 verifying by update']],
  ['In progress before its time starts it early', [['in_progress', '21:50']], ['21:50 in_progress by update']],
  ['In progress at the very start takes over', [['in_progress', '22:00']], ['22:00 in_progress by update']],
  ['In progress at the very end takes over', [['in_progress', '23:00']], [STARTED, '23:00 in_progress by update']],
  [
    'In progress after the clock completed it starts it again',
    [['in_progress', '23:10']],
    [STARTED, COMPLETED, '23:10 in_progress by update'],
  ],
  ['Completed ends it at once', [['completed', '22:30']], [STARTED, '22:30 completed by update']],
  ['Completed at the very end is what ends it', [['completed', '23:00']], [STARTED, '23:00 completed by update']],
  ['Completed after the clock completed it changes nothing', [['completed', '23:10']], [STARTED, COMPLETED]],
  ['Cancelled before its time means that it never starts', [['cancelled', '20:00']], ['20:00 cancelled by update']],
  ['Cancelled at the very start means that it never starts', [['cancelled', '22:00']], ['22:00 cancelled by update']],
  ['Cancelled while it runs ends it at once', [['cancelled', '22:30']], [STARTED, '22:30 cancelled by update']],
  [
    'an update ends what an update took over, however late',
    [
      ['in_progress', '22:00'],
      ['verifying', '23:20'],
      ['completed', '23:40'],
    ],
    ['22:00 in_progress by update', '23:20 verifying by update', '23:40 completed by update'],
  ],
  [
    'a status that is said again begins nothing new',
    [
      ['in_progress', '22:00'],
      ['in_progress', '22:30'],
      ['completed', '22:50'],
      ['completed', '22:55'],
    ],
    ['22:00 in_progress by update', '22:50 completed by update'],
  ],
  [
    'work may start again after Completed',
    [
      ['completed', '22:30'],
      ['in_progress', '22:40'],
    ],
    [STARTED, '22:30 completed by update', '22:40 in_progress by update'],
  ],
])('%s', (_, lines, expected) => {
  expect(phases(lines)).toEqual([ANNOUNCED, ...expected]);
});

test.each([
  ['21:59', 'scheduled'],
  ['22:00', 'in_progress'],
  ['22:59', 'in_progress'],
  ['23:00', 'completed'],
])('at %s the clock has it %s', (time, status) => {
  expect(phaseAt(maintenancePhases(maintenance('22:00', '23:00')), at(time)).status).toBe(status);
});

test('a status is running, over or neither', () => {
  expect(MAINTENANCE_STATUSES.filter(isRunning)).toEqual(['in_progress', 'verifying']);
  expect(MAINTENANCE_STATUSES.filter(isOver)).toEqual(['completed', 'cancelled']);
});

describe('maintenance is overrun', () => {
  test.each<[string, Lines, string, boolean]>([
    ['from its end on when an update took over', [['in_progress', '22:05']], '23:00', true],
    ['not before its end', [['in_progress', '22:05']], '22:59', false],
    ['never when left to the clock', [], '23:30', false],
    [
      'no longer once it is completed',
      [
        ['verifying', '22:05'],
        ['completed', '23:20'],
      ],
      '23:20',
      false,
    ],
    ['when somebody still works after the clock completed it', [['in_progress', '23:10']], '23:10', true],
  ])('%s', (_, lines, time, overrun) => {
    expect(isOverrun(maintenance('22:00', '23:00', lines), at(time))).toBe(overrun);
  });
});
