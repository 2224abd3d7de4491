import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractFromJson, extractFromXml } from '@extractus/feed-extractor';
import Parser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Entry } from './support/feeds.ts';
import { feedsmith, instant } from './support/feeds.ts';
import { SITES } from './support/sites.ts';

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

function jsonFeed(text: string): Entry[] {
  const { items } = jsonFeedSchema.parse(JSON.parse(text));
  return items.map(({ id, url, title, date_published }) => ({
    id,
    link: url,
    title,
    published: instant(date_published),
  }));
}

const READERS: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  'rss.xml': { feedsmith, rssParser, extractus },
  'atom.xml': { feedsmith, rssParser, extractus },
  'feed.json': { feedsmith, extractus, jsonFeed },
};

const CASES = Object.entries(READERS).flatMap(([name, readers]) =>
  Object.entries(readers).map(([reader, read]) => ({ name, reader, read })),
);

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
      id: 'tag:status.ladenhall.example,2026:incidents/2026-11-20-card-payments-europe/u-20261120T095800Z',
      link: `${url}incidents/2026-11-20-card-payments-europe/#u-20261120T095800Z`,
      title: 'Some shoppers in Europe cannot pay by card — Identified',
      published: Date.parse('2026-11-20T09:58Z'),
    });
  });

  it.each(CASES)('$name reads the same in $reader', async ({ name, reader, read }) => {
    // This one drops what stands behind # in an address.
    const plain = ({ link, ...entry }: Entry) => ({
      ...entry,
      link: reader === 'extractus' ? link.split('#')[0] : link,
    });
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
    expect(await read(file(SITES.hostile.dir, name))).toHaveLength(41);
  });
});
