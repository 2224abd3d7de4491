import { afterEach, describe, expect, test, vi } from 'vitest';
import { at, said } from '../__tests__/support/core.ts';
import { formatTime, nearestClock, parseClock, parseTime } from './time-text.ts';

/** What a text is read as, or the rule it breaks with the form to write. */
function read(text: string, zone = 'UTC'): string {
  const result = parseTime(text, zone);
  if ('instant' in result) return said(result.instant);
  return [result.problem.ruleId, result.problem.expected].filter(Boolean).join(': ');
}

describe('a time', () => {
  test.each([
    ['2026-11-20 09:20 UTC', '09:20'],
    ['2026-11-20T09:20Z', '09:20'],
    ['2026-11-20 09:20:41 utc', '09:20:41'],
    ['2026-11-20 10:20 +01:00', '09:20'],
    ['2026-11-20 04:20-05:00', '09:20'],
    [' 2026-11-21 00:10 +05:30 ', '18:40'],
    ['2028-02-29 00:00 UTC', '2028-02-29 00:00'],
  ])('is read from “%s”', (text, instant) => {
    expect(read(text)).toBe(instant);
  });

  test.each(['2026-02-29 09:20 UTC', '2026-13-01 09:20 UTC', '2026-11-20 24:00 UTC', '2026-11-20 09:20 +15:00'])(
    'that does not exist is called so: %s',
    (text) => {
      expect(read(text)).toBe('time-impossible');
    },
  );

  test.each([
    ['UTC', '2026-11-20 09:20', '2026-11-20 09:20 UTC'],
    ['Europe/Berlin', '2026-11-20 09:20', '2026-11-20 09:20 +01:00'],
    ['Europe/Berlin', '2026-07-01 09:20', '2026-07-01 09:20 +02:00'],
    ['America/New_York', '2026-11-20 09:20', '2026-11-20 09:20 -05:00'],
    ['Asia/Kolkata', '2026-11-20 09:20', '2026-11-20 09:20 +05:30'],
  ])('without a zone gets the offset that %s has on that day', (zone, text, expected) => {
    expect(read(text, zone)).toBe(`time-no-zone: ${expected}`);
  });

  test.each([
    ['2026-11-20 09:20 Europe/Berlin', '2026-11-20 09:20 +01:00'],
    ['2026-07-01 09:20 CET', '2026-07-01 09:20 +02:00'],
    ['2026-11-20 09:20 EST', '2026-11-20 09:20 -05:00'],
    ['2026-07-01 09:20 PDT', '2026-07-01 09:20 -07:00'],
    ['2026-11-20 09:20 GMT', '2026-11-20 09:20 UTC'],
    ['2026-07-01 09:20 EDT', '2026-07-01 09:20 -04:00'],
    ['2026-07-01 09:20 CDT', '2026-07-01 09:20 -05:00'],
    ['2026-11-20 09:20 cst', '2026-11-20 09:20 -06:00'],
    ['2026-07-01 09:20 MDT', '2026-07-01 09:20 -06:00'],
    ['2026-11-20 09:20 PST', '2026-11-20 09:20 -08:00'],
    ['2026-07-01 09:20 BST', '2026-07-01 09:20 +01:00'],
    ['2026-07-01 09:20 CEST', '2026-07-01 09:20 +02:00'],
    ['2026-11-20 09:20 IST', '2026-11-20 09:20 +05:30'],
    ['2026-11-20 09:20 JST', '2026-11-20 09:20 +09:00'],
  ])('in a named zone gets its offset: %s', (text, expected) => {
    expect(read(text)).toBe(`time-named-zone: ${expected}`);
  });

  test.each([
    ['2026/11/20 9:20 UTC', 'time-invalid: 2026-11-20 09:20 UTC'],
    ['2026-11-20 09:20 GMT+1', 'time-invalid: 2026-11-20 09:20 +01:00'],
    ['2026-11-20 09:20 -0530', 'time-invalid: 2026-11-20 09:20 -05:30'],
    ['2026-11-20 09:20 Mars/Base', 'time-invalid'],
    ['tomorrow', 'time-invalid'],
  ])('in another form gets the form to write where it can be told: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('is written in UTC, with seconds only where there are some', () => {
    expect(formatTime(at('09:20'))).toBe('2026-11-20 09:20 UTC');
    expect(formatTime(at('09:20:05'))).toBe('2026-11-20 09:20:05 UTC');
  });
});

describe('a time of day', () => {
  /** The first time at which a clock shows it after noon, and the last before. */
  function around(text: string): string[] | undefined {
    const clock = parseClock(text);
    return clock && (['before', 'after'] as const).map((way) => said(nearestClock(clock, at('12:00'), way)));
  }

  test.each([
    ['12:30 UTC', ['2026-11-19 12:30', '12:30']],
    ['11:30Z', ['11:30', '2026-11-21 11:30']],
    ['12:00 UTC', ['12:00', '2026-11-21 12:00']],
    ['00:10 +01:00', ['2026-11-19 23:10', '23:10']],
    ['20:00 -05:00', ['01:00', '2026-11-21 01:00']],
  ])('%s is found before and after an instant', (text, expected) => {
    expect(around(text)).toEqual(expected);
  });

  test.each(['12:30', '12:30 CET', '24:00 UTC', '2026-11-20 12:30 UTC', 'noon'])('is not read from “%s”', (text) => {
    expect(parseClock(text)).toBeUndefined();
  });
});

describe('the zone of the machine', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test.each(['UTC', 'America/Nuuk', 'Europe/Berlin'])('%s changes no offset that is to be written', (machine) => {
    vi.stubEnv('TZ', machine);
    expect(read('2026-03-29 02:30 Europe/Berlin')).toBe('time-named-zone: 2026-03-29 02:30 +02:00');
    expect(read('2026-10-25 02:30 CET')).toBe('time-named-zone: 2026-10-25 02:30 +01:00');
  });
});

describe('a time that is refused', () => {
  const reasonOf = (text: string) => {
    const result = parseTime(text, 'UTC');
    return 'problem' in result ? result.problem.reason : undefined;
  };

  test('is quoted without the spaces around it', () => {
    expect(reasonOf('  soon ')).toBe('“soon” is not a valid time.');
    expect(reasonOf(' 2026-02-30 09:20 UTC ')).toBe('“2026-02-30 09:20 UTC” is a time that does not exist.');
  });

  test.each([
    '2026-02-30 09:20 CET',
    '2026-11-20 25:00 CET',
    '2026-02-30 09:20',
    '2026-11-20 09:60',
    '2026-11-20 09:60 UTC',
    '2026-11-20 09:20:60 UTC',
    '2026-11-20 09:20 +01:60',
  ])('does not exist, whatever its zone: %s', (text) => {
    expect(read(text)).toBe('time-impossible');
  });

  test.each(['UTCX', 'XUTC', 'x+01:00', '+01:00x', '+01:000', '+15', '+01:75:00'])('has no zone in “%s”', (zone) => {
    expect(reasonOf(`2026-11-20 09:20 ${zone}`)).toBe(`“${zone}” is not a known time zone.`);
  });

  test.each([
    ['2026-11-20 09:20 UTC+2', '2026-11-20 09:20 +02:00'],
    ['2026-11-20 09:20 gmt-0330', '2026-11-20 09:20 -03:30'],
    ['2026-11-20 09:20 +1', '2026-11-20 09:20 +01:00'],
    ['2026-11-20, 09:20 UTC', '2026-11-20 09:20 UTC'],
  ])('%s is to be written as %s', (text, expected) => {
    expect(read(text)).toBe(`time-invalid: ${expected}`);
  });
});

test('the last second of a minute, and the outermost zones, exist', () => {
  expect(read('2026-11-20 09:59:59 UTC')).toBe('09:59:59');
  expect(read('2026-11-20 23:20 +14:00')).toBe('09:20');
  expect(read('2026-11-20 23:19 +13:59')).toBe('09:20');
  expect(read('2026-11-19 19:20 -14:00')).toBe('09:20');
});

describe('a time of day', () => {
  test('may have spaces around it, and needs a zone that there is', () => {
    expect(parseClock(' 09:50 UTC ')).toEqual({ milliseconds: 9 * 3_600_000 + 50 * 60_000, offset: 0 });
    expect(parseClock('09:50 +15:00')).toBeUndefined();
    expect(parseClock('24:50 +01:00')).toBeUndefined();
  });

  test.each([
    ['09:00 +14:00', '19:00', '2026-11-19 19:00'],
    ['09:00 -11:00', '20:00', '2026-11-19 20:00'],
  ])('is that of its zone, on whichever day that is: %s', (text, after, before) => {
    const clock = parseClock(text);
    const near = (direction: 'after' | 'before', from: string) =>
      clock && said(nearestClock(clock, at(from), direction));
    expect([near('after', '18:00'), near('before', '18:00')]).toEqual([after, before]);
    expect([near('after', after), near('before', after)]).toEqual([`2026-11-21 ${after}`, after]);
  });
});
