import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { incident } from '../__tests__/support/reader.ts';
import { archiveFeed, archivePeriods } from './archive.ts';
import { atom } from './atom.ts';
import { feedOf } from './feed.ts';
import { componentScope } from './scopes.ts';
import { jsonFeed } from './json-feed.ts';
import { rss } from './rss.ts';
import { contextOf } from '../__tests__/support/formats.ts';

/** One update a minute, from the last day of September on. */
function updates(count: number, first: string): string {
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.parse(first) + index * 60_000).toISOString();
    return `## Monitoring · ${at.slice(0, 16)}Z\n\nText ${String(index)}.`;
  }).join('\n\n');
}

const SITE = 'name: Acme\nurl: https://acme.example/status\n';
const context = contextOf({
  'site.yml': SITE,
  'incidents/old.md': incident(updates(2, '2025-03-01T10:00Z')),
  'incidents/summer.md': incident(updates(40, '2026-07-31T23:40Z')),
  'incidents/new.md': incident(updates(40, '2026-11-01T10:00Z')),
});
const ids = ({ entries }: { entries: readonly { id: string }[] }) => entries.map(({ id }) => id);

describe('the archives', () => {
  test('are one for each month in which something was said, in the zone of the site', () => {
    expect(archivePeriods(context)).toEqual(['2026-11', '2026-08', '2026-07', '2025-03']);
    const tokyo = contextOf({
      'site.yml': `${SITE}time_zone: Asia/Tokyo\n`,
      'incidents/a.md': incident(updates(1, '2026-07-31T23:40Z')),
    });
    expect(archivePeriods(tokyo)).toEqual(['2026-08']);
  });

  test('and the feed together hold every update, each with the same id everywhere', () => {
    const all = new Set(ids(feedOf(context)));
    let [next] = [feedOf(context).older];
    const visited: string[] = [];
    while (next) {
      const month = next.split('/').at(-2) ?? '';
      visited.push(month);
      const archive = archiveFeed(context, month);
      for (const id of ids(archive)) all.add(id);
      next = archive.older;
    }
    expect(visited).toEqual(['2026-08', '2026-07', '2025-03']);
    expect(all.size).toBe(82);
  });

  test('are not needed by a feed that holds everything', () => {
    expect(feedOf(contextOf({ 'incidents/a.md': incident(updates(50, '2026-11-01T10:00Z')) }))).not.toHaveProperty(
      'older',
    );
  });

  test('begin with the month of the oldest entry, so that nothing is lost between the two', () => {
    const feed = feedOf(context);
    const archived = new Set(ids(archiveFeed(context, '2026-08')));
    expect(archived.has(ids(feed).at(-1) ?? '')).toBe(true);
  });
});

describe('an archive', () => {
  const feed = archiveFeed(context, '2026-07');
  const folder = 'https://acme.example/status/history';

  test('is marked as one in Atom, with the way to the feed and to the month before', () => {
    const text = atom(feed);
    expect(text).toContain('<fh:archive/>');
    const { id, links, entries } = parseAtomFeed(text);
    expect(id).toBe('https://acme.example/status/');
    expect(links?.map(({ rel, href }) => [rel, href])).toEqual([
      ['self', `${folder}/2026-07/atom.xml`],
      ['current', 'https://acme.example/status/atom.xml'],
      ['prev-archive', `${folder}/2025-03/atom.xml`],
      ['next-archive', `${folder}/2026-08/atom.xml`],
      ['alternate', 'https://acme.example/status/'],
    ]);
    expect(entries).toHaveLength(20);
  });

  test('leads on in JSON Feed; the first of all leads nowhere', () => {
    expect(parseJsonFeed(jsonFeed(feed))).toMatchObject({
      home_page_url: 'https://acme.example/status/',
      feed_url: `${folder}/2026-07/feed.json`,
      next_url: `${folder}/2025-03/feed.json`,
    });
    expect(parseJsonFeed(jsonFeed(archiveFeed(context, '2025-03')))).not.toHaveProperty('next_url');
  });

  test('is told of by the feed that one subscribes to, which is none itself', async () => {
    const subscribed = feedOf(context);
    expect(atom(subscribed)).not.toContain('fh:');
    expect(parseRssFeed(rss(subscribed)).atom?.links?.[1]).toEqual({
      rel: 'prev-archive',
      href: `${folder}/2026-08/atom.xml`,
      type: 'application/atom+xml',
    });
    expect(parseAtomFeed(atom(subscribed)).links?.[1]).toEqual({
      rel: 'prev-archive',
      href: `${folder}/2026-08/atom.xml`,
      type: 'application/atom+xml',
    });
  });
});

describe('the archives of a component', () => {
  const OTHER = 'title: Invoices are late\ncomponents:\n  payments-api: degraded_performance';
  const some = contextOf({
    'site.yml': `${SITE}time_zone: Asia/Tokyo\n`,
    'incidents/old.md': incident(updates(2, '2023-03-01T10:00Z')),
    'incidents/turn.md': incident(updates(60, '2025-12-31T14:30Z')),
    'incidents/new.md': incident(updates(20, '2026-11-01T10:00Z')),
    'incidents/other.md': incident(updates(50, '2026-11-02T10:00Z'), OTHER),
  });
  const component = (id: string) => {
    const found = some.ledger.content.components.get(id);
    if (!found) throw new Error(`There is no component ${id}.`);
    return found;
  };
  const checkout = component('checkout');
  const base = 'https://acme.example/status/components/checkout';
  const documents = new Map<string, string>();
  for (const year of archivePeriods(some, componentScope(some, checkout))) {
    const feed = archiveFeed(some, year, componentScope(some, checkout));
    documents.set(`${base}/history/${year}/atom.xml`, atom(feed));
    documents.set(`${base}/history/${year}/feed.json`, jsonFeed(feed));
  }

  test('are one for each year with messages about it, in the time zone of the site', () => {
    expect(archivePeriods(some, componentScope(some, checkout))).toEqual(['2026', '2025', '2023']);
  });

  test('are not there for a component whose feed holds everything', () => {
    expect(archivePeriods(some, componentScope(some, component('payments-api')))).toEqual([]);
    expect(feedOf(some, componentScope(some, component('payments-api')))).not.toHaveProperty('older');
  });

  test.each<[name: string, start: string, read: (text: string) => { ids: string[]; older: string | undefined }]>([
    ['Atom', atom(feedOf(some, componentScope(some, checkout))), readAtom],
    ['JSON Feed', jsonFeed(feedOf(some, componentScope(some, checkout))), readJson],
  ])('lead in %s from its feed to its oldest message, and hold each of its messages once', (_, start, read) => {
    const first = read(start);
    const archived: string[] = [];
    for (let next = first.older; next !== undefined;) {
      const { ids: held, older } = read(documents.get(next) ?? '');
      archived.push(...held);
      next = older;
    }
    expect(archived).toHaveLength(82);
    expect(new Set(archived).size).toBe(82);
    expect(archived.slice(0, 50)).toEqual(first.ids);
    expect(archived).toEqual(
      archivePeriods(some).flatMap((month) => ids(archiveFeed(some, month)).filter((id) => !id.includes('/other/'))),
    );
  });

  test('are linked from its RSS feed, and lead back to newer ones and to the feed', () => {
    expect(parseRssFeed(rss(feedOf(some, componentScope(some, checkout)))).atom?.links?.[1]).toEqual({
      rel: 'prev-archive',
      href: `${base}/history/2026/atom.xml`,
      type: 'application/atom+xml',
    });
    const text = documents.get(`${base}/history/2025/atom.xml`) ?? '';
    expect(text).toContain('<fh:archive/>');
    const { id, links } = parseAtomFeed(text);
    expect(id).toBe(parseAtomFeed(atom(feedOf(some, componentScope(some, checkout)))).id);
    expect(links?.map(({ rel, href }) => [rel, href])).toEqual([
      ['self', `${base}/history/2025/atom.xml`],
      ['current', `${base}/atom.xml`],
      ['prev-archive', `${base}/history/2023/atom.xml`],
      ['next-archive', `${base}/history/2026/atom.xml`],
      ['alternate', `${base}/`],
    ]);
  });
});

function readAtom(text: string) {
  const { entries = [], links } = parseAtomFeed(text);
  return { ids: entries.map(({ id }) => id ?? ''), older: links?.find(({ rel }) => rel === 'prev-archive')?.href };
}

function readJson(text: string) {
  const { items = [], next_url: older } = parseJsonFeed(text);
  return { ids: items.map(({ id }) => id ?? ''), older };
}
