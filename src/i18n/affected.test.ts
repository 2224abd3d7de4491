import { expect, test } from 'vitest';
import { affectedNodes } from '../core/affected.ts';
import { component, group, ledger, open } from '../__tests__/support/core.ts';
import { affectedInWords, affectedParts } from './facts.ts';
import { wordsFor } from './words.ts';

test('Many components fit in one line: whole groups, then names, then how many more', () => {
  const europe = Array.from({ length: 60 }, (_, index) => component(`eu-${String(index)}`));
  const others = Array.from({ length: 12 }, (_, index) =>
    component(`c-${String(index)}`, { name: `C${String(index)}` }),
  );
  const { content } = ledger({ tree: [{ ...group('eu', ...europe), name: 'Europe' }, ...others] });
  const statuses = Object.fromEntries([...content.components.keys()].map((id) => [id, 'partial_outage' as const]));
  const event = open(statuses);
  expect(affectedInWords(affectedNodes(content, event), wordsFor('en'))).toBe(
    'Europe (all 60), C0, C1, C2, C3, C4, C5, C6 and 5 more',
  );
  const told = affectedNodes(content, event, Object.entries(statuses).slice(0, 61));
  expect(affectedInWords(told, wordsFor('en'))).toBe('Europe (all 60): Partial outage, C0: Partial outage');
  // What owners wrote is apart in each, so that pages can say its language.
  const written = affectedParts(affectedNodes(content, event), wordsFor('de')).filter(
    (part) => typeof part !== 'string',
  );
  expect(written.map(({ text }) => text)).toEqual(['Europe', 'C0', 'C1', 'C2', 'C3', 'C4', 'C5', 'C6']);
  expect(affectedParts(told, wordsFor('de'))).toEqual([
    { text: 'Europe' },
    ...[' (alle ', '60', ')', ': ', 'Teilausfall', ' und '],
    { text: 'C0' },
    ...[': ', 'Teilausfall'],
  ]);
});
