import { allPages } from './all-pages.ts';
import { describe, expect, it } from 'vitest';
import type { Maintenance } from '../../core/model.ts';
import { at, component, incident, maintenance, open } from '../../__tests__/support/core.ts';
import { contextOf, linesNow, plain, shown, timesNow } from '../../__tests__/support/view.ts';
import { pageOf } from './page.ts';
import { componentModel } from './component.ts';
import { allMonths } from './all-pages.ts';
import { historyModel, monthModel } from './history.ts';
import { homeModel } from './home.ts';
import { incidentModel } from './incident.ts';
import { maintenanceModel } from './maintenance.ts';
import { notFoundModel } from './not-found.ts';

const body = { type: 'root' as const, children: [] };

describe('the page of an incident', () => {
  const resolved = incident(
    [
      ['investigating', '2026-11-18 09:00', { nextUpdate: at('2026-11-18 09:30') }],
      ['resolved', '2026-11-18 11:02', { ended: at('2026-11-18 10:55') }],
      ['postmortem', '2026-11-19 10:00'],
    ],
    { id: '2026-11-18-a.b', impact: 'major', components: { db: 'partial_outage', checkout: 'major_outage' } },
  );

  it('tells how long it took and what was said, newest first', () => {
    const event = incidentModel(contextOf({ incidents: [resolved] }), resolved);
    expect(event.answer.words[0]?.value).toEqual({ tone: 'ok', text: 'Resolved · Major outage · Major impact' });
    expect(timesNow(event.answer)).toEqual([
      'Started 18 Nov 2026, 09:00 UTC',
      'Ended 10:55 UTC',
      'Duration 1 hour 55 minutes',
    ]);
    expect(linesNow(event.answer.lines)).toEqual(['What happened and what we’re changing · 19 Nov 2026, 10:00 UTC']);
    expect(event.updates.map(({ id, update }) => [id, update.word, update.html])).toEqual([
      ['u-2', 'Postmortem', '<p>u-2-</p>'],
      ['u-1', 'Resolved', '<p>u-1-</p>'],
      ['u-0', 'Investigating', '<p>u-0-</p>'],
    ]);
    expect(event.answer.affected.rows.map(({ value }) => value.link.text)).toEqual(['checkout', 'db']);
    expect(event.back).toEqual({ text: 'History for November 2026', href: '/status/history/2026-11/' });
    expect(event.page.canonical).toBe('https://acme.example/status/incidents/2026-11-18-a.b/');
  });

  it('is listed with what was said last before the postmortem', () => {
    const context = contextOf({ incidents: [resolved] });
    const [november] = allMonths(context).map((place) => monthModel(context, place));
    expect(november?.days[0]?.events[0]).toMatchObject({
      html: '<p>e-2026-11-18-a.b-u-1-</p>',
      more: { text: 'All 3 updates' },
      components: ['checkout, db'],
    });
  });

  it('tells each promise as it was given, and what became of it', () => {
    const promised = (...[word, time, next]: ['investigating' | 'update' | 'resolved', string, string?]) =>
      [word, time, next === undefined ? {} : { nextUpdate: at(next) }] as const;
    const one = incident(
      [
        [...promised('investigating', '09:00', '09:30')],
        [...promised('update', '09:34', '10:00')],
        [...promised('update', '10:12', '11:50')],
      ],
      { impact: 'minor' },
    );
    const model = incidentModel(contextOf({ incidents: [one], now: '11:52' }), one);
    const facts = model.updates.map(({ update }) => update.facts.find(({ label }) => label === 'Next update'));
    expect(facts.map((fact) => plain(fact?.value ?? []))).toEqual([
      '20 Nov 2026, 11:50 UTC',
      '20 Nov 2026, 10:00 UTC',
      '20 Nov 2026, 09:30 UTC',
    ]);
    expect(facts.slice(1).map((fact) => fact?.outcomes?.[0]?.value)).toEqual([
      { tone: 'degraded', text: '12 minutes late' },
      { tone: 'ok', text: 'On time' },
    ]);
    const turned = at('11:55') / 1000 + 1;
    expect(shown(facts[0]?.outcomes ?? [], ({ text }) => text)).toEqual([[turned, '…', 'Overdue']]);
    expect(linesNow(model.answer.lines)).toContain('1 of 2 promised updates were on time');
  });

  it.each([
    ['promised', '2026-11-23 10:59', 'We’ll explain what happened by 23 Nov 2026, 11:02 UTC'],
    ['late', '2026-11-23 11:03', 'Our explanation is late. We promised it by 23 Nov 2026, 11:02 UTC.'],
  ])('says that the postmortem is %s', (_, now, line) => {
    const untold = { ...resolved, updates: resolved.updates.slice(0, 2) };
    const model = incidentModel(contextOf({ incidents: [untold], now }), untold);
    expect(linesNow(model.answer.lines)).toContain(line);
  });

  it('leads to the postmortem once it is there', () => {
    const line = incidentModel(contextOf({ incidents: [resolved] }), resolved).answer.lines[0]?.value.text ?? [];
    expect(line[0]).toMatchObject({ href: '/status/incidents/2026-11-18-a.b/#u-2' });
  });

  it('says that a fix which was expected has not come, unless it is being watched', () => {
    const fix = { expectedFix: at('10:00') };
    const lines = (word: 'identified' | 'monitoring') => {
      const one = incident(
        [
          ['investigating', '09:00'],
          [word, '09:30', fix],
        ],
        { impact: 'minor' },
      );
      return linesNow(incidentModel(contextOf({ incidents: [one] }), one).answer.lines);
    };
    expect(lines('identified')).toContain('We expected a fix by 10:00 UTC.');
    expect(lines('monitoring')).toEqual([]);
  });

  it('sets a long title smaller', () => {
    const isLong = (title: string) => incidentModel(contextOf(), { ...resolved, title }).answer.sentence[0]?.value.long;
    expect(isLong('x'.repeat(91))).toBe(true);
    expect(isLong('x'.repeat(90))).toBe(false);
  });
});

describe('the page of a maintenance', () => {
  it('leads to the next occurrence of one that recurs', () => {
    const each = ['2026-11-24', '2026-12-01'].map((day) =>
      maintenance(`${day} 02:00`, `${day} 04:00`, [], { id: `db-${day}`, series: 'db' }),
    );
    const context = contextOf({ maintenance: each });
    const lines = (one: Maintenance) =>
      maintenanceModel(context, one).answer.lines.map(({ value }) => plain(value.text));
    expect(lines(each[0] as Maintenance)).toContain('Next window: 1 Dec 2026, 02:00 UTC');
    expect(lines(each[1] as Maintenance)).toEqual([]);
  });

  it('has its announcement and the turns that the clock brought', () => {
    const work = maintenance('10:00', '11:00', [['scheduled', '09:00']], { announcement: body });
    const event = maintenanceModel(contextOf({ maintenance: [work] }), work);
    expect(event.updates.map(({ id, update }) => [id, update.word])).toEqual([
      ['u-20261120T110000Z-ended', 'Completed'],
      ['u-20261120T100000Z-started', 'In progress'],
      ['u-0', 'Scheduled'],
      ['announcement', 'Announced'],
    ]);
    expect(event.answer.words[0]?.value).toEqual({ tone: 'ok', text: 'Maintenance · Completed' });
    expect(event.back?.href).toBe('/status/history/2026-11/');
  });

  it('turns by the clock, and is in no month before it began', () => {
    const work = maintenance('13:00', '14:00');
    const event = maintenanceModel(contextOf({ maintenance: [work] }), work);
    expect(event.updates).toEqual([]);
    const [start, end] = [at('13:00') / 1000, at('14:00') / 1000];
    expect(shown(event.answer.words, ({ text }) => text)).toEqual([
      ['…', start, 'Maintenance · Scheduled'],
      [start, end, 'Maintenance · In progress'],
      [end, '…', 'Maintenance · Completed'],
    ]);
    expect(shown(event.answer.times, ({ label, value }) => `${label} ${plain(value)}`)).toEqual([
      ['…', start, 'Scheduled for 13:00 UTC – 14:00 UTC'],
      [start, end, 'Since 13:00 UTC'],
      [start, end, 'Until 14:00 UTC'],
      [end, '…', 'Started 20 Nov 2026, 13:00 UTC'],
      [end, '…', 'Ended 14:00 UTC'],
      [end, '…', 'Duration 1 hour'],
    ]);
    expect(event.back).toBeUndefined();
  });

  it('tells the time it took once somebody said that it is done', () => {
    const work = maintenance('2026-11-19 10:00', '2026-11-19 11:00', [
      ['in_progress', '2026-11-19 10:05'],
      ['completed', '2026-11-19 11:40'],
    ]);
    const event = maintenanceModel(contextOf({ maintenance: [work] }), work);
    expect(timesNow(event.answer)).toEqual([
      'Started 19 Nov 2026, 10:00 UTC',
      'Ended 11:40 UTC',
      'Duration 1 hour 40 minutes',
    ]);
  });

  it('tells when one that was cancelled would have been, and promises nothing', () => {
    const work = maintenance('13:00', '14:00', [['cancelled', '11:00', { nextUpdate: at('11:30') }]]);
    const { answer } = maintenanceModel(contextOf({ maintenance: [work] }), work);
    expect(answer.words[0]?.value).toEqual({ tone: 'note', text: 'Maintenance · Cancelled' });
    expect(timesNow(answer)).toEqual(['Scheduled for 20 Nov 2026, 13:00 UTC – 14:00 UTC']);
    expect(linesNow(answer.lines)).toEqual([]);
  });
});

it('names the zone in which lists by day or month have their days and times', () => {
  const one = component('checkout');
  const context = contextOf({ zone: 'Asia/Tokyo', tree: [one], incidents: [open({ checkout: 'partial_outage' })] });
  const [month] = allMonths(context);
  const clocks = [
    homeModel(context).past.clock,
    componentModel(context, one).past.recent.clock,
    month && monthModel(context, month).clock,
  ];
  expect(clocks).toEqual(Array(3).fill('Days and times in this list are in the Asia/Tokyo time zone.'));
});

describe('the page of a component', () => {
  it('does not list a cancelled occurrence as past before its planned time', () => {
    const calledOff = maintenance('2026-11-24 02:00', '2026-11-24 04:00', [], { cancelled: true });
    const recentAt = (now: string) =>
      componentModel(contextOf({ now, maintenance: [calledOff] }), component('db')).past.recent.events.length;
    expect([recentAt('12:00'), recentAt('2026-11-24 02:00')]).toEqual([0, 1]);
  });

  const old = incident(
    [
      ['investigating', '2026-03-02 09:00'],
      ['resolved', '2026-03-02 10:00'],
    ],
    {
      id: 'old',
      components: { checkout: 'major_outage' },
    },
  );

  it('has the events of ninety days, and every year with its months', () => {
    const recent = open({ checkout: 'partial_outage' }, { id: 'now' });
    const checkout = component('checkout', { since: at('2026-01-01') });
    const page = componentModel(contextOf({ tree: [checkout], incidents: [recent, old] }), checkout);
    expect(page.past.recent.events.map(({ id }) => id)).toEqual(['e-now']);
    const year = '/status/components/checkout/history/2026/';
    expect(page.past.earlier.periods).toEqual([
      {
        link: { text: '2026', href: year },
        count: '2 incidents',
        months: [
          { text: 'November', href: `${year}#m-11` },
          { text: 'March', href: `${year}#m-03` },
        ],
      },
    ]);
  });

  it('has the newest ten of the ninety days', () => {
    const many = Array.from({ length: 13 }, (_, index) =>
      incident(
        [
          ['investigating', `2026-11-0${(index % 9) + 1} 09:00`],
          ['resolved', `2026-11-0${(index % 9) + 1} 10:00`],
        ],
        { id: `many-${index}`, components: { checkout: 'partial_outage' } },
      ),
    );
    const checkout = component('checkout', { since: at('2026-01-01') });
    const page = componentModel(contextOf({ tree: [checkout], incidents: [...many, old] }), checkout);
    expect([page.past.recent.title, page.past.recent.events.length]).toEqual(['Most recent 10', 10]);
  });

  it('tells uptime over windows that are on record, and since the beginning otherwise', () => {
    const labels = (since: string) => {
      const one = component('checkout', { since: at(since) });
      return componentModel(contextOf({ tree: [one] }), one).figures.map(({ label }) => label);
    };
    expect(labels('2024-01-01')).toEqual(['Last 30 days', 'Last 90 days', 'Last 365 days']);
    expect(labels('2026-10-01')).toEqual(['Last 30 days', 'Since 1 October 2026']);
    expect(labels('2026-11-20')).toEqual(['Since 20 November 2026']);
  });

  it('shows its SLA beside its uptime, if it has one', () => {
    const figures = (sla?: number) => {
      const one = component('checkout', sla === undefined ? {} : { sla });
      return componentModel(contextOf({ tree: [one] }), one).figures;
    };
    expect(figures(99.95).at(-1)).toEqual({ label: 'Monthly SLA', value: '99.95%' });
    expect(figures()).toEqual(figures(99.95).slice(0, -1));
  });

  it('says since when a component is retired', () => {
    const ftp = component('ftp', { retired: at('2026-06-30') });
    expect(componentModel(contextOf({ tree: [ftp] }), ftp).statuses[0]?.value.text).toBe('Retired 30 June 2026');
  });
});

describe('the history', () => {
  const two = [
    incident(
      [
        ['investigating', '2026-08-31 23:30'],
        ['resolved', '2026-09-01 00:30'],
      ],
      { id: 'a' },
    ),
    incident(
      [
        ['investigating', '2026-11-02 09:00'],
        ['resolved', '2026-11-02 10:00'],
      ],
      { id: 'b' },
    ),
  ];

  it('has every month from the first event to the present one', () => {
    const context = contextOf({ incidents: two, maintenance: [maintenance('2026-11-03 01:00', '2026-11-03 02:00')] });
    const { years } = historyModel(context);
    expect(
      years.map(({ title, months }) => [title, months.map(({ name, href, count }) => [name, href, count])]),
    ).toEqual([
      [
        '2026',
        [
          ['November', '/status/history/2026-11/', '1 incident, 1 maintenance window'],
          ['October', '/status/history/2026-10/', 'No incidents'],
          ['September', '/status/history/2026-09/', '1 incident'],
          ['August', '/status/history/2026-08/', '1 incident'],
        ],
      ],
    ]);
  });

  it('folds all but two years, whose months are lines', () => {
    const began = (day: string) => incident([['resolved', `${day} 09:00`]], { id: day });
    const history = historyModel(contextOf({ incidents: ['2026-11-02', '2025-03-01', '2024-12-01'].map(began) }));
    expect(history.years.map(({ title, months }) => [title, months.length])).toEqual([
      ['2026', 11],
      ['2025', 12],
    ]);
    expect(history.earlier).toEqual([
      {
        id: 'y-2024',
        title: '2024',
        count: '1 incident',
        months: [{ link: { text: 'December', href: '/status/history/2024-12/' }, count: '1 incident', quiet: false }],
      },
    ]);
  });

  it('cuts months in the zone of the site', () => {
    const months = allMonths(contextOf({ zone: 'Europe/Berlin', incidents: two })).map(({ month }) => month);
    expect(months).toEqual(['2026-11', '2026-10', '2026-09']);
  });

  it('leads from a month to its neighbours', () => {
    const context = contextOf({ incidents: two });
    const [november, october] = allMonths(context).map((place) => monthModel(context, place));
    expect(november?.turner).toMatchObject({ earlier: { href: '/status/history/2026-10/' } });
    expect(november?.turner.later).toBeUndefined();
    expect(october?.turner.later?.text).toBe('November 2026');
    expect(october?.turner.arrows).toEqual(['←', '→']);
    expect(november?.days).toMatchObject([{ id: 'd-02', title: 'Monday 2 November', events: [{ id: 'e-b' }] }]);
  });

  it('tells the newest twenty of a month, and names the others', () => {
    const many = Array.from({ length: 23 }, (_, index) =>
      incident([['resolved', `2026-10-${String(index + 1).padStart(2, '0')} 09:00`]], { id: `many-${index}` }),
    );
    const [, october] = allMonths(contextOf({ incidents: many })).map((place) =>
      monthModel(contextOf({ incidents: many }), place),
    );
    const events = october?.days.flatMap((day) => day.events) ?? [];
    expect(events).toHaveLength(23);
    expect(events.map(({ html }) => html !== '').lastIndexOf(true)).toBe(19);
  });

  it('points the other way in a language that is written from the right', () => {
    const context = contextOf();
    const month = monthModel(
      { ...context, words: { ...context.words, direction: 'rtl' } },
      { month: '2026-11', events: [], lasting: [], announcements: [] },
    );
    expect(month.turner.arrows).toEqual(['→', '←']);
  });

  it('has the present month when nothing ever happened', () => {
    expect(allMonths(contextOf()).map(({ month }) => month)).toEqual(['2026-11']);
  });
});

describe('every page', () => {
  it('says that it is an example while the instant of the examples holds', () => {
    const options = { title: 'T', description: 'D', path: '/' } as const;
    const example = pageOf(contextOf({}, { build: { version: 'v', frozen: 'example' } }), options);
    expect(plain(example.example ?? [])).toBe('Example, as of 20 Nov 2026, 12:00 UTC');
    expect(example.frozenNow).toBe(at('12:00'));
    const test = pageOf(contextOf({}, { build: { version: 'v', frozen: 'environment' } }), options);
    expect([test.example, test.frozenNow]).toEqual([undefined, at('12:00')]);
    expect(pageOf(contextOf(), options).frozenNow).toBeUndefined();
  });

  it.each([
    [
      { width: 64, height: 64 },
      { name: 'Acme status', logo: { alt: '', width: 28, height: 28 } },
    ],
    [{ width: 400, height: 100 }, { logo: { alt: 'Acme status', width: 112, height: 28 } }],
    [undefined, { logo: { alt: 'Acme status', width: undefined } }],
  ])('has the name beside a logo that is only a mark: %o', (logo, expected) => {
    const context = contextOf({}, logo ? { logo } : {});
    context.ledger.content.site.logo = '/logo.svg';
    const { home } = pageOf(context, { title: 'T', description: 'D', path: '/' });
    expect(home).toMatchObject(expected);
    expect(home.name).toBe('name' in expected ? expected.name : undefined);
  });

  it('says nothing of its build once nothing on it turns any more, and leads to the page that does', () => {
    const { version, built, frozenNow, icon, foot } = pageOf(contextOf(), {
      title: 'T',
      description: 'D',
      path: '/',
      finished: true,
    });
    expect([version, built, frozenNow]).toEqual([undefined, undefined, undefined]);
    expect(icon.href).toBe('/status/icon/unknown.svg');
    expect(plain(foot.copy)).toBe('For the current status, see the status page.');
  });

  it('shortens a long description between two words', () => {
    const { description } = pageOf(contextOf(), { title: 'T', description: `${'word '.repeat(60)}end`, path: '/' });
    expect(description).toMatch(/^(word )+word…$/);
    expect(description.length).toBeLessThanOrEqual(201);
  });

  it('is in the list for search engines', () => {
    const urls = allPages(contextOf({ incidents: [open({ checkout: 'major_outage' })] })).map(({ url }) => url);
    expect(urls.map((url) => url.replace('https://acme.example/status', ''))).toEqual([
      '/',
      '/history/',
      '/subscribe/',
      '/reports/',
      '/components/checkout/',
      '/components/website/',
      '/components/db/',
      '/components/checkout/history/2026/',
      '/history/2026-11/',
      '/reports/2026-11/',
      '/incidents/incident/',
    ]);
  });

  it('leads to addresses below the base', () => {
    expect(notFoundModel(contextOf()).home.href).toBe('/status/');
  });
});
