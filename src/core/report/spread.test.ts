import { expect, test } from 'vitest';
import { spreadOf } from './records.ts';

test.each([
  [[5], { count: 1, median: 5, mean: 5, greatest: 5 }],
  [[9, 1, 2], { count: 3, median: 2, mean: 4, greatest: 9 }],
  [[10, 1, 3, 2], { count: 4, median: 2.5, mean: 4, greatest: 10 }],
  [[], undefined],
])('%j spread as %j', (numbers, spread) => {
  expect(spreadOf(numbers)).toEqual(spread);
});
