import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../src/i18n/words.ts';

const pages = new Map(
  globSync(['*.md', 'docs/*.md', '.github/*.md']).map((path) => [path, readFileSync(path, 'utf8')]),
);
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

function withoutFences(text: string): string {
  return text.replace(/^( *)```[^]*?^\1```$/gm, '> code');
}

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(text: string): string[] {
  return Array.from(withoutFences(text).matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Links of a page within this repository that lead nowhere. */
function deadLinks(path: string, text: string): string[] {
  const links = Array.from(withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : join(dirname(path), file);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(pages.get(target) ?? '').includes(anchor);
  });
}

/** Texts of prose without a table, a list or a heading between them. */
function longTexts(text: string): string[] {
  const blocks = text.split(/\n{2,}/).map((block) => (/^\s*(\||#|[-*] |\d+\. |>|!\[)/.test(block) ? '' : block));
  const runs = blocks.join('\n').split(/\n{2,}/);
  return runs.filter((run) => run.split(/\s+/).filter(Boolean).length > 120);
}

describe.each([...pages])('%s', (path, text) => {
  it('has no dead link', () => {
    expect(deadLinks(path, text)).toEqual([]);
  });

  it('names only commands that there are', () => {
    const named = Array.from(text.matchAll(/npm run (?:--silent )?([a-z]+)/g), ([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('has no wall of text', () => {
    expect(longTexts(withoutFences(text))).toEqual([]);
  });
});

it('the table of languages has those that are shipped', () => {
  const [, table = ''] = /\| tag .*\n\|.*\n([^]*?)\n\n/.exec(pages.get('docs/languages.md') ?? '') ?? [];
  const tags = Array.from(table.matchAll(/`([\w-]+)`/g), ([, tag]) => tag);
  expect(tags.toSorted()).toEqual(LOCALES.toSorted());
  for (const page of ['docs/languages.md', 'docs/faq.md', 'README.md', 'CHANGELOG.md'])
    expect(pages.get(page), page).toMatch(new RegExp(`\\b${LOCALES.length}\\W+(\\[?)languages`));
});

it('the index of the documentation leads to every page', () => {
  const index = pages.get('docs/README.md') ?? '';
  const others = globSync('docs/*.md').map((page) => basename(page));
  expect(others.filter((page) => page !== 'README.md' && !index.includes(`(${page})`))).toEqual([]);
});
