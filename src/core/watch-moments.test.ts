import { describe, expect, it } from 'vitest';
import { siteSchema } from './schema/site.ts';
import { at, incident, ledger, said } from '../__tests__/support/core.ts';
import { levelsOf, nextMoment, remindFrom, splitMissed, watchCases } from './watch.ts';
import type { WatchCase } from './watch.ts';

const site = {
  ...siteSchema.parse({
    name: 'Acme',
    url: 'https://status.acme.example',
    escalation: [
      { after: '30m', who: ['@acme/leads'] },
      { after: '2m', who: ['@ada'] },
      { after: '30m', who: ['@acme/leads', 'the press office'] },
    ],
  }),
  name: 'Acme',
  description: undefined,
  logo: undefined,
  links: { header: [], footer: [] },
};

function promised(due: string): WatchCase {
  const event = incident([['investigating', '09:20', { nextUpdate: at(due) }]]);
  const [one] = watchCases(ledger({ incidents: [event], now: '09:21' }));
  if (!one) throw new RangeError('A promise is a case.');
  return one;
}

describe('the moments of a case', () => {
  it('begin with a reminder before it is due', () => {
    expect(said(remindFrom(promised('09:50'), site))).toBe('09:40');
  });

  it('go on with its levels, soonest first, and several of one time as one', () => {
    expect(levelsOf(promised('09:50'), site).map(({ from, ...level }) => ({ ...level, from: said(from) }))).toEqual([
      { after: 2 * 60_000, who: ['@ada'], from: '09:55:00.001' },
      { after: 30 * 60_000, who: ['@acme/leads', 'the press office'], from: '10:20' },
    ]);
  });

  it('tell nobody before the grace has passed', () => {
    const [first] = levelsOf(promised('09:50'), site);
    expect(first?.from).toBeGreaterThan(promised('09:50').missedFrom);
  });
});

describe('the next moment', () => {
  const next = (now: string, ...cases: WatchCase[]) => {
    const moment = nextMoment(cases, site, at(now));
    return moment === undefined ? undefined : said(moment);
  };

  it('is the soonest of all cases', () => {
    expect(next('09:21', promised('10:30'), promised('09:50'))).toBe('09:40');
  });

  it('goes from the reminder over each level to nothing', () => {
    expect(next('09:40', promised('09:50'))).toBe('09:55:00.001');
    expect(next('09:56', promised('09:50'))).toBe('10:20');
    expect(next('10:20', promised('09:50'))).toBeUndefined();
  });

  it('is nothing without a case', () => {
    expect(next('09:21')).toBeUndefined();
  });
});

it('parts what is missed from what is coming', () => {
  const split = splitMissed([promised('09:50'), promised('10:30')], at('10:00'));
  expect(split.missed.map(({ due }) => said(due))).toEqual(['09:50']);
  expect(split.coming.map(({ due }) => said(due))).toEqual(['10:30']);
});
