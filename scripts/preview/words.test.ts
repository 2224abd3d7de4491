import { expect, it } from 'vitest';
import { wordChanges } from './compare.ts';

const marked = (before: string, after: string) =>
  wordChanges(before, after)
    .map(({ kind, text }) => ({ same: text, removed: `-${text}-`, added: `+${text}+` })[kind])
    .join(' ');

it.each([
  ['a b c', 'a b c', 'a b c'],
  ['a b c', 'a x c', 'a -b- +x+ c'],
  ['a b', 'a b c', 'a b +c+'],
  ['a b c d', 'b d', '-a- b -c- d'],
  ['', 'a', '+a+'],
  ['a a a', 'a a', 'a a -a-'],
])('%j to %j is %j', (before, after, said) => {
  expect(marked(before, after)).toBe(said);
});

it('long texts without a word in common are shown as written anew, at once', () => {
  const text = (word: string) => `${word} `.repeat(50_000);
  expect(wordChanges(text('a'), text('b')).map(({ kind }) => kind)).toEqual(['removed', 'added']);
});
