import { describe, expect, test } from 'vitest';
import { incident, ledger } from '../../__tests__/support/core.ts';
import { monthReport, repeatedOf } from './month-report.ts';

describe('again and again', () => {
  const failed = (day: string) =>
    incident(
      [
        ['investigating', `${day} 09:00`],
        ['resolved', `${day} 10:00`],
      ],
      { id: day, components: { checkout: 'degraded_performance' } },
    );
  const again = (month: string, days: string[]) =>
    monthReport(ledger({ incidents: days.map(failed) }), month).repeated.map(({ component, incidents }) => [
      component.id,
      ...incidents.map(({ id }) => id),
    ]);

  test('is three times within ninety days, the last in the month', () => {
    const days = ['2026-07-04', '2026-08-20', '2026-10-02'];
    expect(again('2026-10', days)).toEqual([['checkout', '2026-10-02', '2026-08-20', '2026-07-04']]);
    expect(again('2026-11', days)).toEqual([]);
    expect(again('2026-10', ['2026-07-03', '2026-08-20', '2026-10-02'])).toEqual([]);
  });

  test('is found in any of the last months', () => {
    const made = ledger({ incidents: ['2026-01-04', '2026-01-20', '2026-03-02', '2026-11-02'].map(failed) });
    expect(repeatedOf(made, 12).map(({ incidents }) => incidents.length)).toEqual([3]);
    expect(repeatedOf(made, 8)).toEqual([]);
  });
});
