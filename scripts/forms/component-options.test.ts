import { describe, expect, it } from 'vitest';
import { readChosen } from './component-options.ts';

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

  it('reads a long text without a comma in no time', () => {
    const started = performance.now();
    readChosen('a'.repeat(60_000), OPTIONS);
    readChosen('(a'.repeat(30_000), OPTIONS);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
