import { describe, expect, it } from 'vitest';
import type { Incident } from '../model.ts';
import { at, incident, said } from '../../__tests__/support/core.ts';
import { decide } from './decide.ts';
import type { AlertRecord } from './record.ts';

const MINUTE = 60_000;
const RULE = { wait: 0, reopen: 60 * MINUTE, clear: 'publish' } as const;

/** A record as its line in a file: `a told 09:12..09:40`, of one component. */
function record(line: string, component = 'checkout'): AlertRecord {
  const [key = '', stage, span = ''] = line.split(' ');
  const [since = '', until] = span.split('..');
  return {
    key,
    stage: stage as AlertRecord['stage'],
    since: at(since),
    ...(until !== undefined && { until: at(until) }),
    components: { [component]: 'partial_outage' },
    fields: {},
  };
}

const open = (lines: Parameters<typeof incident>[0] = [['investigating', '09:13']]): Incident =>
  incident(lines, { components: { checkout: 'partial_outage' } });

/** What is said, in one line, and what the records are then. */
function decided(
  records: readonly AlertRecord[],
  now: string,
  event?: Incident,
  rule: Parameters<typeof decide>[2] = RULE,
) {
  const { say, next, records: then } = decide(records, event, rule, at(now));
  const words =
    say &&
    {
      begun: () => (say.what === 'begun' ? said(say.started) : ''),
      more: () => components(say),
      back: () => components(say),
      over: () => (say.what === 'over' ? said(say.ended) : ''),
    }[say.what]();
  return {
    says: say && `${say.what} ${words}`,
    next: next === undefined ? undefined : said(next),
    then: then.map(({ key, stage }) => `${key} ${stage}`),
  };
}

function components(say: object): string {
  return 'components' in say
    ? Object.entries(say.components as object)
        .map((pair) => pair.join('='))
        .join(', ')
    : '';
}

describe('an alert that fires', () => {
  it('begins an incident', () => {
    expect(decided([record('a waiting 09:12')], '09:13')).toEqual({
      says: 'begun 09:12',
      next: undefined,
      then: ['a told'],
    });
  });

  it('waits as long as its rule wants, and begins then', () => {
    const rule = { ...RULE, wait: 5 * MINUTE };
    expect(decided([record('a waiting 09:12')], '09:16', undefined, rule)).toEqual({
      says: undefined,
      next: '09:17',
      then: ['a waiting'],
    });
    expect(decided([record('a waiting 09:12')], '09:17', undefined, rule).says).toBe('begun 09:12');
  });

  it('and ends before its time needs no word', () => {
    const rule = { ...RULE, wait: 5 * MINUTE };
    expect(decided([record('a waiting 09:12..09:16')], '09:20', undefined, rule)).toEqual({
      says: undefined,
      next: undefined,
      then: ['a over'],
    });
  });

  it('begins no incident longer ago than a week', () => {
    expect(decided([record('a waiting 09:12')], '2026-11-27 09:11').says).toBe('begun 09:12');
    expect(decided([record('a waiting 09:12')], '2026-11-27 09:12').says).toBe('begun 2026-11-27 09:12');
  });

  it('is told afterwards when its end came before its beginning', () => {
    expect(decided([record('a waiting 09:12..09:40')], '09:41').says).toBe('begun 09:12');
  });

  it('joins what is open, and only what is worse is said', () => {
    const told = record('a told 09:12');
    expect(decided([told, record('b waiting 09:20')], '09:21', open())).toMatchObject({
      says: undefined,
      then: ['a told', 'b told'],
    });
    expect(decided([told, record('b waiting 09:20', 'website')], '09:21', open()).says).toBe(
      'more website=partial_outage',
    );
  });

  it('says nothing again of what was told', () => {
    expect(decided([record('a told 09:12')], '12:00', open())).toMatchObject({ says: undefined, then: ['a told'] });
  });

  it('leaves an incident alone that a person has resolved meanwhile', () => {
    const resolved = open([
      ['investigating', '09:13'],
      ['resolved', '09:30'],
    ]);
    expect(decided([record('a told 09:12')], '09:40', resolved).says).toBeUndefined();
  });

  it('reopens what was resolved a short while ago, and begins another one later', () => {
    const resolved = open([
      ['investigating', '09:13'],
      ['resolved', '09:30'],
    ]);
    expect(decided([record('a waiting 10:30')], '10:31', resolved).says).toBe('back checkout=partial_outage');
    expect(decided([record('a waiting 10:31')], '10:31', resolved).says).toBe('begun 10:31');
  });

  it('says of a return also what is well now', () => {
    const both = incident(
      [
        ['investigating', '09:13'],
        ['resolved', '09:30'],
      ],
      {
        components: { checkout: 'partial_outage', website: 'partial_outage' },
      },
    );
    const { says } = decided([record('a waiting 09:50')], '09:51', both);
    expect(says).toBe('back checkout=partial_outage, website=operational');
  });
});

describe('of several alerts that wait', () => {
  it('the first to begin speaks, whatever order they came in', () => {
    const { say } = decide(
      [record('b waiting 09:20', 'website'), record('a waiting 09:12')],
      undefined,
      RULE,
      at('09:21'),
    );
    expect(say).toMatchObject({ what: 'begun', started: at('09:12'), because: { key: 'a' } });
    const rule = { ...RULE, wait: 30 * MINUTE };
    expect(decided([record('b waiting 09:20'), record('a waiting 09:12')], '09:21', undefined, rule).next).toBe(
      '09:42',
    );
  });

  it('one that has ended needs not be waited for any longer', () => {
    const rule = { ...RULE, wait: 30 * MINUTE };
    expect(decided([record('a waiting 09:12..09:50')], '09:20', undefined, rule).says).toBe('begun 09:12');
  });

  it('one that was over before the incident was needs no word', () => {
    const resolved = open([
      ['investigating', '09:13'],
      ['resolved', '09:30'],
    ]);
    expect(decided([record('a waiting 09:12..09:29')], '09:31', resolved)).toMatchObject({
      says: undefined,
      then: ['a over'],
    });
    expect(decided([record('a waiting 09:12..09:30')], '09:31', resolved)).toMatchObject({
      says: undefined,
      then: ['a over'],
    });
    expect(decided([record('a waiting 09:12..09:40')], '09:41', resolved).says).toBe('back checkout=partial_outage');
  });

  it('one that lasted a minute, or as long as the rule waits, is told', () => {
    expect(decided([record('a waiting 09:12..09:12:59')], '09:15').then).toEqual(['a over']);
    expect(decided([record('a waiting 09:12..09:13')], '09:15').says).toBe('begun 09:12');
    const rule = { ...RULE, wait: 5 * MINUTE };
    expect(decided([record('a waiting 09:12..09:17')], '09:20', undefined, rule).says).toBe('begun 09:12');
  });

  it('what was told, or is over, stays so', () => {
    const records = [record('a over 09:00..09:05'), record('b told 09:10'), record('c waiting 09:12')];
    expect(decided(records, '09:13', open()).then).toEqual(['a over', 'b told', 'c told']);
    expect(decided(records, '09:13').then).toEqual(['a over', 'b told', 'c told']);
  });
});

describe('what customers were told counts as a return', () => {
  const wait = (lines: Parameters<typeof incident>[0]) =>
    decided([record('a told 09:25..09:30')], '09:31', open(lines)).next;

  it('when it was open again, and not when more was said of what was over', () => {
    const again = ['investigating', '09:25'] as ['investigating', string];
    expect(wait([['resolved', '09:13'], again])).toBe('09:40');
    expect(wait([['investigating', '09:13'], ['resolved', '09:20'], ['update', '09:22'], ['update', '09:23'], again])).toBe('09:40');
    expect(wait([['investigating', '09:13'], ['identified', '09:20'], again])).toBeUndefined();
  }); // prettier-ignore
});

describe('a rule that reopens nothing', () => {
  it('begins another incident, even at the instant of the end', () => {
    const resolved = open([
      ['investigating', '09:13'],
      ['resolved', '09:30'],
    ]);
    expect(decided([record('a waiting 09:30')], '09:31', resolved, { ...RULE, reopen: 0 }).says).toBe('begun 09:30');
  });
});

describe('while the file of the incident cannot be read', () => {
  it('another incident begins for what fires, and what ends waits', () => {
    const found = 'unreadable';
    expect(decide([record('a waiting 09:12')], found, RULE, at('09:13')).say).toMatchObject({ what: 'begun' });
    const told = [record('a told 09:12..09:40')];
    expect(decide(told, found, RULE, at('09:41'))).toEqual({ records: told });
  });
});

describe('an alert that clears', () => {
  it('is told although it lasted for less than a minute, when its beginning was', () => {
    expect(decided([record('a told 09:12..09:12:30')], '09:41', open())).toMatchObject({ says: 'over 09:12:30' });
  });

  it('leaves alone what was received without its beginning', () => {
    const records = [record('a told 09:12..09:40'), record('b early 09:20..09:50')];
    expect(decided(records, '09:51', open())).toMatchObject({ says: 'over 09:40', then: ['a over', 'b early'] });
  });

  it('ends the incident when it is the last of its alerts', () => {
    const first = record('a told 09:12..09:40');
    expect(decided([first, record('b told 09:20')], '09:41', open())).toMatchObject({ says: undefined });
    expect(decided([first, record('b told 09:20..09:45')], '09:46', open())).toMatchObject({
      says: 'over 09:45',
      then: ['a over', 'b over'],
    });
  });

  it('is not said when the rule or a person has it otherwise', () => {
    const records = [record('a told 09:12..09:40')];
    expect(decided(records, '09:41', open(), { ...RULE, clear: 'nothing' })).toMatchObject({
      says: undefined,
      then: ['a over'],
    });
    const resolved = open([
      ['investigating', '09:13'],
      ['resolved', '09:30'],
    ]);
    expect(decided(records, '09:41', resolved)).toMatchObject({ says: undefined, then: ['a over'] });
  });

  it('does not end what a person has opened again', () => {
    const reopened = open([
      ['investigating', '09:13'],
      ['resolved', '09:41'],
      ['investigating', '09:50'],
    ]);
    expect(decided([record('a over 09:12..09:40')], '10:30', reopened).says).toBeUndefined();
  });

  it('has to stay away the longer the more often it has come back', () => {
    const back = (times: number) =>
      open([
        ['investigating', '09:13'],
        ...Array.from(
          { length: times },
          () =>
            [
              ['resolved', '09:20'],
              ['investigating', '09:25'],
            ] as const,
        )
          .flat()
          .map(([word, time]) => [word, time] as [typeof word, string]),
      ]);
    const records = [record('a told 09:25..09:30')];
    const wait = (times: number) => decided(records, '09:31', back(times)).next;
    expect([wait(0), wait(1), wait(2), wait(3), wait(4), wait(9)]).toEqual([
      undefined,
      '09:40',
      '09:50',
      '10:10',
      '10:30',
      '10:30',
    ]);
    expect(decided(records, '09:40', back(1)).says).toBe('over 09:30');
  });
});
