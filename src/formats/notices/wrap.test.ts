import { expect, test } from 'vitest';
import { wrap } from './fit.ts';

test.each([
  ['a line at its words', 'one two three four', 'one two\nthree four'],
  ['nothing that fits', 'one two', 'one two'],
  ['an item below its text', '- one two three', '- one two\n  three'],
  ['a numbered item below its text', '1. one two three', '1. one two\n   three'],
  ['a quote with its mark', '> one two three', '> one two\n> three'],
  ['no long word', 'a https://acme.example/b c', 'a\nhttps://acme.example/b\nc'],
  ['no program code', '    one two three four', '    one two three four'],
  ['each line for itself', 'one\ntwo three four', 'one\ntwo three\nfour'],
])('wrapping breaks %s', (_, text, wrapped) => {
  expect(wrap(text, 10)).toBe(wrapped);
});
