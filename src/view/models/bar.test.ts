import { describe, expect, it } from 'vitest';
import { at, component, incident, maintenance } from '../../__tests__/support/core.ts';
import type { Given } from '../../__tests__/support/core.ts';
import { contextOf } from '../../__tests__/support/view.ts';
import { barOf, figureOf } from './bar.ts';

const since = at('2026-01-01');

function bar(given: Given, fields = {}, days = 90) {
  const one = component('checkout', { name: 'Checkout', since, ...fields });
  const context = contextOf({ tree: [one], ...given });
  context.ledger.content.site.uptime.days = days;
  return barOf(context, one);
}

const outage = incident(
  [
    ['investigating', '2026-11-03 10:00'],
    ['resolved', '2026-11-03 11:12'],
  ],
  {
    title: 'Nobody can pay',
    components: { checkout: 'major_outage' },
  },
);

describe('a bar of days', () => {
  it('is one run when nothing happened, and one row in words', () => {
    const { runs, days, rows, figure } = bar({});
    expect(runs).toEqual([{ pattern: 'ok', path: 'M0 0h90v32h-90z' }]);
    expect(days).toEqual([]);
    expect(rows).toEqual([{ days: '23 Aug – 20 Nov', status: 'Operational', events: [] }]);
    expect(figure).toBe('100% uptime');
  });

  it('draws a day that stands out alone and tells what happened on it', () => {
    const { runs, days, rows, figure } = bar({ incidents: [outage] });
    expect(runs.map(({ path }) => path)).toEqual(['M0 0h72v32h-72z', 'M73 0h17v32h-17z']);
    expect(days).toEqual([{ tone: 'major', path: 'M72 0h1v32h-1z', title: '3 Nov: Major outage, 1 hour 12 minutes' }]);
    expect(rows.map(({ days: when, status }) => `${when}: ${status}`)).toEqual([
      '4 – 20 Nov: Operational',
      '3 Nov: Major outage, 1 hour 12 minutes',
      '23 Aug – 2 Nov: Operational',
    ]);
    expect(rows[1]?.events).toEqual([{ text: 'Nobody can pay', href: '/status/incidents/incident/' }]);
    expect(figure).toBe('99.94% uptime');
  });

  it('draws bad days that follow each other one by one', () => {
    const long = incident(
      [
        ['investigating', '2026-11-03 10:00'],
        ['resolved', '2026-11-04 10:00'],
      ],
      { components: { checkout: 'major_outage' } },
    );
    expect(bar({ incidents: [long] }).days.map(({ path }) => path)).toEqual(['M72 0h1v32h-1z', 'M73 0h1v32h-1z']);
  });

  it('gives each status a shape of its own', () => {
    const statuses = ['degraded_performance', 'partial_outage', 'major_outage'] as const;
    const shapes = statuses.map(
      (status) => bar({ incidents: [{ ...outage, components: { checkout: status } }] }).days[0],
    );
    const work = maintenance('2026-11-03 10:00', '2026-11-03 11:00', [], {
      components: { checkout: 'under_maintenance' },
    });
    const all = [...shapes, bar({ maintenance: [work] }).days[0]];
    expect(new Set(all.map((day) => day?.path)).size).toBe(4);
    expect(all.map((day) => day?.tone)).toEqual(['degraded', 'partial', 'major', 'maintenance']);
  });

  it('shows no data before the beginning, never green', () => {
    const { runs, rows } = bar({}, { since: at('2026-11-11') });
    expect(runs).toEqual([
      { pattern: 'unknown', path: 'M0 0h80v32h-80z' },
      { pattern: 'ok', path: 'M80 0h10v32h-10z' },
    ]);
    expect(rows.map(({ status }) => status)).toEqual(['Operational', 'No data']);
    expect(bar({}, { since: undefined }).figure).toBe('No data yet');
    expect(bar({}, { since: at('2026-11-18') }).figure).toBe('100% uptime since 18 Nov');
  });

  it.each([
    [90, '90 days ago'],
    [7, '7 days ago'],
    [1, 'Today'],
  ])('of %i days says how long ago it begins', (days, first) => {
    const made = bar({}, {}, days);
    expect(made.width).toBe(days);
    expect(made.caption).toEqual({ first, last: 'Today' });
    expect(made.runs[0]?.path).toBe(`M0 0h${days}v32h-${days}z`);
  });

  it('tells every status of a day, worst first', () => {
    const turning = incident(
      [
        ['investigating', '2026-11-03 10:00'],
        ['update', '2026-11-03 11:00', { components: { checkout: 'major_outage' } }],
        ['resolved', '2026-11-03 11:30'],
      ],
      { components: { checkout: 'degraded_performance' } },
    );
    expect(bar({ incidents: [turning] }).rows[1]?.status).toBe(
      'Major outage, 30 minutes; Degraded performance, 1 hour',
    );
  });
});

describe('the uptime in a list', () => {
  const figure = (given: Given, fields = {}) => {
    const one = component('checkout', { name: 'Checkout', since, ...fields });
    return figureOf(contextOf({ tree: [one], ...given }), one);
  };

  it('is a number, with the rest of its sentence for screen readers', () => {
    expect(figure({ incidents: [outage] })).toEqual({ before: '', number: '99.94%', after: ' uptime' });
    expect(figure({}, { since: at('2026-11-18') })).toEqual({
      before: '',
      number: '100%',
      after: ' uptime since 18 Nov',
    });
    expect(figure({}, { since: undefined })).toEqual({ before: 'No data yet', number: '–', after: '' });
  });

  it('refers to a note where it is 100% beside days with problems', () => {
    const slow = { ...outage, components: { checkout: 'degraded_performance' as const } };
    expect(figure({ incidents: [slow] }).number).toBe('100%*');
    expect(figure({ incidents: [outage] }).number).toBe('99.94%');
    expect(figure({}).number).toBe('100%');
  });
});
