import { describe, expect, it } from 'vitest';
import { postmortemOf } from './promises.ts';
import { at, incident, said } from '../__tests__/support/core.ts';

const HOUR = 3_600_000;
const SETTINGS = { critical: 72 * HOUR, major: null };
const resolved = incident(
  [
    ['investigating', '09:00'],
    ['resolved', '10:00', { ended: at('09:55') }],
  ],
  { impact: 'critical' },
);

describe('the postmortem of an incident', () => {
  it('is due so long after Resolved', () => {
    const promise = postmortemOf(resolved, at('12:00'), SETTINGS);
    expect(promise).toEqual({ due: at('2026-11-23 10:00'), state: 'due' });
  });

  it('is overdue after that', () => {
    expect(postmortemOf(resolved, at('2026-11-23 10:00'), SETTINGS)?.state).toBe('due');
    expect(postmortemOf(resolved, at('2026-11-23 10:01'), SETTINGS)?.state).toBe('overdue');
  });

  it('is delivered by a Postmortem update, even late', () => {
    const { updates } = incident([
      ['investigating', '09:00'],
      ['resolved', '10:00'],
      ['postmortem', '2026-11-26 10:00'],
    ]);
    const promise = postmortemOf({ ...resolved, updates }, at('2026-11-27'), SETTINGS);
    expect(promise?.state).toBe('delivered');
    expect(said(promise?.delivered?.at ?? 0)).toBe('2026-11-26 10:00');
  });

  it('is due by the time of its impact, and of a minor one never', () => {
    const settings = { critical: 72 * HOUR, major: 120 * HOUR };
    const due = (impact: 'major' | 'minor' | 'none') =>
      postmortemOf({ ...resolved, impact }, at('12:00'), settings)?.due;
    expect([due('major'), due('minor'), due('none')]).toEqual([at('2026-11-25 10:00'), undefined, undefined]);
  });

  it('is delivered at the instant of the end, and spoken of for thirty days', () => {
    const { updates } = incident([
      ['investigating', '09:00'],
      ['resolved', '10:00'],
      ['postmortem', '10:00'],
    ]);
    expect(postmortemOf({ ...resolved, updates }, at('12:00'), SETTINGS)?.state).toBe('delivered');
    expect(postmortemOf(resolved, at('2026-12-20 10:00'), SETTINGS)?.state).toBe('overdue');
    expect(postmortemOf(resolved, at('2026-12-20 10:01'), SETTINGS)).toBeUndefined();
  });

  it('of before a reopening explains nothing', () => {
    const again = incident(
      [
        ['investigating', '08:00'],
        ['resolved', '08:10'],
        ['postmortem', '08:20'],
        ['investigating', '09:00'],
        ['resolved', '10:00'],
      ],
      { impact: 'critical' },
    );
    expect(postmortemOf(again, at('12:00'), SETTINGS)?.state).toBe('due');
  });

  describe('that was agreed when it was resolved', () => {
    const NONE = { critical: null, major: null };
    const agreed = incident(
      [
        ['investigating', '09:00'],
        ['resolved', '10:00', { postmortemBy: at('2026-11-21 17:00') }],
      ],
      { impact: 'minor' },
    );

    it('is due then, whatever the impact and the settings', () => {
      expect(postmortemOf(agreed, at('12:00'), NONE)).toEqual({ due: at('2026-11-21 17:00'), state: 'due' });
      expect(postmortemOf({ ...agreed, impact: 'critical' }, at('2026-11-22'), SETTINGS)?.state).toBe('overdue');
    });

    it('is due by the newest promise, and not by one from before a reopening', () => {
      const [first, resolvedThen] = agreed.updates;
      const { updates } = incident([
        ['investigating', '09:00'],
        ['resolved', '10:00'],
        ['update', '11:00', { postmortemBy: at('2026-11-24') }],
      ]);
      const later = [first, resolvedThen, updates[2]].filter((update) => update !== undefined);
      expect(postmortemOf({ ...agreed, updates: later }, at('12:00'), NONE)?.due).toBe(at('2026-11-24'));
      const again = incident([
        ['investigating', '09:00'],
        ['resolved', '10:00', { postmortemBy: at('2026-11-21 17:00') }],
        ['investigating', '10:30'],
        ['resolved', '11:00'],
      ]);
      expect(postmortemOf(again, at('12:00'), NONE)).toBeUndefined();
    });
  });

  it.each([
    ['while the incident is open', incident([['investigating', '09:00']], { impact: 'critical' }), at('12:00')],
    ['for a minor impact', { ...resolved, impact: 'minor' as const }, at('12:00')],
    ['where the settings say none', { ...resolved, impact: 'major' as const }, at('12:00')],
    ['of long ago', resolved, at('2026-12-21')],
  ])('is not promised %s', (_, event, now) => {
    expect(postmortemOf(event, now, SETTINGS)).toBeUndefined();
  });
});
