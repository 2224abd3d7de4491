import { afterEach, describe, expect, test, vi } from 'vitest';
import { addDays, dayOf, lastDays, monthNamer, monthOf, startOfDay } from './days.ts';
import { at, said } from '../__tests__/support/core.ts';

const HOUR = 3_600_000;

test.each([
  ['UTC', '2026-10-31 23:59', '2026-10-31'],
  ['UTC', '2026-11-01 00:00', '2026-11-01'],
  ['Europe/Berlin', '2026-10-31 22:59', '2026-10-31'],
  ['Europe/Berlin', '2026-10-31 23:00', '2026-11-01'],
  ['America/New_York', '2026-11-01 03:59', '2026-10-31'],
  ['America/New_York', '2026-11-01 04:00', '2026-11-01'],
  ['Asia/Kolkata', '2026-10-31 18:29', '2026-10-31'],
  ['Asia/Kolkata', '2026-10-31 18:30', '2026-11-01'],
])('in %s, %s UTC falls on %s', (zone, instant, day) => {
  expect(dayOf(at(instant), zone)).toBe(day);
  expect(monthOf(at(instant), zone)).toBe(day.slice(0, 7));
});

test.each([
  ['UTC', '2026-01-01'],
  ['Asia/Kolkata', '2026-01-01'],
  ['Europe/Berlin', '2026-10-01'],
  ['Pacific/Apia', '2011-12-01'],
  // One minute into November clocks went back to October.
  ['America/Goose_Bay', '2009-10-01'],
])('in %s a month has the same name for each of many instants as for one', (zone, first) => {
  const hours = Array.from({ length: 70 * 24 }, (_, hour) => at(`${first} 00:30`) + hour * HOUR);
  const instants = [...hours, ...hours.toReversed()];
  expect(instants.map(monthNamer({ time_zone: zone }))).toEqual(instants.map((instant) => monthOf(instant, zone)));
});

test.each([
  ['an ordinary day', '2026-11-20', 'Europe/Berlin', '2026-11-19 23:00'],
  ['a zone of half hours', '2026-11-20', 'Asia/Kolkata', '2026-11-19 18:30'],
  ['clocks that skip midnight', '2024-04-26', 'Africa/Cairo', '2024-04-25 22:00'],
  ['midnight that comes twice', '2026-11-01', 'America/Havana', '2026-11-01 04:00'],
  ['clocks that fall back into the day before', '2026-10-25', 'America/Nuuk', '2026-10-25 02:00'],
  ['a day that the zone left out', '2011-12-30', 'Pacific/Apia', '2011-12-30 10:00'],
])('a day starts with its first instant: %s', (_, day, zone, start) => {
  expect(said(startOfDay(day, zone))).toBe(said(at(start)));
});

test('a day that no calendar has is refused', () => {
  expect(() => startOfDay('2026-02-30', 'UTC')).toThrow(RangeError);
});

test.each([
  ['2026-11-20', 1, '2026-11-21'],
  ['2026-03-01', -1, '2026-02-28'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2026-12-31', 1, '2027-01-01'],
  ['2026-11-20', -90, '2026-08-22'],
])('%s and %i days is %s', (day, count, result) => {
  expect(addDays(day, count)).toBe(result);
});

describe('the last days', () => {
  test('end with the day of now and stand oldest first, each ending where the next begins', () => {
    const days = lastDays(at('2026-11-20 23:30'), 3, 'Europe/Berlin');
    expect(days.map(({ day, from, to }) => [day, said(from), said(to)])).toEqual([
      ['2026-11-19', '2026-11-18 23:00', '2026-11-19 23:00'],
      ['2026-11-20', '2026-11-19 23:00', '23:00'],
      ['2026-11-21', '23:00', '2026-11-21 23:00'],
    ]);
  });

  test.each([
    ['Europe/Berlin', '2026-03-29 12:00', 23],
    ['Europe/Berlin', '2026-10-25 12:00', 25],
    ['America/New_York', '2026-03-08 12:00', 23],
    ['America/New_York', '2026-11-01 12:00', 25],
    ['Australia/Lord_Howe', '2026-04-05 02:00', 24.5],
    ['Asia/Kolkata', '2026-03-29 12:00', 24],
  ])('in %s the day of %s has %d hours', (zone, now, hours) => {
    const [today] = lastDays(at(now), 1, zone);
    expect(today && (today.to - today.from) / HOUR).toBe(hours);
  });

  test('are as many as asked for, none twice, over a change of clocks', () => {
    const days = lastDays(at('2026-11-20 12:00'), 365, 'Europe/Berlin').map(({ day }) => day);
    expect(new Set(days).size).toBe(365);
    expect([days[0], days.at(-1)]).toEqual(['2025-11-21', '2026-11-20']);
  });
});

describe('the zone of the machine', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test.each(['America/Nuuk', 'America/New_York', 'Europe/Berlin'])('%s moves no day of the site', (machine) => {
    vi.stubEnv('TZ', machine);
    expect(said(startOfDay('2026-03-29', 'Europe/Berlin'))).toBe('2026-03-28 23:00');
    expect(said(startOfDay('2026-10-25', 'Europe/Berlin'))).toBe('2026-10-24 22:00');
    expect(said(startOfDay('2026-10-25', 'Atlantic/Azores'))).toBe('2026-10-25 00:00');
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
  });
});
