import { describe, expect, it } from 'vitest';
import type { ComponentNode } from '../core/model.ts';
import { contentIn } from '../core/locales.ts';
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

const LOCALES = 'name: Acme\nurl: https://status.acme.example\nlocales: [de, en, ar]\n';

describe('names by language', () => {
  const listed = (text: string, site = LOCALES) => {
    const { content, diagnostics } = readFiles({ 'components.yml': text, 'site.yml': site });
    const wrong = diagnostics.map(({ file, line, column, ruleId, expected, example }) => [
      `${file}:${String(line)}:${String(column)} ${ruleId}`,
      expected ?? example,
    ]);
    return { content, wrong, edition: (locale: string) => content && contentIn(content, locale) };
  };
  const LIST = `- group: { de: Laden, en: Shop }
  components:
    - id: checkout
      name:
        de: Kasse
        en: Checkout
      description: { de: Einkäufe bezahlen, ar: الدفع }
- id: api
  name: API
`;

  it('are those of the first language, and in an edition its own, each with its language', () => {
    const { wrong, edition } = listed(LIST);
    expect(wrong).toEqual([]);
    const texts = (locale: string) => [edition(locale)?.tree, [...(edition(locale)?.components.values() ?? [])]];
    const outlined = (locale: string) =>
      JSON.parse(
        JSON.stringify(texts(locale)).replace(/"(kind|id)":"[^"]*",|,?"(names|aliases)":(\{\}|\[\])/g, ''),
      ) as unknown;
    const expected = (group: object, checkout: object) => [
      [{ ...group, children: [checkout] }, { name: 'API' }],
      [checkout, { name: 'API' }],
    ];
    expect(outlined('de')).toEqual(expected({ name: 'Laden' }, { name: 'Kasse', description: 'Einkäufe bezahlen' }));
    expect(outlined('en')).toEqual(
      expected({ name: 'Shop', lang: 'en' }, { name: 'Checkout', lang: 'en', description: 'Einkäufe bezahlen' }),
    );
    expect(outlined('ar')).toEqual(
      expected({ name: 'Laden' }, { name: 'Kasse', description: 'الدفع', descriptionLang: 'ar' }),
    );
  });

  it('make the id of a group from the first language', () => {
    expect(outline(listed(LIST).content?.tree)).toEqual([{ laden: ['checkout'] }, 'api']);
  });

  it('are in languages of the page, and always in the first', () => {
    const named = (name: string, key = 'name') =>
      listed(key === 'group' ? `- group: ${name}\n  components: []` : `- id: a\n  name: A\n  ${key}: ${name}`).wrong;
    expect(named('{ en: Shop }', 'group')).toEqual([
      ['components.yml:1:10 missing-key', 'group: { de: Shop, en: Shop }'],
    ]);
    expect(named('{ de: A, ene: B }', 'description')).toEqual([
      ['components.yml:3:25 translation-locale', '  description: { de: A, en: B }'],
    ]);
    expect(named('{ de: A, en: B, ar: C, fr: D }', 'description')).toEqual([
      ['components.yml:3:39 translation-locale', 'locales: [de, en, ar, fr]'],
    ]);
    expect(named('{ DE: A }', 'description')).toEqual([
      ['components.yml:3:16 missing-key', 'description: { de: A, DE: A }'],
      ['components.yml:3:18 translation-locale', '  description: { de: A }'],
    ]);
    expect(named('{ de: "" }', 'description')).toMatchObject([['components.yml:3:22 bad-value', undefined]]);
    expect(named('[a, b]', 'description')).toMatchObject([['components.yml:3:16 wrong-kind', '  description: "a, b"']]);
  });

  it('and the page’s name and description too', () => {
    const site = LOCALES.replace('Acme', '{ de: Acme Deutschland, en: Acme }').concat(
      'description: { de: Läuft alles?, ar: ق }\n',
    );
    const { wrong, edition } = listed(LIST, site);
    expect(wrong).toEqual([]);
    const texts = (locale: string) => [edition(locale)?.site.name, edition(locale)?.site.description];
    expect(texts('de')).toEqual(['Acme Deutschland', 'Läuft alles?']);
    expect(texts('en')).toEqual(['Acme', 'Läuft alles?']);
    expect(texts('ar')).toEqual(['Acme Deutschland', 'ق']);
    expect(listed(LIST, LOCALES.replace('Acme', '{ en: Acme }')).wrong).toEqual([
      ['site.yml:1:7 missing-key', 'name: { de: Acme, en: Acme }'],
    ]);
  });
});
