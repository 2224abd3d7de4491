import { expect, it } from 'vitest';
import { monthIndex, monthsBetween } from './days.ts';
import { at } from '../__tests__/support/core.ts';

it('months are those of the zone, each with its first instant', () => {
  const months = monthsBetween(at('2026-09-30 23:00'), at('2026-11-20 12:00'), 'Europe/Berlin');
  expect(months.map(({ month, from, to }) => [month, new Date(from).toISOString(), (to - from) / 3_600_000])).toEqual([
    // An hour longer than 31 days, since clocks go back.
    ['2026-10', '2026-09-30T22:00:00.000Z', 745],
    ['2026-11', '2026-10-31T23:00:00.000Z', 720],
  ]);
});

it.each([
  ['2026-01-01 00:00', 0],
  ['2026-09-30 23:59', 0],
  ['2026-10-01 00:00', 1],
  ['2026-10-31 23:59', 1],
  ['2026-11-01 00:00', 2],
  ['2027-05-01 00:00', 2],
])('%s lies in month %i', (time, index) => {
  expect(monthIndex(monthsBetween(at('2026-09-01'), at('2026-11-30'), 'UTC'), at(time))).toBe(index);
});

it('months before the first can be had too', () => {
  expect(monthsBetween(at('2026-01-15'), at('2026-01-20'), 'UTC', 2).map(({ month }) => month)).toEqual([
    '2025-11',
    '2025-12',
    '2026-01',
  ]);
});
