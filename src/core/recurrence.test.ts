import { expect, it } from 'vitest';
import { occurrencesOf, ruleProblem } from './recurrence.ts';
import { at, said } from './testing.ts';

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

it.each([
  ['FREQ=HOURLY', /one of DAILY, WEEKLY/],
  ['BYDAY=TU', /begins with FREQ/],
  ['FREQ=WEEKLY;BYDAY=TUESDAY', /./],
  ['FREQ=WEEKLY;DTSTART=20261201', /“DTSTART=20261201” is no part/],
  ['every Tuesday', /“every Tuesday” is no part/],
  ['FREQ=WEEKLY;COUNT=abc', /“COUNT=abc” has no number/],
  ['FREQ=DAILY;INTERVAL=1.5', /“INTERVAL=1.5” has no number/],
  ['FREQ=YEARLY;BYMONTH=13', /“BYMONTH=13” has no number/],
  ['FREQ=WEEKLY;FREQ=DAILY', /FREQ stands twice/],
])('%s is no rule', (rule, says) => {
  expect(ruleProblem(rule)).toMatch(says);
});
