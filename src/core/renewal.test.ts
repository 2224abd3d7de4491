import { isUnsettled, nextRenewal } from './upcoming-changes.ts';
import { describe, expect, it } from 'vitest';
import type { Given } from '../__tests__/support/core.ts';
import { at, incident, ledger, maintenance, open, said } from '../__tests__/support/core.ts';

const next = (given: Given) => said(nextRenewal(ledger(given)));
const told = (time: string, details = {}) =>
  incident([['investigating', time, details]], { components: { db: 'partial_outage' } });

describe('the next build', () => {
  it('comes with the next day of the site’s zone when nothing turns', () => {
    expect(next({})).toBe('2026-11-21 00:00');
    expect(next({ zone: 'Europe/Berlin' })).toBe('23:00');
  });

  it('comes when something turns: a promise with its grace, a maintenance', () => {
    expect(next({ incidents: [told('11:50', { nextUpdate: at('12:20') })] })).toBe('12:25:00.001');
    expect(next({ maintenance: [maintenance('15:00', '16:00')] })).toBe('15:00');
  });

  it('comes within the hour while something is open and spoken of', () => {
    expect(next({ incidents: [told('11:50')] })).toBe('13:00');
    expect(next({ incidents: [told('2026-11-19 12:01')] })).toBe('13:00');
    expect(next({ maintenance: [maintenance('11:00', '11:30', [['in_progress', '11:05']])] })).toBe('13:00');
  });

  it('comes daily once nothing was said of it for a day, and for a notice', () => {
    expect(next({ incidents: [told('2026-11-19 11:59')] })).toBe('2026-11-21 00:00');
    expect(next({ incidents: [open({}, { impact: 'none' })] })).toBe('2026-11-21 00:00');
  });
});

it('something is not over while an incident is open or work goes on; a notice does not count', () => {
  expect(isUnsettled(ledger({}))).toBe(false);
  expect(isUnsettled(ledger({ incidents: [open({}, { impact: 'none' })] }))).toBe(false);
  expect(isUnsettled(ledger({ incidents: [open({ db: 'major_outage' })] }))).toBe(true);
  expect(isUnsettled(ledger({ maintenance: [maintenance('11:00', '13:00')] }))).toBe(true);
  expect(isUnsettled(ledger({ maintenance: [maintenance('13:00', '14:00')] }))).toBe(false);
});
