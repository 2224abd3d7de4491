import { expect, test } from 'vitest';
import { escapeMarkup, xmlText } from './xml.ts';

test.each([
  ['a\u0000b\u0008c\u000bd\u000ce\u001ff', 'abcdef'],
  ['a\ufffeb\uffffc', 'abc'],
  ['a\ud800b\udc00c', 'abc'],
  ['\ud83d\ude00', '😀'],
  ['a\tb\nc\rd\u007fe\u0085f\ufffdg', 'a\tb\nc\rd\u007fe\u0085f\ufffdg'],
])('of %j XML may hold %j', (text, expected) => {
  expect(xmlText(text)).toBe(expected);
});

test('markup is escaped between tags and in quotes', () => {
  expect(escapeMarkup(`<a b="c">'d' & e`)).toBe(`&lt;a b=&quot;c&quot;&gt;'d' &amp; e`);
});
