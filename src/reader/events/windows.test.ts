import { describe, expect, it } from 'vitest';
import { maintenancePhases, phaseAt, plannedAt } from '../../core/maintenance.ts';
import type { Maintenance } from '../../core/model.ts';
import { incident, NOW, readFiles } from '../../__tests__/support/reader.ts';

const FRONT = `title: Database upgrade
components: [checkout]
scheduled: 2026-11-03 10:00 UTC
until: 2026-11-03 11:00 UTC
repeat: FREQ=WEEKLY;BYDAY=TU`;

/** The occurrences of a maintenance, the first first; now is Friday, 20 November 2026, noon. */
function occurrences(text = '', more = '', site?: string): Maintenance[] {
  const files = { 'maintenance/2026-db.md': incident(text, FRONT + more), ...(site && { 'site.yml': site }) };
  const { content, diagnostics } = readFiles(files);
  expect(diagnostics).toEqual([]);
  return [...(content?.maintenance ?? [])].reverse();
}

const time = (instant: number) => new Date(instant).toISOString().slice(0, 16);
const statusNow = (one: Maintenance, now = NOW) => phaseAt(maintenancePhases(one), now).status;

/** What is wrong with a maintenance at another time than now. */
const wrongAt = (text: string, now: string) => readFiles({ 'maintenance/a.md': text }, [], Date.parse(now)).diagnostics;

describe('a maintenance that recurs', () => {
  it('has each past occurrence and those of sixty days ahead, each with the day in its id', () => {
    const all = occurrences();
    expect(all).toHaveLength(12);
    expect(all[0]).toMatchObject({ id: '2026-db-2026-11-03', series: '2026-db', title: 'Database upgrade' });
    expect(all.map(({ scheduled }) => time(scheduled)).at(-1)).toBe('2027-01-19T10:00');
    expect(all.map((one) => statusNow(one)).slice(0, 4)).toEqual(['completed', 'completed', 'completed', 'scheduled']);
  });

  it('stays at its time of day in the zone of the site', () => {
    const berlin = 'name: A\nurl: https://a.example\ntime_zone: Europe/Berlin\n';
    const { content } = readFiles({
      'site.yml': berlin,
      'maintenance/a.md': incident('', FRONT.replaceAll('2026-11-03', '2026-10-20')),
    });
    const starts = [...(content?.maintenance ?? [])].reverse().map(({ scheduled }) => time(scheduled));
    expect(starts.slice(0, 2)).toEqual(['2026-10-20T10:00', '2026-10-27T11:00']);
  });

  it('is cancelled on a day that is excepted, and begins at another time where one is given', () => {
    const all = occurrences('', '\nexcept:\n  2026-12-15: cancelled\n  2026-12-22: 2026-12-23 02:00 UTC');
    const on = (id: string) => all.find((one) => one.id === `2026-db-${id}`);
    expect(on('2026-12-15')).toMatchObject({ cancelled: true });
    expect(statusNow(on('2026-12-15') as Maintenance)).toBe('cancelled');
    expect(time(on('2026-12-22')?.scheduled ?? 0)).toBe('2026-12-23T02:00');
    expect(time(on('2026-12-22')?.until ?? 0)).toBe('2026-12-23T03:00');
  });

  it('keeps its id and its first plan when a dated exception moves it, from when that was announced', () => {
    const all = occurrences(
      '',
      `
announced: 2026-11-01 09:00 UTC
except:
  2026-11-24: { moved: 2026-11-25 02:00 UTC, announced: 2026-11-20 09:00 UTC }
  2026-12-01: { cancelled: true, announced: 2026-11-19 09:00 UTC }`,
    );
    const [moved, off] = ['2026-db-2026-11-24', '2026-db-2026-12-01'].map((id) => all.find((one) => one.id === id));
    if (!moved || !off) throw new Error('An occurrence is missing.');
    expect([time(moved.scheduled), time(moved.until)]).toEqual(['2026-11-25T02:00', '2026-11-25T03:00']);
    const starts = ['08:59', '09:00'].map((at) => time(plannedAt(moved, Date.parse(`2026-11-20T${at}Z`)).from));
    expect(starts).toEqual(['2026-11-24T10:00', '2026-11-25T02:00']);
    expect(['08:59', '09:00'].map((at) => statusNow(off, Date.parse(`2026-11-19T${at}Z`)))).toEqual([
      'scheduled',
      'cancelled',
    ]);
  });

  it.each([
    [
      '{ moved: 2026-11-25 02:00, announced: 2026-11-20 09:00 UTC }',
      'time-no-zone',
      '{ moved: 2026-11-25 02:00 UTC, announced: 2026-11-20 09:00 UTC }',
    ],
    [
      '{ cancelled: true, announced: 2026-11-21 09:00 UTC }',
      'time-in-future',
      '{ cancelled: true, announced: 2026-11-20 12:00 UTC }',
    ],
    ['{ cancelled: true, anounced: 2026-11-20 09:00 UTC }', 'unknown-key', undefined],
    ['{ announced: 2026-11-20 09:00 UTC }', 'bad-value', undefined],
    ['off', 'time-invalid', undefined],
  ])('says what is wrong with the exception %s', (change, ruleId, expected) => {
    const { diagnostics } = readFiles({
      'maintenance/a.md': incident('', `${FRONT}\nannounced: 2026-11-01 09:00 UTC\nexcept:\n  2026-11-24: ${change}`),
    });
    expect(diagnostics).toMatchObject([{ ruleId, line: 9 }]);
    if (expected !== undefined) expect(diagnostics[0]?.expected).toBe(`  2026-11-24: ${expected}`);
  });

  it('is wrong from the beginning where an exception is, however far ahead', () => {
    const text = incident('', `${FRONT}\nexcept: { 2028-02-02: cancelled }`);
    const { diagnostics } = readFiles({ 'maintenance/a.md': text });
    expect(diagnostics).toMatchObject([{ ruleId: 'except-unknown', expected: 'except: { 2028-02-01: cancelled }' }]);
    expect(occurrences('', '\nexcept: { 2028-02-01: cancelled }')).toHaveLength(12);
  });

  it('has its announcement on every occurrence, and each update on the one it is about', () => {
    const all = occurrences(`Orders wait for a minute.

## In progress · 2026-11-10 10:02 UTC

We begin.

## Completed · 2026-11-10 11:30 UTC

Done, later than planned.

## Cancelled · 2026-11-14 10:00 UTC

Not next week.`);
    expect(all.every(({ announcement }) => announcement !== undefined)).toBe(true);
    expect(all.map(({ updates }) => updates.map(({ word }) => word)).slice(0, 4)).toEqual([
      [],
      ['in_progress', 'completed'],
      ['cancelled'],
      [],
    ]);
    expect(statusNow(all[2] as Maintenance)).toBe('cancelled');
  });

  it('ends with its rule', () => {
    expect(occurrences('', ';COUNT=2')).toHaveLength(2);
    expect(occurrences('', ';UNTIL=20261110T235959Z')).toHaveLength(2);
  });

  it('does not share an id with another file', () => {
    const { diagnostics } = readFiles({
      'incidents/2026-db-2026-11-10.md': incident('## Resolved · 2026-11-10 10:00 UTC\n\nDone.'),
      'maintenance/2026-db.md': incident('', FRONT),
    });
    expect(diagnostics.map(({ ruleId }) => ruleId)).toContain('id-taken');
  });

  describe('for more than eleven years of days', () => {
    const long = (text = '') =>
      incident(text, FRONT.replaceAll('2026-11-03', '2012-01-01').replace('FREQ=WEEKLY;BYDAY=TU', 'FREQ=DAILY'));

    it('has pages for the newest 4,000 times, and a warning', () => {
      const { content, diagnostics } = readFiles({ 'maintenance/a.md': long() });
      const all = [...(content?.maintenance ?? [])].reverse();
      expect(all).toHaveLength(4000);
      expect(time(all.at(-1)?.scheduled ?? 0)).toBe('2027-01-19T10:00');
      expect(diagnostics).toMatchObject([
        {
          ruleId: 'repeat-endless',
          severity: 'warning',
          expected: expect.stringMatching(/^scheduled: 2025-11-21 10:00 UTC\nuntil: 2025-11-21 1\d:00 UTC$/),
        },
      ]);
    });

    it('does not move updates of occurrences without a page to other ones', () => {
      const { content } = readFiles({ 'maintenance/a.md': long('## Completed · 2012-01-01 11:30 UTC\n\nIt is done.') });
      expect(content?.maintenance.flatMap(({ updates }) => updates)).toEqual([]);
    });

    it('warns a year before a page is dropped', () => {
      const warned = (now: string) => {
        const text = long().replaceAll('2012-01-01', '2026-01-01');
        return wrongAt(text, now).map(({ ruleId }) => ruleId);
      };
      // The 4,000th time is on 13 December 2036, announced sixty days ahead.
      expect(warned('2035-10-14T12:00Z')).toEqual([]);
      expect(warned('2035-10-16T12:00Z')).toEqual(['repeat-endless']);
    });

    it('never becomes an error as time passes', () => {
      const text = long().replaceAll('2012-01-01', '2026-01-01');
      for (const now of ['2027-01-01', '2037-01-01', '2060-01-01', '2190-01-01']) {
        expect(wrongAt(text, now).filter(({ severity }) => severity === 'error')).toEqual([]);
      }
    });
  });
});
