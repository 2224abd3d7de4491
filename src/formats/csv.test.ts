import { expect, it, test } from 'vitest';
import { csv } from './csv.ts';

it('is a line for the head and for each row, parted as RFC 4180 has it', () => {
  expect(
    csv(
      ['id', 'count'],
      [
        ['a', 1],
        [undefined, 2.5],
      ],
    ),
  ).toBe('id,count\r\na,1\r\n,2.5\r\n');
});

test.each([
  ['plain', 'plain'],
  ['one, two', '"one, two"'],
  ['say "hello"', '"say ""hello"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+49 30 1234', "'+49 30 1234"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝1+1', "'＝1+1"],
  ['\t=1', "'\t=1"],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
])('%j is the cell %j', (text, cell) => {
  expect(csv(['text'], [[text]])).toBe(`text\r\n${cell}\r\n`);
});

it('leaves a number a number, one below zero too', () => {
  expect(csv(['n'], [[-2]])).toBe('n\r\n-2\r\n');
});

it.each(['a;=1+1', 'a;@SUM(A1)', 'a;-1', 'a;＝1'])('%j holds no formula where semicolons part cells', (text) => {
  expect(csv(['a'], [[text]])).not.toMatch(/;[=+@＝-]/);
});
