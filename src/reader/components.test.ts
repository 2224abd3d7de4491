import { describe, expect, it } from 'vitest';
import type { ComponentNode } from '../core/model.ts';
import { readFiles } from '../__tests__/support/reader.ts';

function reading(text: string) {
  const { content, diagnostics } = readFiles({ 'components.yml': text });
  return {
    content,
    wrong: diagnostics.map(({ line, column, ruleId, expected, example }) => [
      `${String(line)}:${String(column)} ${ruleId}`,
      expected ?? example,
    ]),
  };
}

/** Groups and components by id, as they nest. */
function outline(nodes: readonly ComponentNode[] = []): unknown[] {
  return nodes.map((node) => (node.kind === 'group' ? { [node.id]: outline(node.children) } : node.id));
}

describe('components.yml', () => {
  it('keeps its order, and groups in groups', () => {
    const { content, wrong } = reading(
      '- id: z\n  name: Z\n- group: Shop\n  components:\n    - group: Shop & Co.\n      id: summer\n      components:\n        - id: b\n          name: B\n    - id: a\n      name: A',
    );
    expect(wrong).toEqual([]);
    expect(outline(content?.tree)).toEqual(['z', { shop: [{ summer: ['b'] }, 'a'] }]);
    expect([...(content?.components.keys() ?? [])]).toEqual(['z', 'b', 'a']);
  });

  it('gives a group an id of its path of names, in whatever letters', () => {
    const group = (name: string) => outline(reading(`- group: ${name}\n  components: []`).content?.tree)[0];
    expect(['Shop & Co.', 'EU-West 1', '東'].map(group)).toEqual([
      { 'shop-co': [] },
      { 'eu-west-1': [] },
      { 'group-6771': [] },
    ]);
    const nested = reading('- group: A\n  components:\n    - group: B\n      components: []').content?.tree;
    expect(outline(nested)).toEqual([{ a: [{ 'a-b': [] }] }]);
  });

  it('holds no two groups of one id', () => {
    const group = (line: string) => `- group: Shop\n${line}  components: []\n`;
    expect(reading(group('') + group('')).wrong).toEqual([['3:10 id-taken', '- group: Shop\n  id: shop-2']]);
    expect(reading(group('') + group('  id: shop\n')).wrong).toEqual([['4:7 id-taken', '  id: shop-2']]);
  });

  const EXAMPLE = '- id: website\n  name: Website';
  it.each([
    ['id: a', '1:1 wrong-kind'],
    ['- a', '1:3 wrong-kind'],
    ['- - id: a', '1:3 wrong-kind'],
  ])('is a list of sets of keys, and not %j', (text, wrong) => {
    expect(reading(text).wrong).toEqual([[wrong, EXAMPLE]]);
  });

  it('nests five levels deep at most', () => {
    const nested = (levels: number): string =>
      Array.from({ length: levels }, (_, level) => {
        const indent = '    '.repeat(level);
        return `${indent}- group: G${String(level)}\n${indent}  components:`;
      }).join('\n') + ' []';
    expect(reading(nested(5)).wrong).toEqual([]);
    expect(reading(nested(6)).wrong).toEqual([['11:23 group-too-deep', undefined]]);
  });

  it('says what is wrong in each entry, and keeps the others', () => {
    const { content, wrong } = reading('- id: a\n- id: b\n  name: B\n- id: c\n  name: C\n  aliases: [b]');
    expect(wrong).toMatchObject([
      ['1:3 missing-key', 'name: Checkout'],
      ['6:13 alias-taken', undefined],
    ]);
    expect([...(content?.components.keys() ?? [])]).toEqual(['b', 'c']);
  });

  it('knows of a component what it says, and no more', () => {
    const { content } = reading(
      '- id: a\n  name: A\n  since: 2026-01-01\n  sla: 99.9\n  owner: "@acme/web"\n- id: b\n  name: B',
    );
    expect(content?.tree).toEqual([
      {
        kind: 'component',
        id: 'a',
        name: 'A',
        aliases: [],
        since: Date.parse('2026-01-01T00:00Z'),
        sla: 99.9,
        owner: '@acme/web',
      },
      { kind: 'component', id: 'b', name: 'B', aliases: [] },
    ]);
  });
});
