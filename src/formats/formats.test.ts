import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { incident } from '../__tests__/support/reader.ts';
import { atom } from './atom.ts';
import { feedOf } from './feed.ts';
import { jsonFeed } from './json-feed.ts';
import { rss } from './rss.ts';
import { contextOf, READERS } from '../__tests__/support/formats.ts';

const FORMATS = { rss, atom, json: jsonFeed };

const TEXT = `## Investigating · 2026-11-20 09:20 UTC

Some customers see an error: \`a < b && c\`. See [the help](/help/) and ![the map](/map.png).

| Region | Works |
|--------|------:|
| Europe |    no |

- **Next update:** 09:50 UTC

## Resolved · 2026-11-20 11:02 UTC

Payments work again[^1].

- **Edited:** 11:30 UTC

[^1]: Since 10:55.`;

const SITE = `name: Acme & Sons
url: https://acme.example/status/
description: Whether "Acme" works, <now>
logo: /logo.svg
`;

const FEED = feedOf(
  contextOf({
    'site.yml': SITE,
    'incidents/sign-in.md': incident(
      TEXT,
      'title: Sign-in & "payments" <fail>\ncomponents: { checkout: major_outage, payments-api: partial_outage }',
    ),
    'incidents/slow.md': incident('## Resolved · 2025-03-01 10:00 UTC\n\nIt works.', 'title: Slow\nimpact: none'),
  }),
);

const EXPECTED = FEED.entries.map(({ id, url, title, published, categories, html }) => {
  return { id, url, title, published: new Date(published).toISOString(), categories: [...categories], html };
});

const EMPTY = feedOf(contextOf({ 'site.yml': SITE }));

describe.each(['rss', 'atom', 'json'] as const)('%s', (format) => {
  describe.each(Object.entries(READERS[format]))('as %s reads it', (_, read) => {
    test('says what the feed says', async () => {
      const entries = await read(FORMATS[format](FEED));
      expect(entries.map((entry) => ({ ...entry, title: entry.title?.trim(), html: entry.html?.trim() }))).toEqual(
        EXPECTED,
      );
    });

    test('may be empty', async () => {
      expect(await read(FORMATS[format](EMPTY))).toEqual([]);
    });
  });

  test('has no relative address', async () => {
    const read = Object.values(READERS[format])[0];
    const entries = (await read?.(FORMATS[format](FEED))) ?? [];
    const addresses = entries.flatMap(({ html = '' }) =>
      [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, it]) => it),
    );
    expect(addresses).toEqual([
      'https://acme.example/status/incidents/sign-in/#u-20261120T110200Z-fn-1',
      'https://acme.example/status/help/',
      'https://acme.example/status/map.png',
    ]);
  });
});

test('RSS says whose feed it is, where it is and how new', async () => {
  const { items, ...channel } = parseRssFeed(rss(FEED));
  expect(channel).toEqual({
    title: 'Acme & Sons status updates',
    description: 'Whether "Acme" works, <now>',
    link: 'https://acme.example/status/',
    language: 'en',
    lastBuildDate: 'Fri, 20 Nov 2026 11:30:00 GMT',
    ttl: 5,
    atom: {
      links: [{ href: 'https://acme.example/status/rss.xml', rel: 'self', type: 'application/rss+xml' }],
    },
  });
  expect(items?.[0]?.guid?.isPermaLink).toBe(false);
  expect(items?.[0]?.atom?.updated).toBe('2026-11-20T11:30:00.000Z');
});

test('the description of an RSS item is the text, as HTML', async () => {
  const [, item] = (await READERS.rss['fast-xml-parser']?.(rss(FEED))) ?? [];
  const { items } = parseRssFeed(rss(FEED));
  expect(item).toBeDefined();
  expect(items?.[1]?.description).toBe(
    'Some customers see an error: a &lt; b &amp;&amp; c. See the help and the map. Region Works Europe no<br>' +
      'Next update: 20 Nov 2026, 09:50 UTC',
  );
});

test('Atom says whose feed it is, where it is and how new', () => {
  const { entries, ...feed } = parseAtomFeed(atom(FEED));
  expect(feed).toEqual({
    id: 'https://acme.example/status/',
    title: { value: 'Acme & Sons status updates' },
    subtitle: { value: 'Whether "Acme" works, <now>' },
    updated: '2026-11-20T11:30:00.000Z',
    authors: [{ name: 'Acme & Sons', uri: 'https://acme.example/status/' }],
    links: [
      { href: 'https://acme.example/status/atom.xml', rel: 'self', type: 'application/atom+xml' },
      { href: 'https://acme.example/status/', rel: 'alternate', type: 'text/html' },
    ],
    logo: 'https://acme.example/status/logo.svg',
    xml: { lang: 'en' },
  });
  expect(entries?.map(({ updated }) => updated)).toEqual([
    '2026-11-20T11:30:00.000Z',
    '2026-11-20T09:20:00.000Z',
    '2025-03-01T10:00:00.000Z',
  ]);
  expect(entries?.[0]?.content?.type).toBe('html');
});

test('JSON Feed says whose feed it is, where it is and how new', () => {
  const { items, ...feed } = parseJsonFeed(jsonFeed(FEED));
  expect(JSON.parse(jsonFeed(FEED))).toHaveProperty('version', 'https://jsonfeed.org/version/1.1');
  expect(feed).toEqual({
    title: 'Acme & Sons status updates',
    description: 'Whether "Acme" works, <now>',
    home_page_url: 'https://acme.example/status/',
    feed_url: 'https://acme.example/status/feed.json',
    icon: 'https://acme.example/status/logo.svg',
    language: 'en',
    authors: [{ name: 'Acme & Sons', url: 'https://acme.example/status/' }],
  });
  expect(items?.map(({ date_modified: modified }) => modified)).toEqual([
    '2026-11-20T11:30:00.000Z',
    '2026-11-20T09:20:00.000Z',
    '2025-03-01T10:00:00.000Z',
  ]);
  expect(items?.[0]?.summary).toBe('Payments work again.\nEdited: 20 Nov 2026, 11:30 UTC');
});
