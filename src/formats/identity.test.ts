import { describe, expect, test } from 'vitest';
import { newIdentity } from '../core/events.ts';
import { incident, readFiles } from '../__tests__/support/reader.ts';
import { archiveFeed } from './archive.ts';
import { atom } from './atom.ts';
import { calendarOf } from './calendar.ts';
import { feedOf } from './feed.ts';
import { componentScope } from './scopes.ts';
import { historyAtom, historyFeed } from './history.ts';
import { jsonFeed } from './json-feed.ts';
import { rss } from './rss.ts';
import { DOCUMENT_NAMES, statuspageDocument } from './statuspage/documents.ts';
import { contextOf } from '../__tests__/support/formats.ts';

const PAY = incident('## Investigating · 2025-12-31 23:20 UTC\n\nA.\n\n## Resolved · 2026-01-01 00:20 UTC\n\nB.');
const WORK = incident(
  '## Scheduled · 2026-11-02 10:00 UTC\n\nC.',
  'title: Upgrade\ncomponents: [checkout]\nscheduled: 2026-11-25 01:00 UTC\nuntil: 2026-11-25 03:00 UTC',
);
const OLD = 'https://acme.github.io/status/';
const NEW = 'https://status.acme.example';

/** Every id that another program may keep, of a page at an address. */
async function idsAt(url: string, id?: string): Promise<string[]> {
  const site = `name: Acme\nurl: ${url}\n${id === undefined ? '' : `id: ${id}\n`}`;
  const context = contextOf({ 'site.yml': site, 'incidents/pay.md': PAY, 'maintenance/db.md': WORK });
  const feeds = [
    feedOf(context),
    archiveFeed(context, '2026-01'),
    ...[...context.ledger.content.components.values()].map((component) =>
      feedOf(context, componentScope(context, component)),
    ),
  ];
  const documents = feeds.flatMap((feed) => [atom(feed), rss(feed), jsonFeed(feed)]);
  const all = [...documents, historyAtom(historyFeed(context)), calendarOf(context).replaceAll('\r\n ', '')];
  const inText = all.flatMap((text) =>
    [...text.matchAll(/<(?:id|guid[^>]*)>([^<]*)<|"id": "([^"]*)"|^UID:(.*)$/gm)].map(
      ([, xml, json, uid]) => xml ?? json ?? uid ?? '',
    ),
  );
  const api = DOCUMENT_NAMES.map((name) => JSON.parse(statuspageDocument(name, context)) as unknown);
  return [...inText, ...api.flatMap(idsIn)];
}

/** The `id` of everything in a document of the API. */
function idsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (/(^|_)id$/.test(key) ? [String(inner)] : idsIn(inner)));
}

describe('the ids of feeds, the calendar and the API', () => {
  test('stay the same when the address changes and the id does not', async () => {
    const id = 'tag:acme.example,2026:status';
    const ids = await idsAt(OLD, id);
    expect(ids).toContain(`${id}/incidents/pay/u-20260101T002000Z`);
    expect(ids).toContain(`${id}/maintenance/db`.replace(',', '\\,'));
    expect(ids).toContain(`${id}/components/checkout`);
    expect(ids).toContain(id);
    expect(await idsAt(NEW, id)).toEqual(ids);
  });

  test('are those of the first address when that is the id', async () => {
    expect(await idsAt(NEW, OLD)).toEqual(await idsAt(OLD));
  });

  test('follow the host and path without an id', async () => {
    const ids = await idsAt(OLD);
    expect(ids).toContain('tag:acme.github.io,2026:incidents/pay/u-20260101T002000Z');
    expect(ids).toContain('tag:acme.github.io,2025:incidents/pay');
    expect(ids).toContain('https://acme.github.io/status/');
    expect(ids).toContain('https://acme.github.io/status/components/checkout/');
    expect(ids).toContain('https://acme.github.io/status/history.atom');
    expect(ids).toContain('db@acme.github.io');
  });
});

test('an update whose time is corrected over the turn of the year keeps its id when it is pinned', () => {
  const idOf = (heading: string) =>
    feedOf(contextOf({ 'incidents/a.md': incident(`${heading}\n\nAll works.`) })).entries[0]?.id;
  expect(idOf('## Resolved · 2025-12-31 23:50 UTC {#u-20260101T001000Z}')).toBe(
    idOf('## Resolved · 2026-01-01 00:10 UTC'),
  );
});

test.each([
  ['https://status.acme.example', 'tag:status.acme.example,2026:status'],
  ['https://acme.github.io/team/status/', 'tag:acme.github.io,2026:team/status'],
  ['https://acme.example:8443/r&d//x y/', 'tag:acme.example,2026:r-d/x-20y'],
  ['https://Müller.example/', 'tag:xn--mller-kva.example,2026:status'],
  ['http://[::1]/a/', 'tag:1,2026:a'],
])('the id of a new page at %s is valid', (url, expected) => {
  const id = newIdentity(new URL(url), 2026);
  expect(id).toBe(expected);
  const { diagnostics, content } = readFiles({ 'site.yml': `name: A\nurl: https://a.example\nid: ${id}\n` });
  expect(diagnostics).toEqual([]);
  expect(content?.site.id).toBe(id);
});

test.each([
  'acme',
  'tag:acme.example:status',
  'tag:acme.example,2026:',
  'tag:acme.example,26:a',
  'tag:a,2026:a b',
  'ftp://a.example',
  'https://a.example/?b',
])('the id %j is refused', (id) => {
  const { diagnostics } = readFiles({ 'site.yml': `name: A\nurl: https://a.example\nid: "${id}"\n` });
  expect(diagnostics).toMatchObject([{ file: 'site.yml', line: 3, ruleId: 'bad-value' }]);
});
