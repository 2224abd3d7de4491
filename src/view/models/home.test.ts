import { describe, expect, it } from 'vitest';
import { incident, maintenance, open } from '../../__tests__/support/core.ts';
import type { Given } from '../../__tests__/support/core.ts';
import { contextOf, linesNow } from '../../__tests__/support/view.ts';
import { homeModel } from './home.ts';

describe('the home page', () => {
  it('shows cancelled maintenance where it was announced until its planned time, and not as past', () => {
    const cancelled = maintenance('2026-11-24 02:00', '2026-11-24 04:00', [['cancelled', '2026-11-19 09:00']]);
    const home = homeModel(contextOf({ maintenance: [cancelled] }));
    expect(home.maintenance.items.map(({ lines }) => linesNow(lines)[0])).toEqual([
      expect.stringContaining('Cancelled · 24 Nov, 02:00 UTC'),
    ]);
    expect(home.past.entries.map(({ kind }) => kind)).toEqual(['quiet']);
  });

  it('tells the incident that speaks under the answer and the others by their titles', () => {
    const home = homeModel(
      contextOf({
        incidents: [
          open({ checkout: 'major_outage' }, { id: 'down', title: 'Down' }),
          open({ website: 'degraded_performance' }, { id: 'slow', title: 'Slow' }),
        ],
      }),
    );
    expect(home.page.title).toBe('Down · Acme status');
    expect(home.lead).toMatchObject({ title: 'Down', speaks: true, lines: [] });
    expect(home.open).toMatchObject({ title: 'Other open incidents', incidents: [{ title: 'Slow', speaks: false }] });
    expect(linesNow(home.open.incidents[0]?.lines ?? [])).toEqual([
      'Investigating · Degraded performance · since 09:00 UTC',
    ]);
  });

  it('says once that work runs over, in the answer while that is about it', () => {
    const late = maintenance('09:00', '10:00', [['in_progress', '09:05']], { title: 'New disks' });
    const linesBelow = (given: Given) => linesNow(homeModel(contextOf(given)).maintenance.items[0]?.lines ?? []);
    const window = 'In progress · 09:00 UTC – 10:00 UTC';
    expect(linesBelow({ maintenance: [late] })).toEqual([window]);
    expect(linesBelow({ maintenance: [late], incidents: [open({ checkout: 'major_outage' })] })).toEqual([
      window,
      'This is taking longer than planned. It was due to end by 10:00 UTC.',
    ]);
  });

  it('lists a notice as open under a green answer', () => {
    const home = homeModel(
      contextOf({ incidents: [incident([['investigating', '09:00']], { title: 'News', impact: 'none' })] }),
    );
    expect(home.lead).toBeUndefined();
    expect(home.open).toMatchObject({ title: 'Open incidents', incidents: [{ title: 'News', tone: 'note' }] });
  });

  it('folds older updates, and leads to the incident where there are many', () => {
    const lines = ['09:00', '09:10', '09:20', '09:30', '09:40'].map((time) => ['update', time] as ['update', string]);
    const leadOf = (...first: ['investigating' | 'update', string][]) =>
      homeModel(contextOf({ incidents: [incident([...first, ...lines], { impact: 'minor' })] })).lead;
    const short = leadOf(['investigating', '08:50']);
    expect(short?.newest?.time?.text).toBe('09:40 UTC');
    expect(short?.older?.summary).toBe('5 earlier updates');
    expect(short?.older?.updates.map(({ time }) => time?.text).slice(0, 2)).toEqual(['09:30 UTC', '09:20 UTC']);
    expect(short?.more.map(({ text }) => text)).not.toContain('Incident page');
    const long = leadOf(['investigating', '08:40'], ['update', '08:50']);
    expect(long?.older).toBeUndefined();
    expect(long?.more[0]).toMatchObject({ text: 'All 7 updates', href: '/status/incidents/incident/' });
  });

  it('draws quiet days together, and leaves out what is told above', () => {
    const past = incident(
      [
        ['investigating', '2026-11-15 09:00'],
        ['resolved', '2026-11-15 10:00'],
      ],
      { id: 'past' },
    );
    const { entries } = homeModel(contextOf({ incidents: [past, open({ checkout: 'major_outage' })] })).past;
    expect(entries).toMatchObject([
      { kind: 'quiet', text: 'No new incidents, 16 – 19 November' },
      { kind: 'day', day: 'Sunday 15 November', events: [{ id: 'e-past', html: '' }] },
      { kind: 'quiet', text: 'No new incidents, 7 – 14 November' },
    ]);
  });

  it('shows five events of the past, and folds days that would be more', () => {
    const incidents = Array.from({ length: 8 }, (_, index) => {
      const day = `2026-11-${String(17 - Math.floor(index / 2))}`;
      const updates: Parameters<typeof incident>[0] = [
        ['investigating', `${day} 09:0${String(index % 2)}`],
        ['resolved', `${day} 10:00`],
      ];
      return incident(updates, { id: `i-${String(index)}` });
    });
    const days = homeModel(contextOf({ incidents })).past.entries.filter((entry) => entry.kind === 'day');
    expect(days.map(({ folded }) => folded)).toEqual([undefined, undefined, '2 incidents', '2 incidents']);
  });

  it('shows five events of a newest day that has many, and folds the rest', () => {
    const incidents = Array.from({ length: 8 }, (_, index) =>
      incident(
        [
          ['investigating', `2026-11-19 09:0${String(index)}`],
          ['resolved', '2026-11-19 10:00'],
        ],
        { id: `i-${String(index)}` },
      ),
    );
    const [day] = homeModel(contextOf({ incidents })).past.entries.filter((entry) => entry.kind === 'day');
    expect(day).toMatchObject({ events: { length: 5 }, more: { summary: '3 incidents', items: { length: 3 } } });
  });

  it('tells the worst of many open incidents in full, five in a line each, and folds the rest', () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      open({ checkout: index === 4 ? 'major_outage' : 'degraded_performance' }, { id: `i-${String(index)}` }),
    );
    const { lead, open: others } = homeModel(contextOf({ incidents: many }));
    expect(lead?.id).toBe('e-i-4');
    expect(others.incidents).toEqual([]);
    expect(others.lines).toHaveLength(5);
    expect(others.more).toMatchObject({ summary: '3 more open incidents', items: { length: 3 } });
  });

  it('folds maintenance that is more than a week ahead', () => {
    const given = [
      maintenance('2026-11-24 02:00', '2026-11-24 04:00'),
      maintenance('2026-12-24 02:00', '2026-12-24 04:00', [], { id: 'far' }),
    ];
    const { items, later } = homeModel(contextOf({ maintenance: given })).maintenance;
    expect(items).toHaveLength(1);
    expect(later).toMatchObject({ summary: '1 later', items: [{ id: 'e-far' }] });
  });

  it('folds maintenance that is more than a day ahead while an incident is open, and leaves the text of that in progress to its page', () => {
    const given = [
      maintenance('2026-11-20 09:00', '2026-11-20 11:00', [['in_progress', '2026-11-20 09:00']], { id: 'now' }),
      maintenance('2026-11-24 02:00', '2026-11-24 04:00', [], { id: 'far' }),
    ];
    const told = (incidents: ReturnType<typeof open>[]) => {
      const { items, later } = homeModel(contextOf({ maintenance: given, incidents })).maintenance;
      return { texts: items.map(({ id, html }) => [id, html !== '']), later: later?.items.map(({ id }) => id) };
    };
    expect(told([])).toEqual({
      texts: [
        ['e-now', true],
        ['e-far', false],
      ],
      later: undefined,
    });
    expect(told([open({ checkout: 'major_outage' })])).toEqual({ texts: [['e-now', false]], later: ['e-far'] });
  });

  it('has of maintenance that recurs the next occurrence alone', () => {
    const each = ['2026-11-24', '2026-12-01', '2026-12-08'].map((day) =>
      maintenance(`${day} 02:00`, `${day} 04:00`, [], { id: `db-${day}`, series: 'db' }),
    );
    const { items } = homeModel(contextOf({ maintenance: each })).maintenance;
    expect(items.map(({ id }) => id)).toEqual(['e-db-2026-11-24']);
  });
});
