import { expect, it } from 'vitest';
import { occurrencesOf, ruleProblem } from './recurrence.ts';
import { at, said } from '../__tests__/support/core.ts';

const days = (rule: string, first: string, last: string, zone = 'UTC') =>
  occurrencesOf(rule, at(first), zone, at(last)).map(said);

it.each([
  ['FREQ=WEEKLY;BYDAY=TU', ['2026-12-01 02:00', '2026-12-08 02:00', '2026-12-15 02:00']],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', ['2026-12-01 02:00', '2026-12-15 02:00']],
  ['FREQ=WEEKLY;BYDAY=TU;COUNT=2', ['2026-12-01 02:00', '2026-12-08 02:00']],
  ['freq=daily;until=20261202', ['2026-12-01 02:00', '2026-12-02 02:00']],
  ['FREQ=MONTHLY;BYDAY=3TU', ['2026-12-15 02:00']],
])('%s recurs on these days', (rule, expected) => {
  expect(days(rule, '2026-12-01 02:00', '2026-12-16')).toEqual(expected);
});

it('keeps the time of day of its zone when clocks change', () => {
  expect(days('FREQ=WEEKLY', '2026-10-20 00:00', '2026-11-01', 'Europe/Berlin')).toEqual([
    '2026-10-20 00:00',
    '2026-10-27 01:00',
  ]);
});

it('knows ten years of every week', () => {
  expect(days('FREQ=WEEKLY', '2016-11-22 02:00', '2026-11-20')).toHaveLength(522);
});

it('knows thirty-six years of every day', () => {
  expect(days('FREQ=DAILY', '1990-01-01 02:00', '2025-12-31 02:00')).toHaveLength(13_149);
});

it.each(['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=DAILY;INTERVAL=7;BYDAY=WE', 'FREQ=WEEKLY;BYSETPOS=300'])(
  '%s never takes place, which is detected',
  (rule) => {
    expect(days(rule, '2026-01-05 02:00', '2031-01-05')).toEqual([]);
  },
);

it('finds 29 February every four years', () => {
  const rule = 'FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29';
  expect(days(rule, '2024-02-29 02:00', '2033-01-01')).toEqual([
    '2024-02-29 02:00',
    '2028-02-29 02:00',
    '2032-02-29 02:00',
  ]);
});

it.each([
  ['FREQ=HOURLY', /one of DAILY, WEEKLY/],
  ['BYDAY=TU', /starts with FREQ/],
  ['FREQ=WEEKLY;BYDAY=TUESDAY', /./],
  ['FREQ=WEEKLY;DTSTART=20261201', /“DTSTART=20261201” is not part/],
  ['every Tuesday', /“every Tuesday” is not part/],
  ['FREQ=WEEKLY;COUNT=abc', /the value in “COUNT=abc” is not valid/],
  ['FREQ=DAILY;INTERVAL=1.5', /the value in “INTERVAL=1.5” is not valid/],
  ['FREQ=YEARLY;BYMONTH=13', /the value in “BYMONTH=13” is not valid/],
  ['FREQ=WEEKLY;FREQ=DAILY', /it has FREQ twice/],
])('%s is no rule', (rule, says) => {
  expect(ruleProblem(rule)).toMatch(says);
});

it.each([
  'FREQ=DAILY;INTERVAL=9999',
  'FREQ=DAILY;INTERVAL=10',
  'FREQ=DAILY;COUNT=99999',
  'FREQ=MONTHLY;BYMONTHDAY=1',
  'FREQ=MONTHLY;BYMONTHDAY=-1',
  'FREQ=MONTHLY;BYMONTHDAY=1,15,-1',
  'FREQ=MONTHLY;BYMONTHDAY=15,29,31',
  'FREQ=MONTHLY;BYMONTHDAY=29,1,9',
  'FREQ=MONTHLY;BYMONTHDAY=31,30,9',
  'FREQ=MONTHLY;BYMONTHDAY=1,-29,20',
  'FREQ=YEARLY;BYMONTH=1',
  'FREQ=YEARLY;BYMONTH=9,10,12',
  'FREQ=YEARLY;BYMONTH=12,1,9',
])('%s is a rule', (rule) => {
  expect(ruleProblem(rule)).toBeUndefined();
});

it.each([
  'INTERVAL=0',
  'INTERVAL=x',
  'INTERVAL=1xy',
  'INTERVAL=10000',
  'COUNT=0',
  'COUNT=x1',
  'COUNT=1x',
  'COUNT=123456',
  'COUNT=1xyz',
  'BYMONTH=0',
  'BYMONTH=x',
  'BYMONTH=1,0',
  'BYMONTH=1,x',
  'BYMONTH=1,13',
  'BYMONTHDAY=0',
  'BYMONTHDAY=x',
  'BYMONTHDAY=x1',
  'BYMONTHDAY=1x',
  'BYMONTHDAY=1,0',
  'BYMONTHDAY=1,x',
  'BYMONTHDAY=32',
  'BYMONTHDAY=42',
  'BYMONTHDAY=2x',
  'BYMONTHDAY=1,32',
  'BYMONTHDAY=1,42',
  'BYMONTHDAY=1,2x',
  'BYMONTHDAY=--1',
])('no rule has %s', (part) => {
  expect(ruleProblem(`FREQ=DAILY;${part}`)).toBe(`the value in “${part}” is not valid`);
});

it('a rule names its frequency wherever that stands', () => {
  expect(ruleProblem('BYDAY=TU;FREQ=WEEKLY')).toBeUndefined();
  expect(ruleProblem('BYDAY=TU;FREQ=SECONDLY')).toMatch(/one of DAILY/);
});

it('nothing recurs before its beginning, and at it once', () => {
  expect(days('FREQ=WEEKLY', '2026-12-01 02:00', '2026-11-01')).toEqual([]);
  expect(days('FREQ=WEEKLY', '2026-12-01 02:00', '2026-12-01 02:00')).toEqual(['2026-12-01 02:00']);
});
