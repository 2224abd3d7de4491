import { describe, expect, test } from 'vitest';
import { instantOf, nextClock, readLeadingDay, readRepaired, readWritten } from './written-time.ts';

const iso = (text: string, zone: string | number = 'UTC'): string | undefined => {
  const time = readWritten(text);
  const at = time && instantOf(time, zone, 2025);
  return at === undefined ? undefined : new Date(at).toISOString().replace('.000Z', 'Z');
};

describe('a written time', () => {
  test.each([
    ['2020-10-17 04:26:00', '2020-10-17T04:26:00Z'],
    ['2020-10-17T04:26:00', '2020-10-17T04:26:00Z'],
    ['2020-10-17 4:26', '2020-10-17T04:26:00Z'],
    ['2024-05-06T17:35:00-00:00', '2024-05-06T17:35:00Z'],
    ['2024-05-06T9:35:00+02:00', '2024-05-06T07:35:00Z'],
    ['2019-05-15T22:00:00.000Z', '2019-05-15T22:00:00Z'],
    ['2022-06-17 02:45:00 GMT+1', '2022-06-17T01:45:00Z'],
    ['2022-06-17 02:45 BST', '2022-06-17T01:45:00Z'],
    ['2022-06-17 02:45:00 +0200 CEST', undefined],
    ['2022-06-17 02:45:00 -0700', '2022-06-17T09:45:00Z'],
    ['2023/03/29 15h50 UTC', '2023-03-29T15:50:00Z'],
    ['11th of February 2022 - 19:00 UTC', '2022-02-11T19:00:00Z'],
    ['Jan 2, 2025 at 3:04 PM', '2025-01-02T15:04:00Z'],
    ['Jan 2, 15:04 UTC', '2025-01-02T15:04:00Z'],
    ['15:04 UTC — Jan 2', '2025-01-02T15:04:00Z'],
    ['Fri, 03 Jan 2025 10:00:00 GMT', '2025-01-03T10:00:00Z'],
    ['\u200B2025-01-02\u00A010:00', '2025-01-02T10:00:00Z'],
    ['2024-05-01', '2024-05-01T00:00:00Z'],
    ['2023-07-94T13:00', undefined],
    ['2023-02-30 10:00', undefined],
    ['2023-02-20 25:00', undefined],
    ['2020-02-25T115:45:00.000Z', undefined],
    ['16:37 Denver', undefined],
    ['none', undefined],
    ['', undefined],
  ])('%j is %j', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  test('takes the zone that is given where it states none, with its summer time', () => {
    expect(iso('2025-07-01 12:00', 'Europe/Berlin')).toBe('2025-07-01T10:00:00Z');
    expect(iso('2025-01-01 12:00', 'Europe/Berlin')).toBe('2025-01-01T11:00:00Z');
    expect(iso('2025-01-01 12:00', -300)).toBe('2025-01-01T17:00:00Z');
  });

  test('a clock alone is the next one of its kind', () => {
    const from = Date.parse('2025-01-01T23:30Z');
    expect(nextClock({ clock: 23.5 * 3_600_000 }, from, 'UTC')).toBe(from);
    expect(nextClock({ clock: 3_600_000 }, from, 'UTC')).toBe(Date.parse('2025-01-02T01:00Z'));
  });
});

test.each([
  ['2021-05-03T011:00:00-00:00', '2021-05-03T11:00:00-00:00'],
  ['2023-07-10 010:13:00', '2023-07-10 10:13:00'],
  ['2021-07028 09:10:00', '2021-07-28 09:10:00'],
  ['2021-0708 17:12:00', '2021-07-08 17:12:00'],
  ['2023-04-12:11:20-00:00', '2023-04-12T11:20-00:00'],
  ['2021-12-08 07:15:00 09:15:00', '2021-12-08 07:15:00'],
  ['2021-12-08 07:15', undefined],
])('the slip in %j leaves one reading: %j', (text, expected) => {
  const repaired = readRepaired(text);
  expect(repaired?.time.day).toBeDefined();
  expect(repaired?.readAs).toBe(expected);
});

test('what could be several times is none, and its day is', () => {
  expect(readRepaired('2020-02-25T115:45:00.000Z')).toBeUndefined();
  expect(readLeadingDay('2020-02-25T115:45:00.000Z')?.day).toEqual({ year: 2020, month: 2, day: 25 });
  expect(readLeadingDay('14.11.2022-connection-issues.md')?.day).toEqual({ year: 2022, month: 11, day: 14 });
  expect(readLeadingDay('$ISSUE_DATETIME')).toBeUndefined();
});
