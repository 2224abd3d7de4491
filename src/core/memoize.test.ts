import { expect, test } from 'vitest';
import { memoize, memoizePair } from './memoize.ts';

test('a function of an object is called once for each, not for each that is alike', () => {
  const calls: object[] = [];
  const count = memoize((subject: { name: string }) => calls.push(subject));
  const [one, alike] = [{ name: 'a' }, { name: 'a' }];

  expect([count(one), count(alike), count(one), count(alike)]).toEqual([1, 2, 1, 2]);
  expect(calls).toEqual([one, alike]);
});

test('a result of undefined is kept too', () => {
  let calls = 0;
  const nothing = memoize((_: object) => {
    calls += 1;
    return undefined;
  });
  const one = {};
  nothing(one);
  nothing(one);

  expect(calls).toBe(1);
});

test('a function of an object and a key is called once for each pair', () => {
  let calls = 0;
  const named = memoizePair(({ name }: { name: string }, month: string) => `${name} ${month} ${String((calls += 1))}`);
  const [one, other] = [{ name: 'a' }, { name: 'b' }];

  expect([named(one, 'x'), named(one, 'y'), named(other, 'x'), named(one, 'x')]).toEqual([
    'a x 1',
    'a y 2',
    'b x 3',
    'a x 1',
  ]);
});
