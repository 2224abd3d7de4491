import { describe, expect, test } from 'vitest';
import type { Incident } from './model.ts';
import { openPromise, promisesOf } from './promises.ts';
import { at, incident, maintenance, said } from '../__tests__/support/core.ts';

const GRACE = 5 * 60_000;

/** What became of each promise, as seen at a time. */
function promises({ updates }: Incident, now: string): string[] {
  return promisesOf(updates, at(now), GRACE).map(({ due, state, answer }) =>
    [said(due), state, ...(answer ? [said(answer.at)] : [])].join(' '),
  );
}

/** An update at 09:20 that promises the next for 09:50, and what came then. */
function promised(...then: Parameters<typeof incident>[0]): Incident {
  return incident([['investigating', '09:20', { nextUpdate: at('09:50') }], ...then]);
}

describe('a promise', () => {
  test.each([
    ['due before its time', '09:49', 'due'],
    ['due until its grace has passed', '09:55', 'due'],
    ['overdue from then on', '09:55:01', 'overdue'],
  ])('that nothing answered is %s', (_, now, state) => {
    expect(promises(promised(), now)).toEqual([`09:50 ${state}`]);
  });

  test.each([
    ['kept by an update before its time', '09:40', 'kept'],
    ['kept by an update within its grace', '09:55', 'kept'],
    ['late for an update after its grace', '09:55:01', 'late'],
  ])('is %s', (_, time, state) => {
    expect(promises(promised(['update', time]), '12:00')).toEqual([`09:50 ${state} ${time}`]);
  });

  test('is kept by Resolved too', () => {
    expect(promises(promised(['resolved', '09:45']), '12:00')).toEqual(['09:50 kept 09:45']);
  });

  test('is answered by the next update only', () => {
    expect(promises(promised(['update', '10:30'], ['update', '10:31']), '12:00')).toEqual(['09:50 late 10:30']);
  });

  test('is made by open updates only', () => {
    expect(promises(incident([['resolved', '09:20', { nextUpdate: at('09:50') }]]), '12:00')).toEqual([]);
    const { updates } = maintenance('08:00', '09:00', [['completed', '09:00', { nextUpdate: at('09:50') }]]);
    expect(promisesOf(updates, at('12:00'), GRACE)).toEqual([]);
  });
});

test('promises stand in the order they were made', () => {
  const kept = promised(
    ['identified', '09:48', { nextUpdate: at('10:30') }],
    ['monitoring', '10:40', { nextUpdate: at('11:30') }],
  );
  expect(promises(kept, '11:00')).toEqual(['09:50 kept 09:48', '10:30 late 10:40', '11:30 due']);
});

describe('the open promise', () => {
  test('is that of the newest update', () => {
    const { updates } = promised(['identified', '09:48', { nextUpdate: at('10:30') }]);
    expect(openPromise(updates, at('10:00'), GRACE)).toMatchObject({ due: at('10:30'), state: 'due' });
  });

  test('is none when the newest update made none', () => {
    expect(openPromise(promised(['identified', '09:48']).updates, at('10:00'), GRACE)).toBeUndefined();
  });

  test('is none without updates', () => {
    expect(openPromise([], at('10:00'), GRACE)).toBeUndefined();
  });
});
