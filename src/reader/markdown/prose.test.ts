import { describe, expect, it } from 'vitest';
import { incident, readFiles } from '../../__tests__/support/reader.ts';

const UPDATE = '## Investigating · 2026-11-20 09:20 UTC\n\nWe look.\n\n';

function wrongWith(text: string): [string, string | undefined][] {
  const { diagnostics } = readFiles({ 'incidents/a.md': incident(UPDATE + text) }, ['/there.png', '/a b.png']);
  return diagnostics.map(({ line, column, ruleId, expected }) => [
    `${String(line)}:${String(column)} ${ruleId}`,
    expected,
  ]);
}

describe('images', () => {
  it.each(['![A graph](/there.png)', '![A graph](/a%20b.png)', '![A graph][g]\n\n[g]: /there.png'])(
    'may be “%s”',
    (text) => {
      expect(wrongWith(text)).toEqual([]);
    },
  );

  it.each([
    ['![A](https://x.example/a/b.png)', '11:1 image-foreign', undefined],
    ['See ![A](there.png)', '11:5 image-foreign', 'See ![A](/there.png)'],
    ['![A](https://x.example/a/there.png "B")', '11:1 image-foreign', '![A](/there.png "B")'],
    ['![A](/gone.png)', '11:1 image-missing', undefined],
    ['![A](/thre.png)', '11:1 image-missing', '![A](/there.png)'],
    ['![ ](/there.png)', '11:1 image-undescribed', undefined],
    ['<img src="/there.png">', '11:1 image-foreign', undefined],
    ['a <VIDEO src=x></VIDEO>', '11:3 image-foreign', undefined],
  ])('are not “%s”', (text, wrong, expected) => {
    expect(wrongWith(text)).toEqual([[wrong, expected]]);
  });

  it('of an address that is long are named in short', () => {
    const { diagnostics } = readFiles({
      'incidents/a.md': incident(`${UPDATE}![A](https://x.example/${'a'.repeat(100)})`),
    });
    expect(diagnostics[0]?.reason).toContain(`“https://x.example/${'a'.repeat(61)}…”`);
    const { diagnostics: short } = readFiles({
      'incidents/a.md': incident(`${UPDATE}![A](https://x.example/${'a'.repeat(62)})`),
    });
    expect(short[0]?.reason).toContain(`“https://x.example/${'a'.repeat(62)}”`);
  });
});

describe('links', () => {
  it.each([
    '[a](https://x.example)',
    '[a](mailto:a@x.example)',
    '[a](tel:+49123)',
    '[a](/help/)',
    '[a](#u-1)',
    '<https://x.example>',
    '[a][b]\n\n[b]: http://x.example',
  ])('may be “%s”', (text) => {
    expect(wrongWith(text)).toEqual([]);
  });

  it.each([
    ['[a](JavaScript:alert(1))', 'link-unsafe'],
    ['[a](data:text/html,x)', 'link-unsafe'],
    ['[a][b]\n\n[b]: vbscript:x', 'link-unsafe'],
    ['[a](x.example)', 'link-relative'],
    ['[a](../help)', 'link-relative'],
  ])('are not “%s”', (text, rule) => {
    expect(wrongWith(text).map(([one]) => one.split(' ')[1])).toEqual([rule]);
  });
});

describe('what would hide what follows', () => {
  it.each([
    ['```\ncode\n```', []],
    ['> ```\n> code\n> ```', []],
    ['~~~~\ncode\n~~~~~', []],
    ['    ```\n    code', []],
    ['```\ncode', ['11:1 code-unclosed']],
    ['~~~~\ncode\n~~~', ['11:1 code-unclosed']],
    ['```', ['11:1 code-unclosed']],
    ['<!-- a -->\n\nText.', []],
    ['Text <!-- a --> goes on.', []],
    ['Text \\<!-- a', []],
    ['Text `<!--` a', []],
    ['<!-- a', ['11:1 comment-unclosed']],
    ['Text <!-- a\n\nb -->', ['11:1 comment-unclosed']],
    ['<div>\n\n## Resolved · 2026-11-20 10:20 UTC', []],
    ['<div>\n<!--\n## Resolved · 2026-11-20 10:20 UTC\n-->\n</div>', []],
    ['<div>\n   ## Resolved · 2026-11-20 10:20 UTC\n\nIt works.', ['12:1 html-swallows']],
    ['<div>\na\n##\tResolved', ['13:1 html-swallows']],
  ])('%j', (text, wrong) => {
    expect(wrongWith(text).map(([one]) => one)).toEqual(wrong);
  });
});

describe('a text that could hold a build up', () => {
  const rules = (text: string) => wrongWith(text).map(([one]) => one);

  it('is a list of more than a thousand items', () => {
    const list = (items: number) => Array.from({ length: items }, () => '- a').join('\n');
    expect(rules(list(1000))).toEqual([]);
    expect(rules(list(1001))).toEqual(['11:1 nested-too-deep']);
  });
});
