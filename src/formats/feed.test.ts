import { describe, expect, test } from 'vitest';
import { incident } from '../__tests__/support/reader.ts';
import { feedOf } from './feed.ts';
import { componentScope, eventScope } from './scopes.ts';
import { contextOf } from '../__tests__/support/formats.ts';

const TEXT = `## Investigating · 2026-11-20 09:20 UTC

Some customers see an error, see [the help](/help/).

- **Next update:** 09:50 UTC

## Identified · 2026-11-20 09:48 UTC

A database failed.

- **Components:** checkout: major outage, payments-api: partial outage
- **Areas:** Europe, Asia
- **Expected fix:** 11:00 UTC
- **Edited:** 09:55 UTC

## Resolved · 2026-11-20 11:02 UTC

Payments work again.

- **Ended:** 10:55 UTC`;

const FRONT = `title: Some customers cannot pay
components:
  checkout: partial_outage
areas: [Europe]
reference: INC-42`;

function written(files: Record<string, string>, now?: number) {
  return feedOf(contextOf(files, now));
}

const ONE = { 'incidents/payments.md': incident(TEXT, FRONT) };

const WORK = `---
title: Database upgrade
components: [ftp]
scheduled: 2025-01-10 01:00 UTC
until: 2025-01-10 03:00 UTC
---

Files cannot be fetched while we work.

## Scheduled · 2025-01-02 10:00 UTC

We move to a larger database.

## Completed · 2025-01-10 02:00 UTC

All is done.
`;

describe('an entry', () => {
  test('of a reminder says how long before the start it came', () => {
    const work = WORK.replace('components:', 'remind: [24h, 1h]\ncomponents:');
    const { entries } = written({ 'maintenance/db.md': work }, Date.parse('2025-01-10T12:00Z'));
    expect(entries.map(({ title }) => title.split(' — ')[1])).toEqual([
      'Completed',
      'In progress',
      'Reminder: starts in 1 hour',
      'Reminder: starts in 24 hours',
      'Scheduled',
    ]);
    expect(entries[3]?.text).toBe('Scheduled for: 10 Jan 2025, 01:00 UTC – 10 Jan 2025, 03:00 UTC');
  });

  test('runs from right to left in such a language, whatever the feeds around it', () => {
    const site = 'name: Acme\nurl: https://status.acme.example\nlocale: ar\n';
    const entries = [...written({ ...ONE, 'site.yml': site }).entries, ...written(ONE).entries];
    expect(entries.map(({ html }) => html.startsWith('<div dir="rtl"><p>'))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test('is made of each update, newest first', () => {
    const { entries } = written({ ...ONE, 'maintenance/db.md': WORK });
    expect(entries.map(({ title }) => title)).toEqual([
      'Some customers cannot pay — Resolved',
      'Some customers cannot pay — Identified',
      'Some customers cannot pay — Investigating',
      'Database upgrade — Completed',
      'Database upgrade — In progress',
      'Database upgrade — Scheduled',
    ]);
  });

  test('has the id and the address of its update', () => {
    const { entries } = written({ ...ONE, 'maintenance/db.md': WORK });
    expect(entries.slice(2, 4).map(({ id, url }) => [id, url])).toEqual([
      [
        'tag:status.acme.example,2026:incidents/payments/u-20261120T092000Z',
        'https://status.acme.example/incidents/payments/#u-20261120T092000Z',
      ],
      [
        'tag:status.acme.example,2025:maintenance/db/u-20250110T020000Z',
        'https://status.acme.example/maintenance/db/#u-20250110T020000Z',
      ],
    ]);
  });

  test('below a path has the host in its id and the path in its address', () => {
    const site = 'name: Acme\nurl: https://acme.example:8443/status/\n';
    const [entry] = written({ ...ONE, 'site.yml': site }).entries;
    expect(entry?.id).toBe('tag:acme.example,2026:incidents/payments/u-20261120T110200Z');
    expect(entry?.url).toBe('https://acme.example:8443/status/incidents/payments/#u-20261120T110200Z');
  });

  test('takes the year of its id from UTC, whatever the zone of the site', () => {
    const site = 'name: Acme\nurl: https://status.acme.example\ntime_zone: Asia/Tokyo\n';
    const text = '## Resolved · 2025-12-31 23:30 UTC\n\nAll works.';
    const [entry] = written({ 'incidents/a.md': incident(text), 'site.yml': site }).entries;
    expect(entry?.id).toBe('tag:status.acme.example,2025:incidents/a/u-20251231T233000Z');
  });

  test('keeps its id when it is built later, corrected, or followed by others', () => {
    const before = written({ 'incidents/a.md': incident('## Monitoring · 2026-11-20 09:00 UTC\n\nIt works.') });
    const after = written(
      {
        'incidents/a.md': incident(
          '## Monitoring · 2026-11-20 09:00 UTC\n\nAll works.\n\n- **Edited:** 09:10 UTC\n\n## Resolved · 2026-11-20 10:00 UTC\n\nIt does.',
        ),
      },
      Date.parse('2026-12-24T00:00Z'),
    );
    expect(after.entries.at(-1)?.id).toBe(before.entries[0]?.id);
  });

  test('says labelled lines in words, with times in the zone of the site', () => {
    const site = 'name: Acme\nurl: https://status.acme.example\ntime_zone: Europe/Berlin\n';
    const { entries } = written({ ...ONE, 'site.yml': site });
    expect(entries.map(({ text }) => text)).toEqual([
      'Payments work again.\nEnded: 20 Nov 2026, 11:55 CET',
      'A database failed.\n' +
        'Components: Checkout: Major outage, Payments API: Partial outage\n' +
        'Affected areas: Europe, Asia\n' +
        'Expected fix: 20 Nov 2026, 12:00 CET\n' +
        'Edited: 20 Nov 2026, 10:55 CET',
      'Some customers see an error, see the help.\n' +
        'Affected areas: Europe\n' +
        'Next update: 20 Nov 2026, 10:50 CET\n' +
        'Reference: INC-42',
    ]);
  });

  test('has them below its text, and no relative address', () => {
    expect(written(ONE).entries[2]?.html).toBe(
      '<p>Some customers see an error, see <a href="https://status.acme.example/help/">the help</a>.</p>\n' +
        '<ul><li>Affected areas: Europe</li><li>Next update: 20 Nov 2026, 09:50 UTC</li><li>Reference: INC-42</li></ul>',
    );
  });

  test('names the components that were said to be affected until then', () => {
    expect(written(ONE).entries.map(({ categories }) => categories)).toEqual([
      ['Checkout', 'Payments API'],
      ['Checkout', 'Payments API'],
      ['Checkout'],
    ]);
  });

  test('was updated when it was edited, else when it was published', () => {
    const times = written(ONE).entries.map(({ published, updated }) => [published, updated].map(clock));
    expect(times).toEqual([
      ['11:02', '11:02'],
      ['09:48', '09:55'],
      ['09:20', '09:20'],
    ]);
  });

  test('of a maintenance says when it is planned; the first has the announcement', () => {
    expect(written({ 'maintenance/db.md': WORK }).entries.map(({ text }) => text)).toEqual([
      'All is done.\nScheduled for: 10 Jan 2025, 01:00 UTC – 10 Jan 2025, 03:00 UTC',
      'The maintenance has started as scheduled.\nScheduled for: 10 Jan 2025, 01:00 UTC – 10 Jan 2025, 03:00 UTC',
      'Files cannot be fetched while we work.\nWe move to a larger database.\n' +
        'Scheduled for: 10 Jan 2025, 01:00 UTC – 10 Jan 2025, 03:00 UTC',
    ]);
  });
});

test('a maintenance without announcement has its updates', () => {
  const work = WORK.replace('Files cannot be fetched while we work.\n', '');
  expect(written({ 'maintenance/db.md': work }).entries.at(-1)?.text).toMatch(/^We move to a larger database\.\n/);
});

describe('the entries', () => {
  const updates = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const at = new Date(Date.parse('2026-11-19T00:00Z') + index * 60_000).toISOString();
      return `## Monitoring · ${at.slice(0, 16)}Z\n\nText ${String(index)}.`;
    }).join('\n\n');

  test('are the newest fifty', () => {
    const { entries } = written({ 'incidents/a.md': incident(updates(53)) });
    expect(entries.map(({ html }) => html)).toEqual(
      Array.from({ length: 50 }, (_, index) => `<p>Text ${String(52 - index)}.</p>`),
    );
  });

  test('are chosen before any is rendered', () => {
    const context = contextOf({ 'incidents/a.md': incident(updates(51)) });
    const oldest = context.ledger.content.incidents[0]?.updates[0];
    Object.defineProperty(oldest, 'body', { get: () => expect.unreachable('The oldest of 51 is rendered.') });
    expect(feedOf(context).entries).toHaveLength(50);
  });

  test('of one instant stand by incident, the later one in it first', () => {
    const text = '## Identified · 2026-11-20 09:00 UTC\n\nOne.\n\n## Resolved · 2026-11-20 09:00 UTC\n\nTwo.';
    const { entries } = written({ 'incidents/b.md': incident(text), 'incidents/a.md': incident(text) });
    expect(entries.map(({ id }) => id.split('incidents/')[1])).toEqual([
      'a/u-20261120T090000Z-2',
      'a/u-20261120T090000Z',
      'b/u-20261120T090000Z-2',
      'b/u-20261120T090000Z',
    ]);
  });

  test('may be a few minutes ahead of the clock', () => {
    const text = '## Investigating · 2026-11-20 12:09 UTC\n\nWe look into it.';
    expect(written({ 'incidents/a.md': incident(text) }).entries).toHaveLength(1);
  });
});

describe('the feed', () => {
  test('changes when its newest entry does', () => {
    expect(clock(written(ONE).updated)).toBe('11:02');
    const later = TEXT.replace('10:55 UTC', '10:55 UTC\n- **Edited:** 11:30 UTC');
    expect(clock(written({ 'incidents/payments.md': incident(later, FRONT) }).updated)).toBe('11:30');
  });

  test('is the same whenever it is built', () => {
    expect(written(ONE, Date.parse('2026-12-24T00:00Z'))).toEqual(written(ONE));
  });

  test('without entries changed now', () => {
    expect(written({}).updated).toBe(Date.parse('2026-11-20T12:00Z'));
  });

  test('says whose it is', () => {
    const site = 'name: Acme\nurl: https://acme.example/status\nlogo: /logo.svg\n';
    const { entries, updated, ...head } = written({ 'site.yml': site });
    expect(head).toEqual({
      id: 'https://acme.example/status/',
      url: 'https://acme.example/status/',
      title: 'Acme status updates',
      description: 'Incident and maintenance updates from Acme',
      language: 'en',
      author: 'Acme',
      logo: 'https://acme.example/status/logo.svg',
    });
  });

  test('is described by the site where it has a description', () => {
    const site = 'name: Acme\nurl: https://status.acme.example\ndescription: Whether Acme works\n';
    expect(written({ 'site.yml': site }).description).toBe('Whether Acme works');
  });
});

describe('the feed of a component', () => {
  const context = contextOf({
    ...ONE,
    'maintenance/db.md': WORK,
    'site.yml': 'name: Acme\nurl: https://acme.example/status\n',
  });
  const feed = (id: string) => {
    const component = context.ledger.content.components.get(id);
    if (!component) throw new RangeError(id);
    return feedOf(context, componentScope(context, component));
  };

  test('holds every update of the events that ever named it, as they stand in the feed of the page', () => {
    expect(feed('payments-api').entries).toEqual(feedOf(context).entries.slice(0, 3));
    expect(feed('ftp').entries.map(({ title }) => title)).toEqual([
      'Database upgrade — Completed',
      'Database upgrade — In progress',
      'Database upgrade — Scheduled',
    ]);
  });

  test('says which component it is of, and lies below its page', () => {
    expect(feed('checkout')).toMatchObject({
      url: 'https://acme.example/status/components/checkout/',
      title: 'Checkout: Acme status updates',
      description: 'Updates about Checkout from Acme',
    });
  });

  test('renders no update anew', () => {
    const [before, after] = [feed('checkout').entries[0], feedOf(context).entries[0]];
    expect(before).toBe(after);
  });
});

function clock(instant: number): string {
  return new Date(instant).toISOString().slice(11, 16);
}

describe('the feed of one incident or maintenance', () => {
  const of = (files: Record<string, string>, id: string) => {
    const context = contextOf(files);
    const { incidents, maintenance } = context.ledger.content;
    const event = [...incidents, ...maintenance].find((one) => one.id === id);
    return event && feedOf(context, eventScope(context, event));
  };

  test('has all of its messages and nothing else, and needs no archive', () => {
    const minutes = Array.from({ length: 59 }, (_, minute) => String(minute).padStart(2, '0'));
    const many = minutes.map((minute) => `## Investigating · 2026-11-20 08:${minute} UTC\n\nMinute ${minute}.`);
    const feed = of({ ...ONE, 'incidents/many.md': incident(many.join('\n\n')) }, 'many');
    expect(feed?.entries.map(({ text }) => text)).toEqual(minutes.toReversed().map((minute) => `Minute ${minute}.`));
    expect(feed).toMatchObject({ url: expect.stringMatching(/\/incidents\/many\/$/) as string });
    expect(feed).not.toHaveProperty('older');
  });

  test('begins with the announcement, also of a later occurrence', () => {
    const series = WORK.replace('---\n\nFiles', 'repeat: FREQ=WEEKLY\n---\n\nFiles').replace(/\n## [^]*$/, '');
    expect(of({ 'maintenance/db.md': series }, 'db-2026-11-20')?.entries.map(({ title }) => title)).toEqual([
      'Database upgrade — Completed',
      'Database upgrade — In progress',
      'Database upgrade — Scheduled',
    ]);
  });
});
