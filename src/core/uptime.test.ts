import { worstSpans } from './timeline.ts';
import { describe, expect, test } from 'vitest';
import type { Component, Incident } from './model.ts';
import type { Given } from '../__tests__/support/core.ts';
import { at, component, daysTo, incident, inWords, ledger, maintenance } from '../__tests__/support/core.ts';
import type { Span } from './timeline.ts';
import { dayStatuses, knownSpan, uptime } from './uptime.ts';
import type { ComponentStatus } from './vocabulary.ts';

const WEIGHTS = { major_outage: 1, partial_outage: 0.3, degraded_performance: 0 };
const DB = component('db', { since: at('2026-01-01') });

/** An incident of `db` from one time to another. */
function outage(from: string, to: string, status: ComponentStatus = 'major_outage'): Incident {
  return incident(
    [
      ['investigating', from],
      ['resolved', to],
    ],
    { components: { db: status } },
  );
}

function span(text: string): Span {
  const [from = '', to = '', status] = text.split(/[– ]/);
  return { from: at(from), to: to === '…' ? Infinity : at(to), status: status as ComponentStatus };
}

describe('spans drawn together', () => {
  test.each([
    ['nothing', [], []],
    [
      'the worst at each moment',
      ['09:00–12:00 partial_outage', '10:00–11:00 major_outage'],
      ['09:00–10:00 partial_outage', '10:00–11:00 major_outage', '11:00–12:00 partial_outage'],
    ],
    [
      'overlaps of one status as one',
      ['09:00–11:00 major_outage', '10:00–12:00 major_outage'],
      ['09:00–12:00 major_outage'],
    ],
    ['what touches as one', ['09:00–10:00 major_outage', '10:00–11:00 major_outage'], ['09:00–11:00 major_outage']],
    [
      'gaps as gaps',
      ['09:00–10:00 major_outage', '11:00–12:00 major_outage'],
      ['09:00–10:00 major_outage', '11:00–12:00 major_outage'],
    ],
    [
      'a milder one within a worse one as nothing',
      ['09:00–12:00 major_outage', '10:00–11:00 under_maintenance'],
      ['09:00–12:00 major_outage'],
    ],
    [
      'two that end together',
      ['09:00–12:00 partial_outage', '10:00–12:00 major_outage'],
      ['09:00–10:00 partial_outage', '10:00–12:00 major_outage'],
    ],
    [
      'two that begin together',
      ['09:00–12:00 partial_outage', '09:00–10:00 major_outage'],
      ['09:00–10:00 major_outage', '10:00–12:00 partial_outage'],
    ],
    [
      'only what lies in the window',
      ['05:00–06:00 major_outage', '06:00–09:00 major_outage', '07:00–… partial_outage', '14:00–15:00 major_outage'],
      ['08:00–09:00 major_outage', '09:00–14:00 partial_outage'],
    ],
  ])('give %s', (_, spans, expected) => {
    expect(inWords(worstSpans(spans.map(span), at('08:00'), at('14:00')))).toEqual(expected);
  });
});

describe('uptime', () => {
  const window = { from: at('02:00'), to: at('12:00') };

  test.each<[string, Given, number]>([
    ['100 without incidents', {}, 100],
    ['less by all of a major outage', { incidents: [outage('05:00', '06:00')] }, 90],
    ['less by three tenths of a partial outage', { incidents: [outage('05:00', '06:00', 'partial_outage')] }, 97],
    ['not less for degraded performance', { incidents: [outage('05:00', '06:00', 'degraded_performance')] }, 100],
    ['not less for maintenance', { maintenance: [maintenance('05:00', '06:00')] }, 100],
    [
      'less for an outage under maintenance',
      { maintenance: [maintenance('05:00', '06:00')], incidents: [outage('05:00', '06:00')] },
      90,
    ],
    ['less once where incidents overlap', { incidents: [outage('05:00', '06:00'), outage('05:30', '06:30')] }, 85],
    [
      'less by the worst where incidents overlap',
      { incidents: [outage('05:00', '06:00', 'partial_outage'), outage('05:30', '06:00')] },
      93.5,
    ],
    ['less by what lies in the window only', { incidents: [outage('01:00', '03:00'), outage('11:30', '11:45')] }, 87.5],
    ['0 when it was down throughout', { incidents: [outage('00:00', '12:00')] }, 0],
    ['floored, so that one second is never lost', { incidents: [outage('05:00:00', '05:00:01')] }, 99.99],
    ['floored to two decimals', { incidents: [outage('05:00', '05:07', 'partial_outage')] }, 99.65],
    ['exact where binary fractions are not', { incidents: [outage('05:00:00', '05:00:36')] }, 99.9],
  ])('is %s', (_, given, percent) => {
    expect(uptime(ledger(given), DB, window, WEIGHTS)).toBe(percent);
  });

  test('weighs as the site says', () => {
    const book = ledger({ incidents: [outage('05:00', '06:00', 'degraded_performance')] });
    expect(uptime(book, DB, window, { ...WEIGHTS, degraded_performance: 0.5 })).toBe(95);
  });

  test('counts a day of 25 hours as such', () => {
    const [day] = daysTo('2026-10-25 12:00', 1, 'Europe/Berlin');
    const book = ledger({ zone: 'Europe/Berlin', incidents: [outage('2026-10-25 00:00', '2026-10-25 01:15')] });
    expect(day && uptime(book, DB, day, WEIGHTS)).toBe(95);
  });

  test.each<[string, Partial<Component>, number | undefined]>([
    ['from `since` on', { since: at('07:00') }, 80],
    ['from the first record without `since`', {}, 75],
    ['until it retired', { since: at('2026-01-01'), retired: at('10:00') }, 87.5],
    ['not at all when it came after the window', { since: at('2026-12-01') }, undefined],
    ['not at all when it retired before the window', { since: at('2026-01-01'), retired: at('02:00') }, undefined],
  ])('is counted %s', (_, fields, percent) => {
    const book = ledger({ incidents: [outage('08:00', '09:00')] });
    expect(uptime(book, component('db', fields), window, WEIGHTS)).toBe(percent);
  });

  test('of an empty content without `since` is not known', () => {
    expect(uptime(ledger(), component('db'), window, WEIGHTS)).toBeUndefined();
  });

  test('ends with now, not with the window', () => {
    const book = ledger({ now: '07:00', incidents: [outage('05:00', '06:00')] });
    expect(uptime(book, DB, window, WEIGHTS)).toBe(80);
  });
});

describe('what is known of a component', () => {
  test.each<[string, Partial<Component>, [string, string]]>([
    ['since its first day', { since: at('2026-11-01') }, ['2026-11-01', '12:00']],
    ['since the first record when it names no day', {}, ['05:00', '12:00']],
    ['until it retired', { retired: at('2026-11-20') }, ['05:00', '00:00']],
  ])('reaches from %s', (_, fields, [from, to]) => {
    const book = ledger({ incidents: [outage('05:00', '06:00')] });
    expect(knownSpan(book, component('db', fields))).toEqual({ from: at(from), to: at(to) });
  });
});

describe('a day on the bar', () => {
  function bar(given: Given, fields: Partial<Component> = { since: at('2026-01-01') }, count = 3): string[] {
    const days = daysTo(given.now ?? '12:00', count, given.zone);
    return dayStatuses(ledger(given), component('db', fields), days).map(({ status }) => status);
  }

  test.each<[string, Given, string]>([
    ['operational without incidents', {}, 'operational'],
    ['the worst that lasted a minute', { incidents: [outage('05:00', '05:01')] }, 'major_outage'],
    ['operational for less than a minute', { incidents: [outage('05:00:00', '05:00:59')] }, 'operational'],
    [
      'the worst by what adds up to a minute',
      { incidents: [outage('05:00:00', '05:00:30'), outage('06:00:00', '06:00:30')] },
      'major_outage',
    ],
    [
      'the next worst when the worst was too short',
      { incidents: [outage('05:00', '06:00', 'partial_outage'), outage('05:00:00', '05:00:59')] },
      'partial_outage',
    ],
    [
      'at least as bad as the milder when only both together lasted a minute',
      { incidents: [outage('05:00:00', '05:00:40'), outage('06:00:00', '06:00:40', 'partial_outage')] },
      'partial_outage',
    ],
    ['maintenance when nothing was worse', { maintenance: [maintenance('05:00', '06:00')] }, 'under_maintenance'],
    [
      'what was worse than maintenance',
      { maintenance: [maintenance('05:00', '06:00')], incidents: [outage('07:00', '07:05', 'degraded_performance')] },
      'degraded_performance',
    ],
    [
      'operational while nothing but the time to come is bad',
      { maintenance: [maintenance('15:00', '16:00')] },
      'operational',
    ],
    ['known at its very first instant', { now: '00:00' }, 'operational'],
  ])('shows %s', (_, given, status) => {
    expect(bar(given).at(-1)).toBe(status);
  });

  test('shows an outage over midnight on both days, each by its own minutes', () => {
    const given = { incidents: [outage('2026-11-18 23:00', '2026-11-19 00:00:59')] };
    expect(bar(given)).toEqual(['major_outage', 'operational', 'operational']);
  });

  test.each([
    ['UTC', ['operational', 'major_outage', 'operational']],
    ['Asia/Kolkata', ['operational', 'operational', 'major_outage']],
    ['America/New_York', ['operational', 'major_outage', 'operational']],
  ])('is one of the zone: %s', (zone, days) => {
    expect(bar({ zone, now: '17:00', incidents: [outage('2026-11-19 19:00', '2026-11-19 20:00')] })).toEqual(days);
  });

  test.each<[string, Partial<Component>, string[]]>([
    ['only before the day of `since`', { since: at('2026-11-19') }, ['no_data', 'operational', 'operational']],
    [
      'not on a day that is known in part',
      { since: at('2026-11-19 10:00') },
      ['no_data', 'operational', 'operational'],
    ],
    [
      'from the day it retired',
      { since: at('2026-01-01'), retired: at('2026-11-19') },
      ['operational', 'no_data', 'no_data'],
    ],
    ['only before the first record without `since`', {}, ['no_data', 'major_outage', 'operational']],
    ['throughout when it is still to come', { since: at('2026-12-01') }, ['no_data', 'no_data', 'no_data']],
  ])('has no data %s', (_, fields, days) => {
    const incidents = fields.since === undefined ? [outage('2026-11-19 10:00', '2026-11-19 11:00')] : [];
    expect(bar({ incidents }, fields)).toEqual(days);
  });

  test('has no data for an empty content without `since`', () => {
    expect(bar({ tree: [] }, {})).toEqual(['no_data', 'no_data', 'no_data']);
  });

  test('counts no second before `since`, however bad', () => {
    const given = { incidents: [outage('2026-11-19 08:00', '2026-11-19 11:00')] };
    expect(bar(given, { since: at('2026-11-19 11:00') })).toEqual(['no_data', 'operational', 'operational']);
  });

  test('tells the seconds of each status, the worst where they overlap', () => {
    const book = ledger({ incidents: [outage('05:00', '06:00', 'partial_outage'), outage('05:30', '05:40')] });
    const [today] = dayStatuses(book, DB, daysTo('12:00', 1));
    expect(today?.seconds).toEqual({ partial_outage: 3000, major_outage: 600 });
  });

  test('tells its own seconds only, and which day it is', () => {
    const book = ledger({ incidents: [outage('2026-11-19 05:00', '2026-11-19 06:00'), outage('05:00', '05:10')] });
    const days = daysTo('12:00', 2);
    expect(dayStatuses(book, DB, days)).toEqual([
      { ...days[0], status: 'major_outage', seconds: { major_outage: 3600 } },
      { ...days[1], status: 'major_outage', seconds: { major_outage: 600 } },
    ]);
  });

  test('has no data while it is still to come', () => {
    const [tomorrow] = dayStatuses(ledger(), DB, daysTo('2026-11-21 12:00', 1));
    expect(tomorrow?.status).toBe('no_data');
  });

  test.each([
    ['2026-03-29 23:00', 23],
    ['2026-10-25 23:30', 25],
  ])('down throughout the day before %s was down for %d hours', (now, hours) => {
    const book = ledger({ now, zone: 'Europe/Berlin', incidents: [outage('2026-01-01', '2026-12-01')] });
    const [day] = dayStatuses(book, DB, daysTo(now, 2, 'Europe/Berlin'));
    expect(day?.seconds.major_outage).toBe(hours * 3600);
  });

  test('is counted up to now', () => {
    const down = incident([['investigating', '11:00']], { components: { db: 'major_outage' } });
    const [today] = dayStatuses(ledger({ now: '12:00', incidents: [down] }), DB, daysTo('12:00', 1));
    expect(today?.seconds).toEqual({ major_outage: 3600 });
  });
});
