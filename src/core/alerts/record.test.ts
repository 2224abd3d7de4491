import { describe, expect, it } from 'vitest';
import { at, said } from '../../__tests__/support/core.ts';
import type { AlertMessage, AlertRecord } from './record.ts';
import { firingOf, mergeRecords, withMessages, worstOf } from './record.ts';

const message = (state: AlertMessage['state'], start?: string, end?: string, key = 'a'): AlertMessage => ({
  key,
  state,
  components: { checkout: 'partial_outage' },
  fields: {},
  ...(start !== undefined && { start: at(start) }),
  ...(end !== undefined && { end: at(end) }),
});

/** Messages as `[received, message]`; what is remembered as `a waiting 09:12–09:40`. */
function remembered(...received: [now: string, message: AlertMessage][]): string[] {
  const records = received.reduce<AlertRecord[]>((all, [now, one]) => withMessages(all, [one], at(now)), []);
  return records.map(({ key, stage, since, until }) => `${key} ${stage} ${said(since)}–${said(until ?? Infinity)}`);
}

describe('an alert', () => {
  it('is remembered from its beginning to its end', () => {
    const firing = message('firing', '09:12');
    expect(remembered(['09:13', firing])).toEqual(['a waiting 09:12–…']);
    expect(remembered(['09:13', firing], ['09:41', message('resolved', '09:12', '09:40')])).toEqual([
      'a waiting 09:12–09:40',
    ]);
  });

  it('that is sent again changes nothing', () => {
    const firing = message('firing', '09:12');
    const end = message('resolved', '09:12', '09:40');
    expect(remembered(['09:13', firing], ['09:20', firing])).toEqual(['a waiting 09:12–…']);
    expect(remembered(['09:13', firing], ['09:41', end], ['09:45', end], ['09:46', firing])).toEqual([
      'a waiting 09:12–09:40',
    ]);
  });

  it('has ended when its last end has come, in whatever order its messages arrive', () => {
    const all: [string, AlertMessage][] = [
      ['09:50', message('firing', '09:12')],
      ['09:50', message('resolved', '09:12', '09:20')],
      ['09:50', message('firing', '09:30')],
      ['09:50', message('resolved', '09:30', '09:40')],
    ];
    const ends = permutations(all).map((order) => remembered(...order)[0]?.split('–')[1]);
    expect(new Set(ends)).toEqual(new Set(['09:40']));
    const without = permutations(all.slice(0, 3)).map((order) => remembered(...order));
    expect(new Set(without.flat())).toEqual(new Set(['a waiting 09:30–…']));
  });

  it('that came back after its end is a new one', () => {
    const first: [string, AlertMessage][] = [
      ['09:13', message('firing', '09:12')],
      ['09:41', message('resolved', '09:12', '09:40')],
    ];
    expect(remembered(...first, ['09:51', message('firing', '09:50')])).toEqual(['a waiting 09:50–…']);
  });

  it('is not ended by the end of the one before', () => {
    const late = message('resolved', '09:12', '09:20');
    expect(remembered(['09:31', message('firing', '09:30')], ['09:32', late])).toEqual(['a waiting 09:30–…']);
  });

  it('without times goes by when its messages come', () => {
    const [firing, end] = [message('firing'), message('resolved')];
    expect(remembered(['09:12', firing], ['09:20', firing])).toEqual(['a waiting 09:12–…']);
    expect(remembered(['09:12', firing], ['09:40', end])).toEqual(['a waiting 09:12–09:40']);
    expect(remembered(['09:12', firing], ['09:40', end], ['09:50', firing])).toEqual(['a waiting 09:50–…']);
  });

  it('never begins or ends in the future', () => {
    expect(remembered(['09:12', message('firing', '12:00')])).toEqual(['a waiting 09:12–…']);
    expect(remembered(['09:12', message('firing', '09:10')], ['09:20', message('resolved', '09:10', '23:00')])).toEqual(
      ['a waiting 09:10–09:20'],
    );
  });
});

describe('an end that was received before its beginning', () => {
  const end = message('resolved', '09:12', '09:40');

  it('waits for it, and takes the earlier of the two starts', () => {
    expect(remembered(['09:41', end])).toEqual(['a early 09:12–09:40']);
    expect(remembered(['09:41', end], ['09:42', message('firing', '09:12')])).toEqual(['a waiting 09:12–09:40']);
    expect(remembered(['09:41', end], ['09:42', message('firing', '09:15')])).toEqual(['a waiting 09:12–09:40']);
  });

  it('is not that of an alert which began before it', () => {
    expect(remembered(['09:41', end], ['09:42', message('firing', '08:00')])).toEqual(['a early 09:12–09:40']);
  });

  it('and told no start takes any that lies before it', () => {
    const alone = message('resolved', undefined, '09:40');
    expect(remembered(['09:41', alone])).toEqual(['a early 09:40–09:40']);
    expect(remembered(['09:41', alone], ['09:42', message('firing', '09:40')])).toEqual(['a waiting 09:40–09:40']);
    expect(remembered(['09:41', alone], ['09:42', message('firing', '09:12')])).toEqual(['a waiting 09:12–09:40']);
  });

  it('is not the end of what begins at that instant or later', () => {
    expect(remembered(['09:41', end], ['09:42', message('firing', '09:40')])).toEqual(['a waiting 09:40–…']);
    expect(remembered(['09:41', end], ['09:51', message('firing', '09:50')])).toEqual(['a waiting 09:50–…']);
  });

  it('is left by a later end of another beginning, unless customers were told of the first', () => {
    const next = message('resolved', '09:50', '10:00');
    expect(remembered(['09:41', end], ['10:01', next])).toEqual(['a early 09:50–10:00']);
    expect(remembered(['09:41', end], ['10:01', message('resolved', '09:12', '10:00')])).toEqual([
      'a early 09:12–10:00',
    ]);
    expect(remembered(['09:41', end], ['10:01', message('resolved', '09:40', '10:00')])).toEqual([
      'a early 09:12–10:00',
    ]);
    expect(remembered(['09:41', end], ['10:01', message('resolved', undefined, '10:00')])).toEqual([
      'a early 09:12–10:00',
    ]);
    const told = { ...record('told', '09:12', '09:40'), fields: { name: 'first' } };
    expect(withMessages([told], [next], at('10:01'))).toEqual([{ ...told, until: at('10:00') }]);
  });

  it('stays when an earlier end is received after it', () => {
    expect(remembered(['09:41', end], ['09:42', message('resolved', '09:12', '09:30')])).toEqual([
      'a early 09:12–09:40',
    ]);
  });
});

it('an end without a start is that of what fires, and not before it began', () => {
  const fires: [string, AlertMessage] = ['09:31', message('firing', '09:30')];
  expect(remembered(fires, ['09:32', message('resolved', undefined, '09:20')])).toEqual(['a waiting 09:30–09:30']);
  expect(remembered(fires, ['09:50', message('resolved', undefined, '09:40')])).toEqual(['a waiting 09:30–09:40']);
});

function record(stage: AlertRecord['stage'], since: string, until?: string): AlertRecord {
  const components = { checkout: 'partial_outage' } as const;
  return {
    key: 'a',
    stage,
    since: at(since),
    components,
    fields: {},
    ...(until !== undefined && { until: at(until) }),
  };
}

describe('an alert that is sent again while it fires', () => {
  const told = record('told', '09:12');
  const again = (components: AlertMessage['components'], start?: string) =>
    withMessages([told], [{ ...message('firing', start), components, fields: { name: 'new' } }], at('09:30'));

  it('is told of again when it affects a component worse, or another one', () => {
    expect(again({ checkout: 'major_outage' })).toEqual([
      { ...told, stage: 'waiting', components: { checkout: 'major_outage' }, fields: { name: 'new' } },
    ]);
    expect(again({ checkout: 'operational', search: 'degraded_performance' })).toEqual([
      {
        ...told,
        stage: 'waiting',
        components: { checkout: 'partial_outage', search: 'degraded_performance' },
        fields: { name: 'new' },
      },
    ]);
  });

  it('stays as it is when it became milder, or says the same', () => {
    expect(again({ checkout: 'degraded_performance' })).toEqual([told]);
    expect(again({ checkout: 'partial_outage' })).toEqual([told]);
    expect(again({ search: 'operational' })).toEqual([told]);
  });

  it('has begun when it last began', () => {
    expect(again({ checkout: 'partial_outage' }, '09:20')).toEqual([{ ...told, since: at('09:20') }]);
    expect(again({ checkout: 'partial_outage' }, '09:00')).toEqual([told]);
  });

  it('after its end was received is over all the same', () => {
    const over = record('told', '09:12', '09:20');
    const worse = { ...message('firing', '09:12'), components: { checkout: 'major_outage' as const } };
    expect(withMessages([over], [worse], at('09:30'))).toEqual([over]);
  });
});

describe('what two places remember of one alert', () => {
  it('is what began last, whatever came of the other', () => {
    const [one, other] = [record('over', '09:12', '09:40'), record('waiting', '09:50')];
    expect(mergeRecords([one], [other])).toEqual([other]);
    expect(mergeRecords([other], [one])).toEqual([other]);
  });

  it('is the later stage with the end that one of them knows', () => {
    const [fires, ended] = [record('told', '09:12'), record('waiting', '09:12', '09:40')];
    expect(mergeRecords([fires], [ended])).toEqual([record('told', '09:12', '09:40')]);
    expect(mergeRecords([ended], [fires])).toEqual([record('told', '09:12', '09:40')]);
    expect(mergeRecords([fires], [record('waiting', '09:12')])).toEqual([fires]);
    expect(mergeRecords([record('early', '09:12', '09:40')], [ended])).toEqual([ended]);
  });

  it('is its own for the same beginning and stage', () => {
    const [own, other] = [{ ...record('told', '09:12'), fields: { name: 'own' } }, record('told', '09:12')];
    expect(mergeRecords([own], [other])).toEqual([own]);
  });

  it('stays apart for another key', () => {
    const [one, other] = [record('told', '09:12'), { ...record('told', '09:12'), key: 'b' }];
    expect(mergeRecords([one], [other])).toEqual([one, other]);
  });
});

it('what fires stands in the order in which it began', () => {
  const records = [record('told', '09:30'), record('told', '09:12'), record('told', '09:00', '09:10')];
  expect(firingOf(records).map(({ since }) => said(since))).toEqual(['09:12', '09:30']);
});

it('the worst that is said of each component counts', () => {
  const all = [
    { a: 'partial_outage' },
    { a: 'major_outage', b: 'operational' },
    { a: 'degraded_performance' },
  ] as const;
  expect(worstOf(all)).toEqual({ a: 'major_outage', b: 'operational' });
});

it('keeps alerts of other keys apart', () => {
  const both = remembered(
    ['09:13', message('firing', '09:12')],
    ['09:14', message('firing', '09:14', undefined, 'b')],
    ['09:20', message('resolved', '09:12', '09:19')],
  );
  expect(both).toEqual(['a waiting 09:12–09:19', 'b waiting 09:14–…']);
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}
