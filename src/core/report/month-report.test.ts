import { describe, expect, it } from 'vitest';
import type { Given } from '../../__tests__/support/core.ts';
import { component, content, incident, ledger, maintenance, said } from '../../__tests__/support/core.ts';
import { buildLedger } from '../ledger.ts';
import { uptime } from '../uptime.ts';
import { monthReport, reportInputs, reportMonths } from './month-report.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const report = (given: Given, month = '2026-11') => monthReport(ledger(given), month);

describe('a month that was worked out by hand', () => {
  // Checkout fails from 09:00 to 11:00, for its last hour along with the website; told at 09:10, promised for 09:30.
  const first = incident(
    [
      ['investigating', '2026-10-05 09:10', { nextUpdate: Date.parse('2026-10-05T09:30Z') }],
      [
        'identified',
        '2026-10-05 09:34',
        { nextUpdate: Date.parse('2026-10-05T10:00Z'), components: { checkout: 'major_outage' } },
      ],
      ['update', '2026-10-05 10:20'],
      ['resolved', '2026-10-05 11:05', { ended: Date.parse('2026-10-05T11:00Z') }],
      ['postmortem', '2026-10-08 12:00'],
    ],
    {
      id: 'first',
      impact: 'critical',
      started: Date.parse('2026-10-05T09:00Z'),
      components: { checkout: 'partial_outage' },
    },
  );
  const second = incident(
    [
      ['investigating', '2026-10-05 10:00'],
      ['resolved', '2026-10-05 12:00'],
    ],
    {
      id: 'second',
      impact: 'major',
      started: Date.parse('2026-10-05T10:00Z'),
      components: { checkout: 'partial_outage', website: 'partial_outage' },
    },
  );
  // Resolved and reopened: 20:00 to 20:30, and again from 22:00 to 22:15.
  const third = incident(
    [
      ['investigating', '2026-10-20 20:05'],
      ['resolved', '2026-10-20 20:30'],
      ['investigating', '2026-10-20 22:00'],
      ['resolved', '2026-10-20 22:15'],
    ],
    { id: 'third', impact: 'major', started: Date.parse('2026-10-20T20:00Z'), components: { website: 'major_outage' } },
  );
  const notice = incident([['investigating', '2026-10-21 10:00']], { id: 'notice', impact: 'none' });
  const october = report(
    {
      now: '2026-11-20 12:00',
      tree: [
        component('checkout', { since: Date.parse('2026-01-01T00:00Z'), sla: 99.9 }),
        component('website', { since: Date.parse('2026-10-11T00:00Z') }),
        component('db', { since: Date.parse('2026-01-01T00:00Z'), sla: 99.99 }),
        component('later', { since: Date.parse('2026-11-01T00:00Z') }),
      ],
      incidents: [first, second, third, notice],
      maintenance: [maintenance('2026-10-15 02:00', '2026-10-15 04:00')],
    },
    '2026-10',
  );
  const of = (id: string) => october.components.find((one) => one.component.id === id);

  it('has each incident as it was told', () => {
    expect(
      october.incidents.map((record) => ({
        id: record.incident.id,
        first: record.firstUpdate / MINUTE,
        updates: record.updates,
        silence: [said(record.silence.from).slice(-5), record.silence.length / MINUTE],
        promises: record.promises.map(({ state }) => state),
        resolved: (record.resolvedAfter ?? 0) / MINUTE,
      })),
    ).toEqual([
      { id: 'third', first: 5, updates: 4, silence: ['20:05', 25], promises: [], resolved: 135 },
      { id: 'second', first: 0, updates: 2, silence: ['10:00', 120], promises: [], resolved: 120 },
      { id: 'first', first: 10, updates: 4, silence: ['09:34', 46], promises: ['kept', 'late'], resolved: 120 },
    ]);
  });

  it('has what they come to', () => {
    expect(october.figures).toEqual({
      incidents: 3,
      open: 0,
      firstUpdate: { count: 3, median: 5 * MINUTE, mean: 5 * MINUTE, greatest: 10 * MINUTE },
      toldAtOnce: 1,
      updates: { count: 3, median: 4, mean: 10 / 3, greatest: 4 },
      silence: { count: 3, median: 46 * MINUTE, mean: ((25 + 120 + 46) / 3) * MINUTE, greatest: 120 * MINUTE },
      promises: { kept: 1, late: 1, missed: 0, due: 0, latestBy: 20 * MINUTE },
      resolvedAfter: { count: 3, median: 120 * MINUTE, mean: 125 * MINUTE, greatest: 135 * MINUTE },
      // Checkout from 09:00 to 12:00; the website from 20:00 to 20:30 and from 22:00 to 22:15, since it was not there before.
      anyDown: 225 * MINUTE,
    });
    expect(october.notices).toBe(1);
  });

  it('has the downtime of each component, overlaps once and as the worst', () => {
    // 09:00–09:34 partial, 09:34–11:00 major, 11:00–12:00 partial: one outage.
    expect(of('checkout')).toMatchObject({
      tally: { time: { partial_outage: 94 * MINUTE, major_outage: 86 * MINUTE }, outages: 1 },
      down: 180 * MINUTE,
      downInYear: 180 * MINUTE,
      // 1 − (86 + 0.3 × 94) / 44640 = 0.997441…
      uptime: 99.74,
      // 0.1 % of 44640 minutes; 86 + 0.3 × 94 minutes.
      sla: { target: 99.9, allowed: 44.64 * MINUTE, used: 114.2 * MINUTE, state: 'missed' },
    });
    // The part of the first outage is before it was offered; from the 11th on there are 21 days.
    expect(of('website')).toMatchObject({
      tally: { time: { major_outage: 45 * MINUTE }, outages: 2 },
      known: { from: Date.parse('2026-10-11T00:00Z'), to: Date.parse('2026-11-01T00:00Z') },
      uptime: 99.85,
    });
    expect(of('db')).toMatchObject({ uptime: 100, down: 0, sla: { used: 0, state: 'met' } });
    expect(of('db')?.tally).toEqual({ time: { under_maintenance: 120 * MINUTE }, outages: 0 });
    expect(october.unknown.map(({ id }) => id)).toEqual(['later']);
  });

  it('has the time between failures: time not in outage by the number of outages', () => {
    // 21 days less 45 minutes, two outages.
    expect(of('website')?.twelveMonths).toEqual({
      known: 21 * DAY,
      down: 45 * MINUTE,
      outages: 2,
      betweenFailures: (21 * DAY - 45 * MINUTE) / 2,
    });
    expect(of('db')?.twelveMonths.betweenFailures).toBeUndefined();
  });

  it('is over, and says nothing of now', () => {
    expect(october.asOf).toBeUndefined();
  });
});

describe('an incident', () => {
  it.each<[string, [string, string]]>([
    ['UTC', ['2026-10', '2026-10-31 23:30']],
    ['Europe/Berlin', ['2026-11', '2026-10-31 23:30']],
    ['America/Los_Angeles', ['2026-10', '2026-11-01 06:59']],
  ])('belongs to the month in which it began in %s', (zone, [month, time]) => {
    const told = incident([
      ['investigating', time],
      ['resolved', '2026-11-03 10:00'],
    ]);
    const made = ledger({ zone, incidents: [told] });
    expect(reportMonths(made).filter((name) => monthReport(made, name).incidents.length > 0)).toEqual([month]);
  });

  it('that was told before it began was told at once', () => {
    const [record] = report({
      incidents: [incident([['investigating', '09:00']], { started: Date.parse('2026-11-20T09:30Z') })],
    }).incidents;
    expect(record?.firstUpdate).toBe(0);
    expect(record?.silence.length).toBe(3 * HOUR);
  });

  it('that is open has no time to resolve, and its silence goes on until now', () => {
    const { figures, incidents, asOf } = report({
      incidents: [incident([['investigating', '09:00']])],
      now: '2026-11-20 12:00',
    });
    expect(figures).toMatchObject({ open: 1, incidents: 1 });
    expect(figures.resolvedAfter).toBeUndefined();
    expect(incidents[0]?.silence.length).toBe(3 * HOUR);
    expect(asOf).toBe(Date.parse('2026-11-20T12:00Z'));
  });

  it('that is open keeps the report of its month, long over, from being final', () => {
    const open = incident([['investigating', '2026-09-10 09:00']]);
    const later = incident(
      [
        ['investigating', '2026-10-10 09:00'],
        ['resolved', '2026-10-10 10:00'],
      ],
      { id: 'b' },
    );
    const made = ledger({ incidents: [open, later] });
    expect(monthReport(made, '2026-09').asOf).toBe(made.now);
    expect(monthReport(made, '2026-10').asOf).toBeUndefined();
  });

  it.each([
    ['09:30', '09:35', 'kept'],
    ['09:30', '09:36', 'late'],
    ['09:30', undefined, 'missed'],
    ['11:58', undefined, 'due'],
  ])('with an update promised for %s and posted at %s has it %s', (due, next, state) => {
    const told = incident([
      ['investigating', '09:00', { nextUpdate: Date.parse(`2026-11-20T${due}Z`) }],
      ...(next ? [['resolved', next] as ['resolved', string]] : []),
    ]);
    expect(report({ incidents: [told] }).figures.promises).toMatchObject({ [state]: 1 });
  });
});

describe('a component', () => {
  const down = (from: string, to: string, id = from) =>
    incident(
      [
        ['investigating', from],
        ['resolved', to],
      ],
      { id, impact: 'critical', components: { checkout: 'major_outage' } },
    );
  const checkout = (given: Given, month: string) =>
    report(given, month).components.find((one) => one.component.id === 'checkout');

  it('that was down over the turn of a month has each part in its month, and the outage in the first', () => {
    const given = { incidents: [down('2026-10-31 22:00', '2026-11-01 01:00')] };
    expect(checkout(given, '2026-10')?.tally).toEqual({ time: { major_outage: 2 * HOUR }, outages: 1 });
    expect(checkout(given, '2026-11')?.tally).toEqual({ time: { major_outage: HOUR }, outages: 0 });
    expect(checkout(given, '2026-11')?.downInYear).toBe(3 * HOUR);
  });

  it('has the downtime of the calendar year, and of twelve months', () => {
    const given = {
      incidents: [
        down('2025-12-10 10:00', '2025-12-10 12:00'),
        down('2026-02-10 10:00', '2026-02-10 11:00'),
        down('2025-11-10 10:00', '2025-11-10 15:00'),
      ],
    };
    expect(checkout(given, '2026-11')).toMatchObject({
      downInYear: HOUR,
      twelveMonths: { down: 3 * HOUR, outages: 2 },
    });
    expect(checkout(given, '2026-01')).toMatchObject({ downInYear: 0, twelveMonths: { down: 7 * HOUR, outages: 2 } });
  });

  it('that was there before anything was on record counts its time from before', () => {
    const tree = [component('checkout', { since: Date.parse('2025-01-01T00:00Z') })];
    const { twelveMonths } =
      checkout({ tree, incidents: [down('2026-10-10 10:00', '2026-10-10 12:00')] }, '2026-10') ?? {};
    expect(twelveMonths).toMatchObject({ known: 365 * DAY, betweenFailures: 365 * DAY - 2 * HOUR });
  });

  it('has in the month that goes on all of its allowance, and is told when that is used up', () => {
    const tree = [component('checkout', { sla: 99.9, since: Date.parse('2026-01-01T00:00Z') })];
    const allowed = 0.001 * 30 * DAY;
    const used = (minutes: number) =>
      checkout({ tree, incidents: [down('2026-11-20 10:00', `2026-11-20 10:${minutes}`)] }, '2026-11')?.sla;
    expect(used(43)).toEqual({ target: 99.9, allowed, used: 43 * MINUTE, state: 'running' });
    expect(used(44)?.state).toBe('missed');
  });

  it('meets a promise with exactly what it allows, to the millisecond', () => {
    const tree = [component('checkout', { sla: 99.9, since: Date.parse('2026-01-01T00:00Z') })];
    // 0.1 % of September are 43 minutes and 12 seconds.
    const sla = (end: string) =>
      checkout({ tree, incidents: [down('2026-09-10 10:00', `2026-09-10 ${end}`)] }, '2026-09')?.sla?.state;
    expect(sla('10:43:12')).toBe('met');
    expect(sla('10:43:13')).toBe('missed');
  });

  it('that was retired in the month counts until then, and not at all after', () => {
    const retired = Date.parse('2026-10-11T00:00Z');
    const tree = [component('checkout', { since: Date.parse('2026-01-01T00:00Z'), retired, sla: 99 })];
    const given = { tree, incidents: [down('2026-10-10 12:00', '2026-10-12 00:00')] };
    expect(checkout(given, '2026-10')).toMatchObject({ down: 12 * HOUR, uptime: 95, sla: { allowed: 0.1 * DAY } });
    expect(checkout(given, '2026-11')).toBeUndefined();
  });

  it('has the uptime that is told elsewhere of the same time', () => {
    const given = {
      incidents: [down('2026-10-03 10:00', '2026-10-03 13:17'), down('2026-10-09 10:00', '2026-10-09 10:01')],
      now: '2026-11-20 12:00',
    };
    const made = ledger(given);
    const one = made.content.components.get('checkout');
    const month = { from: Date.parse('2026-10-01T00:00Z'), to: Date.parse('2026-11-01T00:00Z') };
    expect(one && uptime(made, one, month, made.content.site.uptime.weights)).toBe(checkout(given, '2026-10')?.uptime);
  });
});

describe('what a report depends on', () => {
  const made = (months: string[]) =>
    content({
      incidents: months.map((month) =>
        incident(
          [
            ['investigating', `${month}-05 09:00`],
            ['resolved', `${month}-05 10:00`],
          ],
          { id: month, components: { checkout: 'major_outage' } },
        ),
      ),
    });
  const names = ['2025-06', '2025-10', '2025-12', '2026-05', '2026-09', '2026-10'];
  const now = Date.parse('2026-11-20T12:00Z');

  it('is what happened in the month, and what did harm in the eleven before', () => {
    const inputs = reportInputs(buildLedger(made(names), now), '2026-09');
    const ids = [...inputs.before, inputs.events].flatMap((events) => [...events].map(({ id }) => id));
    expect([...new Set(ids)].sort()).toEqual(['2025-10', '2025-12', '2026-05', '2026-09']);
    expect(inputs.now).toBeUndefined();
  });

  it('is all of it: without any other event, and much later, the report is the same', () => {
    const all = buildLedger(made(names), now);
    const fewer = buildLedger(made(['2025-06', '2025-10', '2025-12', '2026-05', '2026-09']), now + 40 * DAY);
    expect(JSON.stringify(monthReport(fewer, '2026-09'))).toBe(JSON.stringify(monthReport(all, '2026-09')));
  });
});

it('is there for every month from the first on record to the present one, quiet ones too', () => {
  expect(
    reportMonths(
      ledger({
        incidents: [
          incident([
            ['investigating', '2026-08-31 23:59'],
            ['resolved', '2026-09-01 01:00'],
          ]),
        ],
      }),
    ),
  ).toEqual(['2026-11', '2026-10', '2026-09', '2026-08']);
  expect(reportMonths(ledger({}))).toEqual(['2026-11']);
  expect(() => report({}, '2026-10')).toThrow('There is no report for 2026-10.');
});
