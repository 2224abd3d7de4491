import { describe, expect, test } from 'vitest';
import { compareSeverity, impactByHand, isRecovering, severityOf } from './incident.ts';
import { at, incident, open } from '../__tests__/support/core.ts';

describe('the severity of an incident', () => {
  test('is the worst status that its components have now while it is open, and the worst they had afterwards', () => {
    const until = (...end: ['resolved', string][]) =>
      incident(
        [['investigating', '09:00'], ['identified', '10:00', { components: { db: 'partial_outage' } }], ...end],
        { components: { db: 'major_outage', web: 'degraded_performance' } },
      );
    expect(severityOf(until())).toBe('partial_outage');
    expect(severityOf(until(['resolved', '11:00']))).toBe('major_outage');
  });

  test('is degraded performance, not operational, while an incident is open whose components work again', () => {
    expect(severityOf(open({ db: 'operational' }))).toBe('degraded_performance');
  });

  test('follows the impact where no component is named, and is nothing for a notice', () => {
    expect(severityOf(open({}, { impact: 'critical' }))).toBe('major_outage');
    expect(severityOf(open({}, { impact: 'none' }))).toBe('operational');
  });
});

test('An incident is recovering while it is open and all that it affected works again', () => {
  const works = { components: { db: 'operational' } } as const;
  const after = (...lines: Parameters<typeof incident>[0]) =>
    incident([['investigating', '09:00'], ...lines], { components: { db: 'partial_outage' } });
  expect(isRecovering(after(['monitoring', '10:00', works]))).toBe(true);
  expect(isRecovering(after(['monitoring', '10:00']))).toBe(false);
  expect(isRecovering(after(['monitoring', '10:00', works], ['resolved', '11:00']))).toBe(false);
  expect(isRecovering(open({ db: 'operational' }))).toBe(false);
  expect(isRecovering(open({}))).toBe(false);
});

describe('an impact', () => {
  test('is shown only if it does not follow from the components', () => {
    expect(impactByHand(open({ db: 'partial_outage' }, { impact: 'major' }))).toBeUndefined();
    expect(impactByHand(open({ db: 'partial_outage' }, { impact: 'critical' }))).toBe('critical');
    expect(impactByHand(open({}, { impact: 'major' }))).toBeUndefined();
    expect(impactByHand(open({ db: 'partial_outage' }, { impact: 'minor', partial: true }))).toBeUndefined();
  });
});

test('Incidents are sorted by what they do now, then by impact, then the newest first', () => {
  const ids = [
    open({ db: 'degraded_performance' }, { id: 'slow' }),
    open({ db: 'partial_outage' }, { id: 'older', impact: 'major', started: at('08:00') }),
    open({ db: 'partial_outage' }, { id: 'newer', impact: 'major', started: at('08:30') }),
    open({ db: 'partial_outage' }, { id: 'greater', impact: 'critical', started: at('07:00') }),
    open({}, { id: 'vague', impact: 'critical' }),
  ].sort(compareSeverity);
  expect(ids.map(({ id }) => id)).toEqual(['vague', 'greater', 'newer', 'older', 'slow']);
});

test('An incident that cannot be read in full is sorted by what its components say, or last', () => {
  const ids = [
    open({}, { id: 'unknown', partial: true }),
    open({ db: 'degraded_performance' }, { id: 'slow' }),
    open({ db: 'major_outage' }, { id: 'known', partial: true }),
  ].sort(compareSeverity);
  expect(ids.map(({ id }) => id)).toEqual(['known', 'slow', 'unknown']);
});
