import { reportPages } from './all-pages.ts';
import { allPages } from './all-pages.ts';
import { describe, expect, it, test } from 'vitest';
import type { Given } from '../../__tests__/support/core.ts';
import { component, incident } from '../../__tests__/support/core.ts';
import type { ViewContext } from '../context.ts';
import { contextOf, plain } from '../../__tests__/support/view.ts';
import { historyModel, monthModel } from './history.ts';
import { reportModel } from './report.ts';
import { reportsModel } from './reports.ts';

const failed = (day: string, fields = {}) =>
  incident(
    [
      ['investigating', `${day} 09:10`, { nextUpdate: Date.parse(`${day}T09:30Z`) }],
      ['resolved', `${day} 10:00`],
    ],
    {
      id: day,
      title: `Trouble ${day}`,
      impact: 'critical',
      started: Date.parse(`${day}T09:00Z`),
      components: { checkout: 'major_outage' },
      ...fields,
    },
  );
const GIVEN: Given = {
  now: '2026-11-20 12:00',
  tree: [component('checkout', { sla: 99.9, since: Date.parse('2025-01-01T00:00Z') }), component('website')],
  incidents: ['2026-09-02', '2026-09-20', '2026-10-06', '2026-11-18'].map((day) => failed(day)),
};

function withReports(reports: 'public' | 'private' | 'off'): ViewContext {
  const context = contextOf(GIVEN);
  const { ledger } = context;
  const content = { ...ledger.content, site: { ...ledger.content.site, reports } };
  return { ...context, ledger: { ...ledger, content } };
}

describe.each(['private', 'off'] as const)('reports that are %s', (reports) => {
  const context = withReports(reports);

  it('have no page', () => {
    expect(reportPages(context)).toEqual([]);
  });

  it('are led to from nowhere', () => {
    const [month] = [{ month: '2026-10', events: [], lasting: [], announcements: [] }];
    expect(allPages(context).filter(({ url }) => url.includes('report'))).toEqual([]);
    expect(
      JSON.stringify([
        historyModel(context),
        monthModel(context, month ?? { month: '', events: [], lasting: [], announcements: [] }),
      ]),
    ).not.toContain('/reports/');
  });
});

test('public reports are led to from the foot, from the history and from its months', () => {
  const context = withReports('public');
  expect(historyModel(context).page.foot.links).toContainEqual({ text: 'Reports', href: '/status/reports/' });
  expect(historyModel(context).reports?.href).toBe('/status/reports/');
  expect(monthModel(context, { month: '2026-10', events: [], lasting: [], announcements: [] }).report?.href).toBe(
    '/status/reports/2026-10/',
  );
  expect(allPages(context).map(({ url }) => url)).toContain('https://acme.example/status/reports/2026-10/');
});

describe('the page of all reports', () => {
  const page = reportsModel(contextOf(GIVEN));

  it('has the last months in a table, the present one as far as it goes', () => {
    expect(page.recent.rows.map(({ link, note, cells }) => [link.text, note, ...cells])).toEqual([
      ['November 2026', 'so far', '1', '10m', '50m', '0 of 1', '1h', '1h'],
      ['October 2026', '', '1', '10m', '50m', '0 of 1', '1h', '1h'],
      ['September 2026', '', '2', '10m', '50m', '0 of 2', '1h', '2h'],
    ]);
  });

  it('says in words what each plot shows', () => {
    expect(page.plots[0]?.label).toBe('Incidents: September 2026 2, October 2026 1, November 2026 1');
    expect(page.plots[0]?.columns.map(({ path }) => path)).toEqual([
      'M0.1 40v-40h.8v40z',
      'M1.1 40v-20h.8v20z',
      'M2.1 40v-20h.8v20z',
    ]);
  });

  it('links each time that a component failed again', () => {
    const [checkout] = page.repeated.components;
    expect(checkout?.link.text).toBe('checkout');
    expect(checkout?.times.map(({ link }) => link.href)).toEqual(
      ['2026-11-18', '2026-10-06', '2026-09-20', '2026-09-02'].map((id) => `/status/incidents/${id}/`),
    );
  });

  it('lists every month by year', () => {
    expect(page.all.years.map(({ year, months }) => [year, months.map(({ link }) => link.text)])).toEqual([
      ['2026', ['November', 'October', 'September']],
    ]);
  });
});

describe('a component that failed more often than there is room for', () => {
  const days = Array.from({ length: 14 }, (_, index) => `2026-10-${String(index + 1).padStart(2, '0')}`);
  const ids = Array.from({ length: 12 }, (_, index) => `part-${index + 1}`);
  const components = Object.fromEntries(ids.map((id) => [id, 'major_outage' as const]));
  const given: Given = {
    tree: ids.map((id) => component(id)),
    incidents: days.map((day) => failed(day, { components })),
  };

  it.each([
    ['/reports/', reportsModel(contextOf(given)).repeated],
    ['a month', reportModel(contextOf(given), '2026-10').repeated],
  ])('is told on %s with its newest times, all counted, and leads to the earlier ones', (_, repeated) => {
    const [first] = repeated.components;
    expect(first?.count).toBe('14 incidents');
    expect(first?.times.map(({ day }) => day)).toEqual([14, 13, 12, 11, 10].map((day) => `${day} October 2026`));
    expect(first?.earlier).toEqual({
      text: '9 earlier incidents: see part-1',
      href: '/status/components/part-1/',
    });
  });

  it('is at least named with its count', () => {
    const { repeated } = reportModel(contextOf(given), '2026-10');
    expect(repeated.components.map(({ link }) => link.text)).toEqual(ids.slice(0, 10));
    expect(repeated.others).toEqual({
      title: '2 more components',
      components: ['part-11', 'part-12'].map((id) => ({
        link: { text: id, href: `/status/components/${id}/` },
        count: '14 incidents',
      })),
    });
  });
});

describe('the page of a month', () => {
  it('has every number with its rule', () => {
    const { figures } = reportModel(contextOf(GIVEN), '2026-09');
    expect(figures.map(({ id, value }) => [id, value])).toEqual([
      ['incidents', '2'],
      ['first_update', '10m'],
      ['updates', '2'],
      ['silence', '50m'],
      ['promises', '0 of 2'],
      ['resolved', '1h'],
      ['down', '2h'],
    ]);
    expect(figures.every(({ rule }) => rule.length > 40)).toBe(true);
  });

  it('shows components with trouble first, and folds the others', () => {
    const { components } = reportModel(contextOf(GIVEN), '2026-09');
    expect(components.troubled.map(({ link, cells }) => [link.text, ...cells.map(({ text }) => text)])).toEqual([
      ['checkout', '99.72%', '99.9% missed', '2h', '2h', '182d 11h'],
    ]);
    expect(components.quiet.rows.map(({ link }) => link.text)).toEqual(['website']);
  });

  it('says until when it counts while it goes on, and nothing of now once it is over', () => {
    expect(plain(reportModel(contextOf(GIVEN), '2026-11').asOf ?? [])).toBe(
      'Month so far, as of 20 Nov 2026, 12:00 UTC',
    );
    const over = reportModel(contextOf(GIVEN), '2026-10');
    expect(over.asOf).toBeUndefined();
    expect(over.page.version).toBeUndefined();
  });

  it('draws an incident from start to end, with its updates and the longest silence', () => {
    const [row] = reportModel(contextOf(GIVEN), '2026-10').incidents.rows;
    // Updates after 10 and 60 minutes of 60.
    expect(row?.rhythm).toEqual({
      line: 'M0 3.5h100v1h-100z',
      silence: 'M16.67 2.5h83.33v3h-83.33z',
      updates: 'M16.67 0h.6v8h-.6zM99.4 0h.6v8h-.6z',
    });
  });

  it('lists the twenty that are open or took longest, counts all, and leads to the file that has all', () => {
    // The first lasts a minute, the second two, and so on; the third goes on.
    const lasting = (minutes: number) => {
      const day = `2026-10-${String(minutes).padStart(2, '0')}`;
      const end = `${day} 00:${String(minutes).padStart(2, '0')}`;
      return incident(
        [['investigating', `${day} 00:00`], ...(minutes === 3 ? [] : [['resolved', end] as ['resolved', string]])],
        {
          id: `lasting-${minutes}`,
        },
      );
    };
    const incidents = Array.from({ length: 23 }, (_, index) => lasting(23 - index));
    const { figures, incidents: table } = reportModel(contextOf({ ...GIVEN, incidents }), '2026-10');
    expect(figures[0]?.value).toBe('23');
    expect(table.rows.map(({ link }) => link.href)).toEqual(
      [...Array.from({ length: 19 }, (_, index) => 23 - index), 3].map((id) => `/status/incidents/lasting-${id}/`),
    );
    expect(plain(table.most ?? [])).toBe(
      'Showing 20 of 23 incidents: those still open and the longest ones. Download all: incidents as CSV.',
    );
    expect(table.most).toContainEqual({ text: 'incidents as CSV', href: '/status/reports/2026-10/incidents.csv' });
    expect(
      reportModel(contextOf({ ...GIVEN, incidents: incidents.slice(3) }), '2026-10').incidents.most,
    ).toBeUndefined();
  });

  it('without incidents keeps what there is to say', () => {
    const quiet: Given = { ...GIVEN, incidents: [failed('2026-09-02'), failed('2026-11-18')] };
    const { figures, incidents } = reportModel(contextOf(quiet), '2026-10');
    expect(figures.map(({ id, value }) => [id, value])).toEqual([
      ['incidents', '0'],
      ['down', '0m'],
    ]);
    expect(incidents.none).toBe('No incidents started in October 2026.');
  });
});
