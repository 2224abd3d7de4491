import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Element } from 'hast';
import { describe, expect, it } from 'vitest';
import en from '../i18n/en.json' with { type: 'json' };
import { elementsOf } from './support/dom.ts';
import { builtPages, SITES } from './support/sites.ts';

describe.each(Object.entries(SITES))('the pages of %s', (_, { dir }) => {
  const pages = builtPages(dir).map((page) => ({ ...page, elements: elementsOf(page.html) }));
  const elements = pages.flatMap((page) => page.elements);

  it('let titles, names and descriptions run in their own direction', () => {
    const authored = authoredTexts(dir);
    const wrong = pages.flatMap(({ path, elements }) =>
      elements
        .filter(({ tagName }) => tagName === 'body')
        .flatMap((body) => undirected(body, authored))
        .map((text) => `${path} ${text}`),
    );
    expect(wrong).toEqual([]);
  });

  it('let the text of updates run in its own direction', () => {
    const bodies = elements.filter(
      ({ properties }) => Array.isArray(properties['className']) && properties['className'].includes('body'),
    );
    expect(bodies.length).toBeGreaterThan(10);
    expect(new Set(bodies.map(({ properties }) => properties['dir']))).toEqual(new Set(['auto']));
  });

  it('say in which direction their own words run', () => {
    for (const { path, html } of pages) expect(html, path).toMatch(/<html lang="en" dir="ltr"/);
  });

  it('give every SVG a size without the style sheet', () => {
    const drawings = elements.filter(({ tagName }) => tagName === 'svg');
    const unsized = drawings.filter(({ properties: { width, height } }) => width === undefined || height === undefined);
    expect(unsized.map(({ properties }) => properties['className'])).toEqual([]);
  });
});

it('A build can be served from a branch of GitHub Pages, which would drop `_astro` otherwise', () => {
  expect(readFileSync(join(SITES.example.dir, '.nojekyll'), 'utf8')).toBe('');
});

/** Authored names and titles from the API, except those that are also words of the page. */
function authoredTexts(dir: string): Set<string> {
  const read = (name: string) => JSON.parse(readFileSync(join(dir, `api/v2/${name}.json`), 'utf8')) as Named;
  const { components = [] } = read('components');
  const { incidents = [] } = read('incidents');
  const { scheduled_maintenances: maintenance = [] } = read('scheduled-maintenances');
  const texts = [...components, ...incidents, ...maintenance].flatMap(({ name, description }) => [
    name,
    description ?? '',
  ]);
  const own = new Set<string>(Object.values(en));
  return new Set(texts.map(plain).filter((text) => text !== '' && !own.has(text)));
}

type Named = Partial<
  Record<'components' | 'incidents' | 'scheduled_maintenances', { name: string; description?: string | null }[]>
>;

/** The texts below an element without a direction of their own. */
function undirected(element: Element, authored: ReadonlySet<string>): string[] {
  if (element.properties['dir'] === 'auto') return [];
  return element.children.flatMap((child) => {
    if (child.type === 'element') return undirected(child, authored);
    return child.type === 'text' && authored.has(plain(child.value)) ? [plain(child.value)] : [];
  });
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
