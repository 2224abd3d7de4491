import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../../../src/__tests__/support/hostile-strings.ts';
import type { Tree } from './compare.ts';
import { compare } from './compare.ts';
import { FIELDS, markOf, SENTINEL } from './content.ts';
import { csvTree, dangersIn, fragmentTree, xmlTree } from './parse.ts';
import { newMatrix, tryStrings } from './matrix.ts';
import { OUTPUTS } from './outputs.ts';

/** As many as stand in one site together; `npm run hostile` takes all that there are. */
const STRINGS = [
  ...HOSTILE.filter((_, index) => index % 4 === 0),
  ...HOSTILE.filter((text) => /^(\| )?(https?:|ftp:|www\.)/i.test(text)), '=1+1', '@SUM(A1)', '::error::a', '@acme/all #1 GH-1', 'a\u2028b', 'https://evil.example/ www.evil.example', 'a\r\nBcc: a@b.example', '<!channel> <@U1> @everyone', '| a | b |', '# a', '![a](/b.png)',
]; // prettier-ignore

describe('hostile texts', () => {
  it('arrive as they are in every output, from every field that takes them', async () => {
    const matrix = newMatrix();
    await tryStrings(STRINGS, matrix);
    const { failures, arrived } = matrix;
    expect(failures.map(({ output, what }) => `${output}: ${what}`)).toEqual([]);
    expect([...arrived.keys()].sort()).toEqual([...FIELDS].sort());
    const outputs = new Set([...arrived.values()].flatMap((counts) => [...counts.keys()]));
    expect(Object.keys(OUTPUTS).filter((output) => !outputs.has(output))).toEqual(['sitemap.xml']);
  });
});

describe('a comparison', () => {
  const mark = markOf('title', 0);
  const told = (plain: Tree, hostile: Tree, value = '<b>') => {
    const found = compare(plain, hostile, { values: new Map([[mark, value]]), dangers: dangersIn, sentinel: SENTINEL });
    return { ...found, arrived: [...found.arrived] };
  };

  it('knows a text that arrived', () => {
    expect(told(fragmentTree(`<p>${mark}</p>`), fragmentTree('<p>&lt;b></p>'))).toEqual({
      arrived: [mark],
      differences: [],
    });
  });

  it.each([
    ['became an element', '<p><b></b></p>'],
    ['is lost', '<p></p>'],
    ['was escaped twice', '<p>&amp;lt;b></p>'],
    ['brought something along', '<p>&lt;b></p><p></p>'],
    ['set an attribute', '<p onclick="a">&lt;b></p>'],
  ])('tells of one that %s', (_, html) => {
    expect(told(fragmentTree(`<p>${mark}</p>`), fragmentTree(html)).differences).not.toEqual([]);
  });

  it('tells what is unsafe in what an author wrote', () => {
    const plain = fragmentTree(`<p>${SENTINEL}</p><p>${mark}</p>`);
    const unsafe = fragmentTree(`<p>${SENTINEL}</p><script></script><a href="javascript:a">b</a><p onclick="a"></p>`);
    expect(told(plain, unsafe).differences.map(({ found }) => found)).toEqual([
      'script',
      'a href=javascript:a',
      'p onClick',
    ]);
  });
});

describe('a parser', () => {
  it('refuses XML that is not well formed', () => {
    expect(() => xmlTree('<a><b></a>', () => false)).toThrow();
  });

  it.each(['=1+1', '+1', '@a', '-a', '"=1"', '＝1'])('refuses the formula %s in CSV', (cell) => {
    expect(() => csvTree(`a,${cell}\r\n`)).toThrow('formula');
  });

  it('reads what is quoted in CSV', () => {
    expect(csvTree('a,"b ""c"", d\r\n"\r\n')).toMatchObject({
      parts: [{ parts: [{ parts: ['a'] }, { parts: ['b "c", d\r\n'] }] }],
    });
  });
});
