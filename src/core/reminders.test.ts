import { millisecondsInHour } from 'date-fns/constants';
import { expect, test } from 'vitest';
import { at, content, ledger, maintenance, said } from '../__tests__/support/core.ts';
import { buildLedger } from './ledger.ts';
import { allNews, reminderTimes } from './messages.ts';
import type { Maintenance, MaintenanceUpdate } from './model.ts';

const REMIND = [24 * millisecondsInHour, millisecondsInHour];
type Lines = Parameters<typeof maintenance>[2];

/** Maintenance on 22 November from 10:00 to 12:00. */
function work(lines: Lines, fields: Partial<Maintenance> = {}): Maintenance {
  return maintenance('2026-11-22 10:00', '2026-11-22 12:00', lines, { remind: REMIND, ...fields });
}

const moved = (from: string, to: string): Pick<MaintenanceUpdate, 'window'> => ({
  window: { from: at(from), to: at(to) },
});

test.each<[string, Maintenance, string[]]>([
  ['24 hours and 1 hour before', work([['scheduled', '09:00']]), ['2026-11-21 10:00', '2026-11-22 09:00']],
  ['only after its announcement', work([['scheduled', '2026-11-21 18:00']]), ['2026-11-22 09:00']],
  ['never without a known announcement', work([]), []],
  ['never if its file says so', work([['scheduled', '09:00']], { remind: [] }), []],
  ['once for two equal times', work([['scheduled', '09:00']], { remind: [millisecondsInHour, millisecondsInHour] }), ['2026-11-22 09:00']], // prettier-ignore
  ['not once it is cancelled', work([['scheduled', '09:00'], ['cancelled', '2026-11-21 20:00']]), ['2026-11-21 10:00']], // prettier-ignore
  ['not once it has started early', work([['scheduled', '09:00'], ['in_progress', '2026-11-22 08:00']]), ['2026-11-21 10:00']], // prettier-ignore
  [
    'of the new window if it was moved',
    work(
      [
        ['scheduled', '09:00'],
        ['update', '2026-11-21 20:00', moved('2026-11-24 10:00', '2026-11-24 12:00')],
      ],
      { plan: { from: at('2026-11-22 10:00'), to: at('2026-11-22 12:00') }, scheduled: at('2026-11-24 10:00'), until: at('2026-11-24 12:00') }, // prettier-ignore
    ),
    ['2026-11-21 10:00', '2026-11-23 10:00', '2026-11-24 09:00'],
  ],
])('a maintenance is reminded of %s', (_, one, expected) => {
  expect(reminderTimes(one, ledger({ maintenance: [one] })).map(said)).toEqual(expected);
});

test('a reminder is news from its time on, with an id that stays, also when the build comes late', () => {
  const given = content({
    maintenance: [maintenance('2026-11-22 10:00', '2026-11-22 12:00', [['scheduled', '09:00']])],
  });
  const site = { ...given.site, remind: REMIND };
  const idsAt = (now: string) => allNews(buildLedger({ ...given, site }, at(now))).map(({ message }) => message.id);
  expect(idsAt('2026-11-21 09:59')).toEqual(['u-0']);
  expect(idsAt('2026-11-21 17:00')).toEqual(['u-20261121T100000Z-reminder', 'u-0']);
  expect(idsAt('2026-11-22 10:30')).toEqual([
    'u-20261122T100000Z-started',
    'u-20261122T090000Z-reminder',
    'u-20261121T100000Z-reminder',
    'u-0',
  ]);
});
