import { describe, expect, it } from 'vitest';
import { formatTime } from './time-text.ts';
import { readDuration, readTimeWords, writeTimeNear } from './human-time.ts';

const NOW = Date.parse('2026-11-20T10:05:40Z');

function read(text: string, direction: 'after' | 'before' = 'after', zone = 'Europe/Berlin', now = NOW): string {
  const result = readTimeWords(text, { now, direction, zone });
  return 'instant' in result ? formatTime(result.instant) : result.problem;
}

describe('a time in words', () => {
  it.each([
    ['now', '2026-11-20 10:05 UTC'],
    ['30m', '2026-11-20 10:35 UTC'],
    ['2h', '2026-11-20 12:05 UTC'],
    ['1h30m', '2026-11-20 11:35 UTC'],
    ['1 hour and 30 minutes', '2026-11-20 11:35 UTC'],
    ['in 2 hours', '2026-11-20 12:05 UTC'],
    ['45 min', '2026-11-20 10:50 UTC'],
    ['3d', '2026-11-23 10:05 UTC'],
    ['20 minutes ago', '2026-11-20 09:45 UTC'],
    ['14:30', '2026-11-20 13:30 UTC'],
    ['11:05', '2026-11-21 10:05 UTC'],
    ['9:00', '2026-11-21 08:00 UTC'],
    ['14:30 UTC', '2026-11-20 14:30 UTC'],
    ['14:30Z', '2026-11-20 14:30 UTC'],
    ['14:30 -05:00', '2026-11-20 19:30 UTC'],
    ['today 23:30', '2026-11-20 22:30 UTC'],
    ['Tomorrow at 02:00', '2026-11-21 01:00 UTC'],
    ['tomorrow 02:00 UTC', '2026-11-21 02:00 UTC'],
    ['yesterday 23:10', '2026-11-19 22:10 UTC'],
    ['2026-12-01 02:00', '2026-12-01 01:00 UTC'],
    ['2026-12-01 02:00 UTC', '2026-12-01 02:00 UTC'],
    ['2026-12-01T02:00:30Z', '2026-12-01 02:00:30 UTC'],
    ['  2026-12-01   02:00   +01:00 ', '2026-12-01 01:00 UTC'],
    ['14.30', '2026-11-20 13:30 UTC'],
    ['2:30pm', '2026-11-20 13:30 UTC'],
    ['10:50 pm', '2026-11-20 21:50 UTC'],
    ['12 a.m.', '2026-11-20 23:00 UTC'],
    ['noon', '2026-11-20 11:00 UTC'],
    ['21h43', '2026-11-20 20:43 UTC'],
    ['21:43 Uhr', '2026-11-20 20:43 UTC'],
    ['22:50 CET', '2026-11-20 21:50 UTC'],
    ['22:50 Europe/London', '2026-11-20 22:50 UTC'],
    ['half an hour', '2026-11-20 10:35 UTC'],
    ['in an hour', '2026-11-20 11:05 UTC'],
    ['within ~30 minutes', '2026-11-20 10:35 UTC'],
    ['1.5 hours', '2026-11-20 11:35 UTC'],
    ['half an hour ago', '2026-11-20 09:35 UTC'],
    ['30 minutes from now', '2026-11-20 10:35 UTC'],
    ['28.11.2026 21:43', '2026-11-28 20:43 UTC'],
    ['28.11.26, 21.43 Uhr', '2026-11-28 20:43 UTC'],
    ['11/28/2026 09:43 PM UTC', '2026-11-28 21:43 UTC'],
    ['28/11/2026 21:43 UTC', '2026-11-28 21:43 UTC'],
    ['2026-11-28 21h43', '2026-11-28 20:43 UTC'],
    ['2026-11-28 2143 UTC', '2026-11-28 21:43 UTC'],
    ['20261128T214300Z', '2026-11-28 21:43 UTC'],
    ['2026-11-28T21:43:07.123Z', '2026-11-28 21:43:07 UTC'],
    ['2026-11-28T21:43:07', '2026-11-28 20:43:07 UTC'],
    ['Sat, 28 Nov 2026 21:43:00 GMT', '2026-11-28 21:43 UTC'],
    ['28 November 2026 at 9:43 pm (UTC)', '2026-11-28 21:43 UTC'],
    ['Nov 28th, 2026 21:43', '2026-11-28 20:43 UTC'],
    ['Jan 3 10:00 UTC', '2027-01-03 10:00 UTC'],
    ['1795901000', '2026-11-28 21:23:20 UTC'],
    ['1795901000123', '2026-11-28 21:23:20 UTC'],
    ['２０２６-11-28　21：43', '2026-11-28 20:43 UTC'],
    ['2026\u201311\u201328\u00A021:43\u200B UTC', '2026-11-28 21:43 UTC'],
    ['“14:30”', '2026-11-20 13:30 UTC'],
  ])('%j looking ahead is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['20m', '2026-11-20 09:45 UTC'],
    ['20 minutes ago', '2026-11-20 09:45 UTC'],
    ['in 5m', '2026-11-20 10:10 UTC'],
    ['10:55', '2026-11-20 09:55 UTC'],
    ['23:10', '2026-11-19 22:10 UTC'],
    ['09:50 UTC', '2026-11-20 09:50 UTC'],
    ['yesterday 14:00', '2026-11-19 13:00 UTC'],
  ])('%j looking back is %s', (text, expected) => {
    expect(read(text, 'before')).toBe(expected);
  });

  it.each(['', 'soon', '30', '30 parsecs', 'in 20 minutes ago', '-30m', 'tomorrow', '99999999m'])(
    '%j is refused with the forms to write',
    (text) => {
      expect(read(text)).toContain('is not a valid time. Use a form such as 30m, 2h, 20 minutes ago');
    },
  );

  it.each([
    ['03/04/2026 10:00 UTC', '2026-04-03 10:00 UTC, or 2026-03-04 10:00 UTC.'],
    ['3-4-2026 10:00 am UTC', '2026-04-03 10:00 UTC, or 2026-03-04 10:00 UTC.'],
  ])('%j, which can be two days, is refused with both', (text, both) => {
    expect(read(text)).toContain(`could mean two days. Write ${both}`);
  });

  it.each(['25:00', '14:60', '2026-02-30 10:00', '2026-02-30 10:00 UTC', 'tomorrow 24:10 UTC'])(
    '%j is refused as a time that does not exist',
    (text) => {
      expect(read(text)).toContain('does not exist');
    },
  );

  it.each([
    ['2026-03-29 02:30', '2026-03-29 01:30 UTC'],
    ['2026-10-25 02:30', '2026-10-25 01:30 UTC'],
  ])('%j, which does not name one time where clocks change, is refused with a form that does', (text, form) => {
    expect(read(text)).toContain(`Write it in UTC, as ${form}.`);
  });

  it('counts days in the zone of the site', () => {
    const lateEvening = Date.parse('2026-11-20T23:30:00Z');
    expect(read('tomorrow 02:00', 'after', 'Europe/Berlin', lateEvening)).toBe('2026-11-22 01:00 UTC');
    expect(read('tomorrow 02:00', 'after', 'UTC', lateEvening)).toBe('2026-11-21 02:00 UTC');
  });

  it('counts durations and times of day from another instant where there is one', () => {
    const from = Date.parse('2026-12-01T02:00:00Z');
    const until = (text: string) => readTimeWords(text, { now: NOW, from, direction: 'after', zone: 'UTC' });
    expect(until('2h')).toEqual({ instant: from + 2 * 3_600_000 });
    expect(until('04:00')).toEqual({ instant: from + 2 * 3_600_000 });
    expect(until('tomorrow 04:00')).toEqual({ instant: Date.parse('2026-11-21T04:00Z') });
  });
});

describe('a duration', () => {
  it.each([
    ['2h', 120],
    ['2 hours 5 mins', 125],
    ['1d', 1440],
    ['90', undefined],
    ['', undefined],
  ])('%j is %s minutes', (text, minutes) => {
    expect(readDuration(text)).toBe(minutes === undefined ? undefined : minutes * 60_000);
  });
});

describe('a time in a labelled line', () => {
  const at = Date.parse('2026-11-20T23:50:00Z');
  it.each([
    ['2026-11-21T00:20Z', 'after', '00:20 UTC'],
    ['2026-11-21T11:50Z', 'after', '11:50 UTC'],
    ['2026-11-21T11:51Z', 'after', '2026-11-21 11:51 UTC'],
    ['2026-11-20T23:50Z', 'after', '2026-11-20 23:50 UTC'],
    ['2026-11-20T23:50Z', 'before', '23:50 UTC'],
    ['2026-11-20T22:10Z', 'before', '22:10 UTC'],
    ['2026-11-19T22:10Z', 'before', '2026-11-19 22:10 UTC'],
  ] as const)('%s, %s the update, is written as %s', (time, direction, expected) => {
    expect(writeTimeNear(Date.parse(time), at, direction)).toBe(expected);
  });
});
