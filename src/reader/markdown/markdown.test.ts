import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { Position } from 'unist';
import { describe, expect, it, test } from 'vitest';
import { parseMarkdown, visibleText, walk } from './markdown.ts';

const remark = unified().use(remarkParse).use(remarkGfm).freeze();

/** The tree as plain values; where its nodes stand is compared apart, since neither parser says it of every node. */
function shapeOf(tree: object): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'position' ? undefined : value)));
}

function treesOf(text: string): { ours: object; theirs: object } {
  return { ours: parseMarkdown(text, 1).tree, theirs: remark.parse(text) };
}

const SAMPLES = [
  'Plain text with *stress*, **strength** and ~~regret~~.\nA second line\\\nand a third.',
  '## Investigating · 2026-11-20 09:20 UTC\n\nText.\n\n- **Next update:** 09:50 UTC\n- [x] done\n',
  '1. one\n2. two\n   - inner\n\n> a quote\n> - in it\n',
  '| a | b |\n| --- | :-: |\n| `x\\|y` | [z](https://z.example "title") |\n',
  'See https://a.example/x?y=1, www.b.example and me@c.example. A note[^1].\n\n[^1]: The note.\n',
  '[ref][one] ![pic](/p.png)\n\n[one]: https://one.example\n',
  '```sh\ncode\n```\n\n    indented\n\n***\n',
  '<!-- a comment -->\n\nText <b class=x/>in</b> HTML<br>',
  '<embed src=/ onload=alert(1)>',
  '*𞋿*delta. 🚀 **go**',
  '\n\n',
  '',
];

describe('the tree of a text', () => {
  it.each(SAMPLES)('is that of remark: %j', (text) => {
    const { ours, theirs } = treesOf(text);
    expect(shapeOf(ours)).toEqual(shapeOf(theirs));
  });

  it('says where headings and list items stand, as remark does', () => {
    const text = SAMPLES.slice(0, 7).join('\n\n');
    const places = (tree: object) => {
      const found: unknown[] = [];
      walk(tree as never, (node) => {
        if (['heading', 'listItem', 'code', 'link'].includes(node.type))
          found.push((node as { position?: Position }).position?.start);
      });
      return found;
    };
    const { ours, theirs } = treesOf(text);
    expect(places(ours)).toEqual(places(theirs));
  });
});

test.each([
  ['窓口（https://a.example/決済）までご連絡ください。', 'https://a.example/決済', '）までご連絡ください。'],
  ['详见https://a.example/x，谢谢 *您*', 'https://a.example/x', '，谢谢 '],
  ['**www.b.example、**', 'http://www.b.example', '、'],
  ['https://a.example/help?x=1をご覧ください。', 'https://a.example/help?x=1', 'をご覧ください。'],
  ['https://a.example/をご覧ください。', 'https://a.example/', 'をご覧ください。'],
  ['https://a.example에서 확인하세요.', 'https://a.example', '에서 확인하세요.'],
  ['请访问 www.a.example/x查看详情，谢谢', 'http://www.a.example/x', '查看详情，谢谢'],
  ['https://日本語.jp/障害、', 'https://日本語.jp/障害', '、'],
])('an address in %s ends where the text goes on', (text, address, after) => {
  const found: [string, unknown][] = [];
  walk(parseMarkdown(text, 1).tree, (node) => {
    if (!('children' in node)) return;
    for (const [index, child] of node.children.entries()) {
      if (child.type === 'link') found.push([child.url, shapeOf(node.children[index + 1] ?? {})]);
    }
  });
  expect(found).toEqual([[address, { type: 'text', value: after }]]);
});

test.each([
  ['一部の**カード決済（全ブランド）**が失敗しています。', 'カード決済（全ブランド）'],
  ['欧洲的**“银行卡支付”**失败。', '“银行卡支付”'],
  ['유럽에서 **카드 결제(전체)**의 일부가 실패합니다.', '카드 결제(전체)'],
  ['本日*「復旧」*しました。', '「復旧」'],
])('stress beside brackets in %s is stress', (text, stressed) => {
  const found: unknown[] = [];
  walk(parseMarkdown(text, 1).tree, (node) => {
    if (node.type === 'strong' || node.type === 'emphasis') found.push(visibleText(node));
  });
  expect(found).toEqual([stressed]);
});

test('an address in brackets keeps its punctuation', () => {
  const text = '<https://a.example/（あ）> and [https://a.example/（あ）](https://a.example/（あ）)';
  const { ours, theirs } = treesOf(text);
  expect(shapeOf(ours)).toEqual(shapeOf(theirs));
});

/** The examples of the specifications lie outside of the repository. */
const SUITES = '../shared/data/hostile';

describe.skipIf(!existsSync(SUITES))(
  `the trees of the specifications’ examples (skipped where ${SUITES} is absent)`,
  () => {
    it.each(['commonmark-spec.json', 'cmark-gfm-spec.json'])('of %s are those of remark', (file) => {
      const examples = JSON.parse(readFileSync(join(SUITES, file), 'utf8')) as { markdown: string }[];
      const different = examples
        .map(({ markdown }) => treesOf(markdown))
        .filter(({ ours, theirs }) => !isDeepStrictEqual(shapeOf(ours), shapeOf(theirs)));
      expect(examples.length).toBeGreaterThan(600);
      expect(different).toEqual([]);
    });
  },
);
