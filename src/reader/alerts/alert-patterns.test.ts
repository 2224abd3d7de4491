import { describe, expect, it } from 'vitest';
import { readPattern } from './match.ts';

function fits(pattern: string, text: string): boolean {
  const read = readPattern(pattern);
  if ('problem' in read) throw new Error(read.problem);
  return read.fits(text);
}

describe('a pattern', () => {
  it.each([
    ['Checkout*', 'checkoutErrors', true],
    ['Checkout*', 'MyCheckout', false],
    ['*', '', true],
    ['a*b*c', 'A-b-B-c', true],
    ['a.c', 'abc', false],
    ['a?', 'a', false],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['\\!a', '!a', true],
    ['\\/api/health', '/api/health', true],
    ['/api', '/API', true],
    ['Straße', 'STRAßE', true],
    ['/^Pay(ment)?s? fail/i', 'payments fail now', true],
    ['/^Pay/', 'pay', false],
    ['/a\\/b/', 'a/b', true],
    ['/^\\p{Lu}$/u', 'Ä', true],
    ['/(?<!x)y/', 'xy', false],
  ])('%j asks of %j: %s', (pattern, text, expected) => {
    expect(fits(pattern, text)).toBe(expected);
  });

  it('says the same each time it is asked', () => {
    const read = readPattern('/a/i');
    expect('fits' in read && [1, 2, 3].map(() => read.fits('A'))).toEqual([true, true, true]);
  });

  it.each([
    ['/(/', /^“\/\(\/” is not a valid regular expression: Unterminated group\.$/],
    ['/[/u', /not a valid regular expression: .*\.$/],
    ['/a/g', /“g” are not valid flags/],
    ['/a/uv', /not a valid regular expression: Invalid flags/],
    ['/api/health', /put a backslash before it/],
    ['!a', /cannot start with “!”/],
  ])('%j is refused with a reason', (pattern, reason) => {
    expect(readPattern(pattern)).toMatchObject({ problem: expect.stringMatching(reason) as string });
  });

  it.each(['/^(a+)+$/', '/(a|a)*c/i', '/a*a*a*a*a*b/'])('%s holds nothing up, whatever text it is given', (pattern) => {
    const read = readPattern(pattern);
    const hostile = `${'a'.repeat(1000)}!`;
    expect('fits' in read && Array.from({ length: 20 }, () => read.fits(hostile))).toEqual(Array(20).fill(false));
  });
});
