import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractFromJson, extractFromXml } from '@extractus/feed-extractor';
import { parseFeed } from '@rowanmanning/feed-parser';
import Parser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Entry } from './support/feeds.ts';
import { READERS as UNIT_READERS } from './support/formats.ts';
import { feedsmith, instant, selfOf } from './support/feeds.ts';
import { builtFiles, SITES } from './support/sites.ts';

const file = (dir: string, name: string) => readFileSync(join(dir, name), 'utf8');

/** JSON Feed 1.1 as its own document has it: https://www.jsonfeed.org/version/1.1/ */
const jsonFeedSchema = z.looseObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string().min(1),
  home_page_url: z.url(),
  feed_url: z.url(),
  items: z.array(
    z.looseObject({
      id: z.string().min(1),
      url: z.url(),
      title: z.string(),
      content_html: z.string(),
      date_published: z.iso.datetime({ offset: true }),
      date_modified: z.iso.datetime({ offset: true }),
      tags: z.array(z.string()).optional(),
    }),
  ),
});

type Reader = (text: string) => Promise<Entry[]> | Entry[];

async function rssParser(text: string): Promise<Entry[]> {
  const { items } = await new Parser().parseString(text);
  return items.map((item) => ({
    id: item.guid ?? (item as { id?: string }).id ?? '',
    link: item.link ?? '',
    title: item.title ?? '',
    published: instant(item.isoDate),
  }));
}

function extractus(text: string): Entry[] {
  const options = { normalization: true, descriptionMaxLen: 0 };
  const { entries = [] } = text.startsWith('{') ? extractFromJson(text, options) : extractFromXml(text, options);
  return entries.map(({ id = '', link = '', title = '', published }) => ({
    id,
    link,
    title,
    published: instant(published),
  }));
}

function feedParser(text: string): Entry[] {
  return parseFeed(text).items.map(({ id, url, title, published }) => ({
    id: id ?? '',
    link: url ?? '',
    title: title ?? '',
    published: published?.getTime() ?? NaN,
  }));
}

function jsonFeed(text: string): Entry[] {
  const { items } = jsonFeedSchema.parse(JSON.parse(text));
  return items.map(({ id, url, title, date_published }) => ({
    id,
    link: url,
    title,
    published: instant(date_published),
  }));
}

/** A plain parser of XML, which knows nothing of feeds. */
function plainXml(format: 'rss' | 'atom'): Reader {
  return async (text) => {
    const entries = (await UNIT_READERS[format]['fast-xml-parser']?.(text)) ?? [];
    return entries.map(({ id = '', url = '', title = '', published }) => ({
      id,
      link: url,
      title,
      published: instant(published),
    }));
  };
}

const READERS: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  'rss.xml': { feedsmith, rssParser, feedParser, extractus, plainXml: plainXml('rss') },
  'atom.xml': { feedsmith, rssParser, feedParser, extractus, plainXml: plainXml('atom') },
  'feed.json': { feedsmith, extractus, jsonFeed },
};

const CASES = Object.entries(READERS).flatMap(([name, readers]) =>
  Object.entries(readers).map(([reader, read]) => ({ name, reader, read })),
);

/** What every reader tells: extractus drops what stands behind # in an address, and takes Atom's `updated` for `published`. */
const asRead = (reader: string, name: string, { link, published, ...entry }: Entry) => ({
  ...entry,
  title: entry.title.trim(),
  link: reader === 'extractus' ? link.split('#')[0] : link,
  ...(!(reader === 'extractus' && name === 'atom.xml') && { published }),
});

describe('the feeds of the example', () => {
  const { dir, url } = SITES.example;
  const expected = jsonFeed(file(dir, 'feed.json'));

  it('hold the newest fifty updates, newest first, each with an id of its own', () => {
    expect(expected).toHaveLength(50);
    expect(new Set(expected.map(({ id }) => id)).size).toBe(50);
    expect(expected.map(({ published }) => published)).toEqual(
      expected.map(({ published }) => published).sort((a, b) => b - a),
    );
    expect(expected[0]).toEqual({
      id: 'tag:status.ladenhall.example,2026:status/incidents/2026-11-20-card-payments-europe/u-20261120T095800Z',
      link: `${url}incidents/2026-11-20-card-payments-europe/#u-20261120T095800Z`,
      title: 'Some shoppers in Europe cannot pay by card — Identified',
      published: Date.parse('2026-11-20T09:58Z'),
    });
  });

  it.each(CASES)('$name reads the same in $reader', async ({ name, reader, read }) => {
    const plain = (entry: Entry) => asRead(reader, name, entry);
    expect((await read(file(dir, name))).map(plain)).toEqual(expected.map(plain));
  });

  it('say what labels say, in words, with absolute links only', () => {
    const html = jsonFeedSchema.parse(JSON.parse(file(dir, 'feed.json'))).items.map(({ content_html }) => content_html);
    expect(html[0]).toMatch(/<li>Next update: 20 Nov 2026, 10:15 UTC<\/li>/);
    expect(html.join('').match(/(href|src)="(?!https?:|mailto:|tel:)[^"]*"/g)).toBeNull();
  });
});

describe('the feeds of the hostile site', () => {
  it.each(CASES)('$name is read whole by $reader', async ({ name, read }) => {
    expect(await read(file(SITES.hostile.dir, name))).toHaveLength(42);
  });
});

/** Folders with every feed: the root, one for each component and its old names, one for each month. An event has Atom alone. */
const foldersOf = (dir: string) =>
  builtFiles(dir)
    .filter((path) => path.endsWith('feed.json'))
    .map((path) => path.slice(0, -'feed.json'.length));

/** Archives are in Atom and JSON alone. */
const isIn = (folder: string, name: string) => !(/(^|\/)history\//.test(folder) && name === 'rss.xml');

describe.each([SITES.example, SITES.subPath])('every feed below $url', ({ dir, url }) => {
  it('is there for each component, also under its old names, and for each month', () => {
    const folders = foldersOf(dir);
    for (const folder of ['', 'components/checkout/', 'components/cdn/', 'components/ftp-import/', 'history/2025-07/'])
      expect(folders).toContain(folder);
    expect(folders.length).toBeGreaterThan(45);
  });

  it.each(foldersOf(dir))(
    '/%s reads the same in every reader, has ids of its own and no relative address',
    async (folder) => {
      const expected = jsonFeed(file(dir, `${folder}feed.json`));
      expect(new Set(expected.map(({ id }) => id)).size).toBe(expected.length);
      for (const { id, link, published } of expected) {
        expect(id).toMatch(/^tag:/);
        expect(link.startsWith(url)).toBe(true);
        expect(published).not.toBeNaN();
      }
      for (const { name, reader, read } of CASES.filter((one) => isIn(folder, one.name))) {
        const plain = (entry: Entry) => asRead(reader, name, entry);
        expect((await read(file(dir, folder + name))).map(plain), `${name} in ${reader}`).toEqual(expected.map(plain));
      }
      expect(file(dir, `${folder}feed.json`).match(/(href|src)=\\"(?!https?:|mailto:|tel:)[^"]*"/g)).toBeNull();
    },
  );

  it.each(foldersOf(dir))('/%s says where it is', (folder) => {
    for (const name of Object.keys(READERS).filter((one) => isIn(folder, one))) {
      const self = selfOf(file(dir, folder + name));
      expect(self?.startsWith(url)).toBe(true);
      // Under an old name of a component, that is the present one.
      expect(file(dir, self?.slice(url.length) ?? '')).toBe(file(dir, folder + name));
    }
  });

  it('leads to all older entries, and to none that is not there', () => {
    const read = (address: string) => {
      const { items, next_url: next } = JSON.parse(file(dir, address.slice(url.length))) as Document;
      return { ids: items.map(({ id }) => id), next };
    };
    const found = new Set<string>();
    for (let next: string | undefined = `${url}feed.json`; next;) {
      const document = read(next);
      for (const id of document.ids) found.add(id);
      next = document.next;
    }
    const months = foldersOf(dir).filter((folder) => folder.startsWith('history/'));
    expect(found).toEqual(new Set(months.flatMap((folder) => read(`${url}${folder}feed.json`).ids)));
    expect(found.size).toBeGreaterThan(150);
  });
});

interface Document {
  items: { id: string }[];
  next_url?: string;
}
