import { describe, expect, it } from 'vitest';
import { timeVariants } from './time-variants.ts';

const clock = { ledger: { now: 1000 }, instants: [2000, 3000, 4500] };

describe('forms', () => {
  it('is one form without attributes when nothing turns', () => {
    expect(timeVariants(clock, () => ({ text: 'same' }))).toEqual([{ value: { text: 'same' }, when: {} }]);
  });

  it('shows the present form and hides those to come, each between its instants', () => {
    expect(timeVariants(clock, (at) => at)).toEqual([
      { value: 1000, when: { 'data-until': 2 } },
      { value: 2000, when: { 'data-from': 2, 'data-until': 3, hidden: true } },
      { value: 3000, when: { 'data-from': 3, 'data-until': 5, hidden: true } },
      { value: 4500, when: { 'data-from': 5, hidden: true } },
    ]);
  });

  it('merges equal neighbours but not equal forms that are apart', () => {
    const values = timeVariants(clock, (at) => ({ odd: at === 3000 }));
    expect(values.map(({ value, when }) => [value.odd, when['data-from']])).toEqual([
      [false, undefined],
      [true, 3],
      [false, 5],
    ]);
  });

  it('leaves out what is not there, and says until when the rest is', () => {
    expect(timeVariants(clock, (at) => (at < 3000 ? 'here' : undefined))).toEqual([
      { value: 'here', when: { 'data-until': 3 } },
    ]);
    expect(timeVariants(clock, (at) => (at < 3000 ? undefined : 'late'))).toEqual([
      { value: 'late', when: { 'data-from': 3, hidden: true } },
    ]);
    expect(timeVariants(clock, () => undefined)).toEqual([]);
  });
});
