import { describe, expect, it } from 'vitest';
import { printChanges, readNameStatus } from './plan.ts';

describe('the list of changes', () => {
  it('has every file when they are few', () => {
    const changes = readNameStatus('M\0package.json\0D\0src/b.ts\0A\0src/a\u001b[2J.ts\0T\0LICENSE\0');
    expect(printChanges(changes)).toBe(
      ['  changed  LICENSE', '  changed  package.json', '  added    src/a�[2J.ts', '  removed  src/b.ts'].join('\n'),
    );
  });

  it('counts by folder when they are many', () => {
    const added = Array.from({ length: 30 }, (_, at) => `src/view/deep/${at}.astro`);
    const list = printChanges({ added, changed: ['package.json', 'src/view/page.astro'], removed: ['src/old.ts'] });
    expect(list).toBe(
      [
        '               added  changed  removed',
        '  ./               0        1        0',
        '  src/             0        0        1',
        '  src/view/       30        1        0',
      ].join('\n'),
    );
  });

  it('is empty when nothing differs', () => {
    expect(readNameStatus('')).toEqual({ added: [], changed: [], removed: [] });
  });
});
