import { describe, expect, it } from 'vitest';
import { at, said } from '../testing.ts';
import type { AlertMessage, AlertRecord } from './record.ts';
import { withMessages } from './record.ts';

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
