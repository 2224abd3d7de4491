import { expect, it } from 'vitest';
import { readClock } from './clock.ts';
import { contentFolder } from './files.ts';

const folder = (text?: string) => ({
  files: text === undefined ? [] : [{ path: '.example', text }],
  publicFiles: new Set<string>(),
});
const EXAMPLE = folder('2026-11-20T10:05:00Z');

it('now is what STATUS_NOW says, else the instant of the examples, else the clock’s', () => {
  expect(readClock({ STATUS_NOW: '2026-12-01T00:00:00Z' }, EXAMPLE)).toBe(Date.parse('2026-12-01T00:00Z'));
  expect(readClock({ STATUS_NOW: '' }, EXAMPLE)).toBe(Date.parse('2026-11-20T10:05Z'));
  const before = Date.now();
  const now = readClock({}, folder());
  const inOrder = [before, now, Date.now()];
  expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
});

it('an instant that is none is told with one that is', () => {
  expect(() => readClock({ STATUS_NOW: 'noon' }, EXAMPLE)).toThrow(
    'STATUS_NOW is “noon”, which is not a valid time. Write it like this: 2026-11-20T10:05:00Z.',
  );
});

it('the content folder is the one that STATUS_CONTENT names', () => {
  expect([
    contentFolder({ STATUS_CONTENT: 'other' }),
    contentFolder({ STATUS_CONTENT: '' }),
    contentFolder({}),
  ]).toEqual(['other', 'content', 'content']);
});
