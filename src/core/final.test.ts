import { describe, expect, it } from 'vitest';
import { hasFeed, isFinal, nextOccurrence } from './upcoming-changes.ts';
import type { Given } from '../__tests__/support/core.ts';
import { at, incident, ledger, maintenance } from '../__tests__/support/core.ts';

const NOON = '2026-11-20 12:00';
type Incident = ReturnType<typeof incident>;
type Maintenance = ReturnType<typeof maintenance>;

const finished = (event: Incident | Maintenance, now = NOON, others: Maintenance[] = []) => {
  const given: Given =
    event.kind === 'incident' ? { incidents: [event], now } : { maintenance: [event, ...others], now };
  return isFinal(event, ledger(given));
};

const resolved = (fields: Parameters<typeof incident>[1] = {}) =>
  incident(
    [
      ['investigating', '2026-11-18 09:00', { nextUpdate: at('2026-11-18 09:30') }],
      ['resolved', '2026-11-18 11:00'],
    ],
    fields,
  );

describe('an incident is finished', () => {
  it('once it is resolved, and not while it is open or open again', () => {
    expect(finished(resolved())).toBe(true);
    expect(finished(incident([['investigating', '2026-11-18 09:00']]))).toBe(false);
    const again = incident([
      ['resolved', '2026-11-18 11:00'],
      ['investigating', '2026-11-18 12:00'],
    ]);
    expect(finished(again)).toBe(false);
  });

  it('once its postmortem is there, or is not spoken of any more', () => {
    const major = resolved({ impact: 'major' });
    expect(finished(major)).toBe(false);
    expect(finished(major, '2026-11-25 12:00')).toBe(false);
    expect(finished(major, '2026-12-19 12:00')).toBe(true);
    const told = incident(
      [
        ['investigating', '2026-11-18 09:00'],
        ['resolved', '2026-11-18 11:00'],
        ['postmortem', '2026-11-19 10:00'],
      ],
      { impact: 'major' },
    );
    expect(finished(told)).toBe(true);
  });

  it('not while its last update is dated a little ahead of the clock', () => {
    expect(finished(resolved(), '2026-11-18 10:58')).toBe(false);
  });
});

describe('a maintenance is finished', () => {
  it('once the clock has ended it, and not before or while it overruns', () => {
    const work = maintenance('10:00', '11:00');
    expect(finished(work, '2026-11-20 10:59')).toBe(false);
    expect(finished(work, '2026-11-20 11:00')).toBe(true);
    expect(finished(maintenance('10:00', '11:00', [['in_progress', '10:05']]))).toBe(false);
  });

  it('not while a promise that it still has can be broken', () => {
    const work = maintenance('10:00', '11:00', [['scheduled', '09:00', { nextUpdate: at('12:30') }]]);
    expect(finished(work)).toBe(false);
    expect(finished(work, '2026-11-20 12:36')).toBe(true);
  });

  it('not before the day of one that was called off', () => {
    const work = maintenance('13:00', '14:00', [], { cancelled: true });
    expect(finished(work)).toBe(false);
    expect(finished(work, '2026-11-20 13:00')).toBe(true);
  });

  it('of a series, once the next is known; one that was called off does not count', () => {
    const [first, second, third] = ['2026-11-10', '2026-11-17', '2026-11-24'].map((day) =>
      maintenance(`${day} 02:00`, `${day} 04:00`, [], { id: day, series: 'db' }),
    ) as [Maintenance, Maintenance, Maintenance];
    expect(finished(first)).toBe(false);
    expect(finished(first, NOON, [third, second])).toBe(true);
    const off = { ...second, cancelled: true as const };
    const all = ledger({ maintenance: [first, off, third] });
    expect(nextOccurrence(first, all)?.id).toBe('2026-11-24');
    expect(nextOccurrence(third, all)).toBeUndefined();
  });
});

describe('an event has a feed of its own', () => {
  const followed = (event: Incident | Maintenance, now: string) =>
    hasFeed(event, ledger(event.kind === 'incident' ? { incidents: [event], now } : { maintenance: [event], now }));

  it('until 30 days after its last message', () => {
    expect(followed(resolved(), '2026-12-18 10:59')).toBe(true);
    expect(followed(resolved(), '2026-12-18 11:00')).toBe(false);
    expect(followed(maintenance('10:00', '11:00'), '2026-12-20 10:59')).toBe(true);
    expect(followed(maintenance('10:00', '11:00'), '2026-12-20 11:00')).toBe(false);
  });

  it('while it is open or to come, or owes a postmortem', () => {
    expect(followed(incident([['investigating', '2026-01-01 09:00']]), NOON)).toBe(true);
    expect(followed(maintenance('2027-06-01 10:00', '2027-06-01 11:00'), NOON)).toBe(true);
    const agreed = incident([['resolved', '2026-11-18 11:00', { postmortemBy: at('2027-01-10 09:00') }]]);
    expect(followed(agreed, '2027-01-09 12:00')).toBe(true);
    expect(followed(agreed, '2027-01-11 12:00')).toBe(false);
  });
});
