import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { elementsOf } from './support/dom.ts';
import { builtFiles, builtPages, SITES } from './support/sites.ts';

interface Reference {
  from: string;
  address: string;
  element: string;
}

/** Every address in a page, and every id that others can point to. */
function readPage(path: string, html: string): { ids: Set<string>; references: Reference[] } {
  const ids = new Set<string>();
  const references: Reference[] = [];
  for (const { tagName, properties } of elementsOf(html)) {
    if (properties['id']) ids.add(String(properties['id']));
    const property = String(properties['property'] ?? properties['name'] ?? '');
    const meta = tagName === 'meta' && /(^|:)(url|image)$/.test(property) ? properties['content'] : undefined;
    for (const address of [properties['href'], properties['src'], meta]) {
      if (typeof address === 'string') references.push({ from: path, address, element: tagName });
    }
  }
  return { ids, references };
}

describe.each(Object.entries(SITES))('the site %s', (_, { url, dir }) => {
  const pages = new Map(builtPages(dir).map(({ path, html }) => [path, readPage(path, html)]));
  const base = new URL(url);

  /** Why an address leads nowhere; nothing when it leads somewhere, or away from this site. */
  function dead({ from, address }: { from: string; address: string }): string | undefined {
    const target = new URL(address, new URL(from.slice(1), base));
    if (target.origin !== base.origin) return undefined;
    // As programs write the root: they put `/api/v2/…` behind it. Hosts lead a browser on to the one with the slash.
    if (`${target.pathname}/` === base.pathname) return undefined;
    if (!target.pathname.startsWith(base.pathname)) return `${from}: ${address} lies outside of the site`;
    const path = `/${decodeURIComponent(target.pathname.slice(base.pathname.length))}`;
    const page = pages.get(path);
    if (!page && (path.endsWith('/') || !existsSync(join(dir, path)))) return `${from}: ${address} is not there`;
    const id = decodeURIComponent(target.hash.slice(1));
    return id && page && !page.ids.has(id) ? `${from}: ${address} has no such anchor` : undefined;
  }

  const references = [...pages.values()].flatMap((page) => page.references);

  it('has no dead address in any page', () => {
    expect(references.length).toBeGreaterThan(500);
    expect(references.flatMap((reference) => dead(reference) ?? [])).toEqual([]);
  });

  it('has no dead address in any feed, sitemap or style sheet', () => {
    const machine = builtFiles(dir).filter((path) => /\.(xml|rss|atom|json|txt|css|md|ics|svg)$/.test(path));
    const addresses = machine.flatMap((path) => {
      // A line of a calendar goes on where the next begins with a space.
      const text = readFileSync(join(dir, path), 'utf8').replaceAll('\r\n ', '').replaceAll('\\n', ' ');
      const found = text.match(/https?:\/\/[^\s"'<>\\)&]+|url\([^)]+\)/g) ?? [];
      return found.map((address) => ({ from: `/${path}`, address: address.replace(/^url\(["']?|["']?\)$/g, '') }));
    });
    expect(addresses.length).toBeGreaterThan(50);
    expect(addresses.flatMap((address) => dead(address) ?? [])).toEqual([]);
  });

  it('asks no third party for anything', () => {
    const asked = references.filter(({ element }) => !['a', 'meta'].includes(element));
    const foreign = asked.filter(
      ({ address, from }) => new URL(address, new URL(from.slice(1), base)).origin !== base.origin,
    );
    expect(foreign).toEqual([]);
  });

  it('points to its feeds from every page', () => {
    for (const [path, page] of pages) {
      const linked = page.references.filter(({ element }) => element === 'link').map(({ address }) => address);
      for (const feed of ['rss.xml', 'atom.xml', 'feed.json']) {
        expect(linked, path).toContainEqual(expect.stringMatching(new RegExp(`${base.pathname}${feed}$`)));
      }
    }
  });
});
