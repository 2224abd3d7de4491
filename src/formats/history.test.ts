import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { incident } from '../__tests__/support/reader.ts';
import { historyAtom, historyFeed, historyRss } from './history.ts';
import { contextOf } from '../__tests__/support/formats.ts';

const SITE = 'name: Acme & Sons\nurl: https://acme.example/status/\ntime_zone: Europe/Berlin\nlogo: /logo.svg\n';

const TEXT = `## Investigating · 2025-12-31 22:20 UTC

Some customers see an error: \`a < b\`. See [the help](/help/).

## Update · 2025-12-31 23:10 UTC

Still looking.

## Resolved · 2026-01-01 01:02 UTC

Payments work again:

1. cards
2. wallets

- **Edited:** 01:30 UTC`;

const FRONT =
  'title: Some "customers" cannot pay\ncomponents: { checkout: partial_outage }\nstarted: 2025-12-31 22:12 UTC';
const WORK = incident(
  '## Scheduled · 2026-11-02 10:00 UTC\n\nOn the tenth.',
  'title: Upgrade\ncomponents: [payments-api]\nscheduled: 2026-11-10 01:00 UTC\nuntil: 2026-11-10 03:00 UTC',
);
const FILES = { 'site.yml': SITE, 'incidents/payments.md': incident(TEXT, FRONT), 'maintenance/db.md': WORK };

describe('an entry of the history', () => {
  const [work, payments] = historyFeed(contextOf(FILES)).entries;

  test('has all that was said, newest first, each with a date that has its year', () => {
    expect(payments?.html).toBe(
      '<div><small>1 Jan 2026, 02:02 CET</small><br><strong>Resolved</strong> - Payments work again:\n' +
        '<ol>\n<li>cards</li>\n<li>wallets</li>\n</ol><br /><br />' +
        'Edited: 1 Jan 2026, 02:30 CET</div>' +
        '<p><small>1 Jan 2026, 00:10 CET</small><br><strong>Update</strong> - Still looking.</p>' +
        '<p><small>31 Dec 2025, 23:20 CET</small><br><strong>Investigating</strong> - Some customers see an error: ' +
        '<code>a &lt; b</code>. See <a href="https://acme.example/status/help/">the help</a>.</p>',
    );
  });

  test('was published when the incident started, and updated when it was last changed', () => {
    expect([payments?.published, payments?.updated]).toEqual([
      Date.parse('2025-12-31T22:12Z'),
      Date.parse('2026-01-01T01:30Z'),
    ]);
  });

  test('leads to the page of its incident and keeps its id', () => {
    expect([payments?.id, payments?.url, payments?.title, payments?.categories]).toEqual([
      'tag:acme.example,2025:incidents/payments',
      'https://acme.example/status/incidents/payments/',
      'Some "customers" cannot pay',
      ['Checkout'],
    ]);
  });

  test('of a maintenance has what the clock did, and the plan', () => {
    expect(work?.html).toBe(
      '<p><small>10 Nov 2026, 04:00 CET</small><br><strong>Completed</strong> - The scheduled maintenance window has ended.</p>' +
        '<p><small>10 Nov 2026, 02:00 CET</small><br><strong>In progress</strong> - The maintenance has started as scheduled.</p>' +
        '<p><small>2 Nov 2026, 11:00 CET</small><br><strong>Scheduled</strong> - On the tenth.</p>' +
        '<p>Scheduled for: 10 Nov 2026, 02:00 CET – 10 Nov 2026, 04:00 CET</p>',
    );
    expect([work?.id, work?.published]).toEqual([
      'tag:acme.example,2026:maintenance/db',
      Date.parse('2026-11-02T10:00Z'),
    ]);
  });
});

test('the history holds 25 entries, the one of which something was said last first', () => {
  const files = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [
      `incidents/i-${String(index)}.md`,
      incident(
        `## Resolved · 2026-10-${String(index + 1).padStart(2, '0')} 08:00 UTC\n\nOver.`,
        `title: ${String(index)}\nimpact: minor`,
      ),
    ]),
  );
  const explained = incident(
    '## Resolved · 2026-09-01 08:00 UTC\n\nOver.\n\n## Postmortem · 2026-11-01 08:00 UTC\n\nWhy.',
    'title: explained\nimpact: minor',
  );
  const context = contextOf({ ...files, 'incidents/explained.md': explained });
  for (const { updates, title } of context.ledger.content.incidents) {
    if (Number(title) < 6)
      Object.defineProperty(updates[0], 'body', { get: () => expect.unreachable(`${title} is rendered.`) });
  }
  expect(historyFeed(context).entries.map(({ title }) => title)).toEqual([
    'explained',
    ...Array.from({ length: 24 }, (_, index) => String(29 - index)),
  ]);
});

test('a maintenance without updates is in the history from its announcement on', () => {
  const work = (day: string) =>
    `---\ntitle: ${day}\ncomponents: [checkout]\nscheduled: 2026-11-${day} 11:00 UTC\nuntil: 2026-11-${day} 13:00 UTC\n---\n`;
  const { entries } = historyFeed(contextOf({ 'maintenance/a.md': work('20'), 'maintenance/b.md': work('21') }));
  expect(entries.map(({ title }) => title)).toEqual(['20', '21']);
});

test('RSS says whose history it is and where; the description of an item is all of it', async () => {
  const feed = historyFeed(contextOf(FILES));
  const { items = [], ...channel } = parseRssFeed(historyRss(feed));
  expect(channel).toMatchObject({
    title: 'Acme & Sons status: incident history',
    link: 'https://acme.example/status/',
    lastBuildDate: 'Tue, 10 Nov 2026 03:00:00 GMT',
    atom: { links: [{ href: 'https://acme.example/status/history.rss', rel: 'self', type: 'application/rss+xml' }] },
  });
  expect(
    items.map((item) => [item.guid?.value, item.guid?.isPermaLink, item.link, item.pubDate, item.description]),
  ).toEqual(
    feed.entries.map(({ id, url, published, html }) => [id, false, url, new Date(published).toUTCString(), html]),
  );
});

test('Atom says whose history it is and where, under an id of its own', () => {
  const feed = historyFeed(contextOf(FILES));
  const { entries = [], ...head } = parseAtomFeed(historyAtom(feed));
  expect(head).toMatchObject({
    id: 'https://acme.example/status/history.atom',
    title: { value: 'Acme & Sons status: incident history' },
    updated: '2026-11-10T03:00:00.000Z',
    links: [
      { href: 'https://acme.example/status/history.atom', rel: 'self', type: 'application/atom+xml' },
      { href: 'https://acme.example/status/', rel: 'alternate', type: 'text/html' },
    ],
  });
  expect(entries.map(({ id, content, published }) => [id, content?.value?.trim(), published])).toEqual(
    feed.entries.map(({ id, html, published }) => [id, html, new Date(published).toISOString()]),
  );
});

test('without entries it is a feed all the same', async () => {
  const feed = historyFeed(contextOf({ 'site.yml': SITE }));
  expect(parseRssFeed(historyRss(feed)).items).toBeUndefined();
  expect(parseAtomFeed(historyAtom(feed)).entries).toBeUndefined();
});
