import { describe, expect, it } from 'vitest';
import { growth, LINEAR } from '../../src/__tests__/support/growth.ts';
import { readChosen } from './forms.ts';

const OPTIONS = [
  { id: 'cards', text: 'Cards' },
  { id: 'cards-debit', text: 'Cards, debit (cards-debit)' },
  { id: 'odd', text: 'Odd (cards), too (odd)' },
  { id: 'website', text: 'Website (website)' },
];

describe('readChosen', () => {
  it.each([
    ['Website (website)', ['website']],
    ['Cards, debit (cards-debit), Website (website)', ['cards-debit', 'website']],
    ['Odd (cards), too (odd), Website (website)', ['odd', 'website']],
    ['Cards, Website (website)', ['cards', 'website']],
    ['Former name, inc. (website), Gone (gone)', ['website', 'gone']],
    ['website,cards-debit', ['website', 'cards-debit']],
    ['website=major_outage , cards: partial outage', ['website=major_outage', 'cards: partial outage']],
    ['website, website', ['website']],
    [' , ,', []],
    ['', []],
  ])('reads %j', (text, ids) => {
    expect(readChosen(text, OPTIONS)).toEqual(ids);
  });

  it.each(['a', '(a'])('reads a long text of %j with work that grows with its length', (piece) => {
    expect(growth((times) => readChosen(piece.repeat(times * 30_000), OPTIONS))).toBeLessThan(LINEAR);
  });
});
