import { timeIn } from './page.ts';
import { expect, test } from 'vitest';

test.each([
  ['UTC', '2026-11-20T09:20:00Z', '2026-11-20T09:20:00.000Z'],
  ['Europe/London', '2026-11-20T09:20:00Z', '2026-11-20T09:20:00.000Z'],
  ['Europe/London', '2026-07-20T09:20:00Z', '2026-07-20T10:20:00.000+01:00'],
  ['Europe/Berlin', '2026-11-20T09:20:00Z', '2026-11-20T10:20:00.000+01:00'],
  ['Europe/Berlin', '2026-07-20T09:20:00Z', '2026-07-20T11:20:00.000+02:00'],
  ['America/Los_Angeles', '2026-01-01T03:15:01.913Z', '2025-12-31T19:15:01.913-08:00'],
  ['Asia/Kolkata', '2026-11-20T09:20:00Z', '2026-11-20T14:50:00.000+05:30'],
])('in %s %s is %s', (zone, instant, expected) => {
  expect(timeIn(zone, Date.parse(instant))).toBe(expected);
  expect(Date.parse(expected)).toBe(Date.parse(instant));
});
