import { inTitle, mention, toInlineCode } from '../lib/mentions.ts';
import { describe, expect, it } from 'vitest';
import { spanInWords } from './text.ts';
import { readMarks, writeMarks } from './tracker.ts';

describe('text of an incident in Markdown', () => {
  it.each([
    ['Some customers cannot pay', '`Some customers cannot pay`'],
    ['@acme/everybody <!-- #1 [x](https://evil.example)', '`@acme/everybody <!-- #1 [x](https://evil.example)`'],
    ['one ` and ``` more', '````one ` and ``` more````'],
    ['`@ada`', '`` `@ada` ``'],
    ['one\n\n# two\u202e', '`one # two`'],
    ['', '`  `'],
  ])('is one code span, %j', (text, markdown) => {
    expect(toInlineCode(text)).toBe(markdown);
  });
});

describe('text of an incident in a title', () => {
  it('calls nobody and stays on one line', () => {
    expect(inTitle('@acme/all\nis here', 80)).toBe('@\u2060acme/all is here');
  });

  it('is cut between letters', () => {
    expect(inTitle('👩'.repeat(50), 5)).toHaveLength(9);
    expect(inTitle('abcdef', 5)).toBe('abcd…');
  });
});

describe('somebody to be told', () => {
  it.each(['@ada', '@acme/payments', '@acme-corp/on.call'])('is called as GitHub does, %s', (name) => {
    expect(mention(name)).toBe(name);
  });

  it.each(['Ada', 'ada@acme.example', '@ada <!--', '@-', '+49 30 123'])('is shown where GitHub cannot, %s', (name) => {
    expect(mention(name)).toBe(`\`${name}\``);
  });
});

describe('marks', () => {
  const marks = { case: 'promise 2026-11-20-pay u-1', told: ['a missed', 'a after 30m'], closed: true };

  it('are read as they were written, also with the line ends of another system', () => {
    expect(readMarks(`${writeMarks(marks)}\n\nText`)).toEqual(marks);
    expect(readMarks(`${writeMarks(marks)}\n\nText`.replaceAll('\n', '\r\n'))).toEqual(marks);
  });

  it('count only at the beginning', () => {
    expect(readMarks(`Hello\n${writeMarks(marks)}`)).toEqual({ told: [], closed: false });
  });
});

it.each([
  [0, 'less than a minute'],
  [60_000, '1 minute'],
  [7_500_000, '2 hours 5 minutes'],
  [90_060_000, '1 day 1 hour'],
])('%s milliseconds are %s', (milliseconds, words) => {
  expect(spanInWords(milliseconds)).toBe(words);
});
