import { describe, expect, it } from 'vitest';
import { at, component, incident, maintenance } from '../../__tests__/support/core.ts';
import type { Given } from '../../__tests__/support/core.ts';
import { contextOf } from '../../__tests__/support/view.ts';
import { datesFor } from '../../i18n/dates.ts';
import { wordsFor } from '../../i18n/words.ts';
import { allMonths, yearsOf } from './all-pages.ts';
import type { Grid } from './calendar.ts';
import { componentModel } from './component.ts';
import { componentYearModel } from './component-year.ts';
import { historyModel, monthModel } from './history.ts';

const checkout = component('checkout', { since: at('2025-01-01') });

function event(
  id: string,
  from: string,
  to: string,
  status: 'partial_outage' | 'degraded_performance' | 'major_outage',
) {
  return incident(
    [
      ['investigating', from],
      ['resolved', to],
    ],
    { id, title: id, components: { checkout: status } },
  );
}

const long = event('long', '2026-10-30 22:00', '2026-11-02 10:00', 'degraded_performance');
const short = event('short', '2026-11-02 09:00', '2026-11-02 09:30', 'major_outage');
const notice = incident([['resolved', '2026-11-05 09:00']], { id: 'notice', title: 'notice', impact: 'none' });
const given: Given = {
  tree: [checkout],
  incidents: [notice, short, long],
  maintenance: [maintenance('2026-11-04 01:00', '2026-11-04 02:00', [], { id: 'work', title: 'work' })],
};

const SIGNS: Readonly<Record<string, string>> = {
  note: 'n',
  maintenance: 'w',
  degraded: 'd',
  partial: 'p',
  major: 'M',
};

/** A calendar as text: `.` for a day on which nothing stands out, `?` for one before all records. */
function drawn({ before, cells }: Grid): string {
  const days = cells.map((cell) =>
    'quiet' in cell ? (cell.quiet === 'ok' ? '.' : '?').repeat(cell.days) : SIGNS[cell.tone],
  );
  return ' '.repeat(before) + days.join('');
}

const marked = ({ cells }: Grid) =>
  cells.flatMap((cell) => ('quiet' in cell ? [] : [[cell.title.replaceAll('\u00a0', ' '), cell.href]]));
const ofMonths = (context = contextOf(given)) => allMonths(context).map((place) => monthModel(context, place).calendar);

describe('the calendar of a month', () => {
  it('shows the worst of each day up to today, also of what began in the month before', () => {
    expect(ofMonths().map(drawn)).toEqual([`      dM.wn${'.'.repeat(15)}`, `   ${'?'.repeat(29)}dd`]);
  });

  it('has the days of the site’s zone', () => {
    const [november, october] = ofMonths(contextOf({ ...given, zone: 'Asia/Tokyo' })).map(drawn);
    expect([november, october]).toEqual([`      dM.wn${'.'.repeat(15)}`, `   ${'?'.repeat(30)}d`]);
  });

  it('begins its weeks as the language does', () => {
    const first = (locale: string) =>
      ofMonths(contextOf(given, { words: wordsFor(locale), dates: datesFor(locale, 'UTC') }))[0]?.before;
    // 1 November 2026 was a Sunday.
    expect(['en', 'de', 'pt-BR', 'he', 'fa'].map(first)).toEqual([6, 6, 0, 0, 1]);
  });

  it('leads down to the days of its page, and to what began before', () => {
    expect(ofMonths().map(marked)[0]).toEqual([
      ['1 Nov: Degraded performance; long', '/status/incidents/long/'],
      ['2 Nov: Major outage; 2 incidents', '#d-02'],
      ['4 Nov: Under maintenance; work', '#d-04'],
      ['5 Nov: Notice; notice', '#d-05'],
    ]);
  });

  it('counts and names what began in the month before', () => {
    const late = contextOf({ ...given, incidents: [long], maintenance: [] });
    const [november] = allMonths(late).map((place) => monthModel(late, place));
    expect(november).toMatchObject({ count: '1 incident', days: [], lasting: { events: [{ title: 'long' }] } });
  });

  it('leads from the history to an event, or to the day of several', () => {
    const [november] = historyModel(contextOf(given)).years[0]?.months ?? [];
    expect(november && marked(november).map(([, href]) => href)).toEqual([
      '/status/incidents/long/',
      '/status/history/2026-11/#d-02',
      '/status/maintenance/work/',
      '/status/incidents/notice/',
    ]);
  });
});

describe('the calendar of a component', () => {
  const page = componentModel(contextOf(given), checkout);
  const [october, november] = page.calendar.months.slice(-2);

  it('has twelve months with the uptime of each', () => {
    expect(page.calendar.months.map(({ name }) => name).slice(0, 2)).toEqual(['December', 'January']);
    expect(page.calendar.months.map(({ uptime }) => uptime).slice(-3)).toEqual(['100%', '100%', '99.89%']);
  });

  it('says of each day how long it was what, and which events made it so', () => {
    expect(november && drawn(november)).toBe(`      dM${'.'.repeat(18)}`);
    expect(november && marked(november)).toEqual([
      ['1 Nov: Degraded performance, 1 day\nlong', '/status/incidents/long/'],
      [
        '2 Nov: Major outage, 30 minutes; Degraded performance, 9 hours 30 minutes\nshort\nlong',
        '/status/components/checkout/history/2026/#m-11',
      ],
    ]);
  });

  it('leads to a month in which something began', () => {
    expect(october?.href).toBe('/status/components/checkout/history/2026/#m-10');
    expect(page.calendar.months[0]?.href).toBeUndefined();
  });
});

describe('the year of a component', () => {
  const turn = event('turn', '2025-12-31 23:00', '2026-01-01 01:00', 'partial_outage');
  const years = (context = contextOf({ ...given, incidents: [short, long, turn] })) =>
    yearsOf(context, checkout).map((place) => componentYearModel(context, checkout, place));

  it('has all its events by month, newest first, and leads to other years', () => {
    const [last, before] = years();
    expect(last?.months.map(({ id, title, events }) => [id, title, events.map((one) => one.title)])).toEqual([
      ['m-11', 'November 2026', ['short']],
      ['m-10', 'October 2026', ['long']],
    ]);
    expect(before?.months.map(({ id }) => id)).toEqual(['m-12']);
    expect(last?.turner).toMatchObject({ earlier: { text: '2025' }, all: { href: '/status/components/checkout/' } });
  });

  it('marks the days of what began in the year before', () => {
    const [january] = years()[0]?.calendar.months ?? [];
    expect(january && marked(january)).toEqual([['1 Jan: Partial outage, 1 hour\nturn', '/status/incidents/turn/']]);
  });

  it('is the same in every build once all in it is final', () => {
    const versions = years().map(({ page }) => page.version);
    expect(versions).toEqual([undefined, undefined]);
    const open = incident([['investigating', '10:00']], { components: { checkout: 'partial_outage' } });
    expect(years(contextOf({ ...given, incidents: [open, turn] })).map(({ page }) => page.version)).toEqual([
      'v1',
      undefined,
    ]);
  });
});
