import { expect, test } from 'vitest';
import { isStatusAlone, lookalikeAt } from './markdown-lines.ts';

test.each([
  ['Next update: 10:00', ':'],
  ['- Next update : 10:00', ':'],
  ['Component： D1', '：'],
  ['Resolved - 2026-01-01', '-'],
  ['Resolved 2026-01-01', 'R'],
  ['Resolvd at 2026-01-01', 'R'],
  ['2026-01-01 10:00 UTC - Update', '2'],
  ['<<<<<<< HEAD', '<'],
])('in “%s” the %s is written as a reference', (line, character) => {
  const at = lookalikeAt(line);
  expect(at === undefined ? undefined : line.charAt(at)).toBe(character);
});

test.each([
  'Impact: high',
  'Update: we have found the cause',
  'identified - customers may see delays',
  'We expect the next update: at 10:00',
  'Resolved in version 2',
  'Starting at 2026-01-01 10:00 UTC requests failed',
])('“%s” is only text', (line) => {
  expect(lookalikeAt(line)).toBeUndefined();
});

test('a heading that is a status alone is told from one that is not', () => {
  expect(['Resolved', 'In progress', 'Update'].map(isStatusAlone)).toEqual([true, true, true]);
  expect(['Summary', 'Resolved issues'].map(isStatusAlone)).toEqual([false, false]);
});
