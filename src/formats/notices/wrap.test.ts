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
  ['Japanese between letters', 'カードのお支払いができません', 'カードのお\n支払いがで\nきません'],
  ['nothing before a full stop', '障害が発生。復旧した', '障害が発\n生。復旧し\nた'],
  ['nothing behind a bracket', '原因は、「通信」', '原因は、\n「通信」'],
  ['Chinese around Latin words', '我们的API出现故障', '我们的API\n出现故障'],
  ['Korean at its spaces', '결제가 되지 않습니다', '결제가\n되지\n않습니다'],
  ['no address', '詳細は https://acme.example/障害', '詳細は\nhttps://acme.example/障害'],
  ['each line for itself', 'one\ntwo three four', 'one\ntwo three\nfour'],
])('wrapping breaks %s', (_, text, wrapped) => {
  expect(wrap(text, 10)).toBe(wrapped);
});
