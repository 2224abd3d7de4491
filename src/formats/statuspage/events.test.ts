import { statuspageId } from './page.ts';
import { describe, expect, test } from 'vitest';
import { incident } from '../../__tests__/support/reader.ts';
import { contextOf } from '../../__tests__/support/formats.ts';
import { statuspageContext } from './context.ts';
import { incidentOf, maintenanceOf } from './events.ts';

const SITE = 'name: Acme\nurl: https://acme.example/status/\ntime_zone: Europe/Berlin\n';
const code = (id: string) => statuspageId('component', id);

function only(text: string, front?: string, files: Record<string, string> = {}) {
  const feed = contextOf({ 'site.yml': SITE, ...files, 'incidents/payments.md': incident(text, front) });
  const [one] = feed.ledger.content.incidents;
  if (!one) throw new Error('There is no incident.');
  return incidentOf(one, statuspageContext(feed));
}

const TEXT = `## Investigating · 2026-11-20 09:20 UTC

Some customers see an error, see [the help](/help/).

- **Next update:** 09:50 UTC

## Monitoring · 2026-11-20 09:48 UTC

A fix is out for <all> & sundry.

Look:

1. one
2. two

- **Components:** checkout: major outage, payments-api: partial outage
- **Edited:** 09:55 UTC

## Update · 2026-11-20 10:10 UTC

Still watching.

## Resolved · 2026-11-20 11:02 UTC

Payments work again.

- **Ended:** 10:55 UTC`;

const FRONT = `title: Some customers cannot pay
components: { checkout: partial_outage }
started: 2026-11-20 09:12 UTC
areas: [Europe]
reference: INC-42`;

describe('an incident', () => {
  test('says when it started, was watched and resolved, in the zone of the site', () => {
    const { incident_updates: updates, components, ...head } = only(TEXT, FRONT);
    expect(head).toEqual({
      id: statuspageId('event', 'payments'),
      name: 'Some customers cannot pay',
      status: 'resolved',
      created_at: '2026-11-20T10:20:00.000+01:00',
      updated_at: '2026-11-20T12:02:00.000+01:00',
      monitoring_at: '2026-11-20T10:48:00.000+01:00',
      resolved_at: '2026-11-20T12:02:00.000+01:00',
      impact: 'critical',
      shortlink: 'https://acme.example/status/incidents/payments/',
      started_at: '2026-11-20T10:12:00.000+01:00',
      page_id: statuspageId('page', 'acme.example/status/'),
    });
    expect(updates).toHaveLength(4);
    expect(components.map(({ name, status }) => [name, status])).toEqual([
      ['Checkout', 'operational'],
      ['Payments API', 'operational'],
    ]);
  });

  test('has its updates newest first, each with its own times, and Update repeats the status', () => {
    const updates = only(TEXT, FRONT).incident_updates;
    expect(updates.map((one) => [one.status, one.created_at.slice(11, 16), one.updated_at.slice(11, 16)])).toEqual([
      ['resolved', '12:02', '12:02'],
      ['monitoring', '11:10', '11:10'],
      ['monitoring', '10:48', '10:55'],
      ['investigating', '10:20', '10:20'],
    ]);
    expect(updates[3]).toMatchObject({
      id: statuspageId('update', 'payments', 'u-20261120T092000Z'),
      incident_id: statuspageId('event', 'payments'),
      display_at: '2026-11-20T10:20:00.000+01:00',
      deliver_notifications: true,
      custom_tweet: null,
      tweet_id: null,
    });
  });

  test('says of each component named so far what it was and what it is', () => {
    const changes = only(TEXT, FRONT).incident_updates.map(({ affected_components: affected }) =>
      affected.map((one) => `${one.name}: ${one.old_status} > ${one.new_status}`),
    );
    expect(changes).toEqual([
      ['Checkout: major_outage > operational', 'Payments API: partial_outage > operational'],
      ['Checkout: major_outage > major_outage', 'Payments API: partial_outage > partial_outage'],
      ['Checkout: partial_outage > major_outage', 'Payments API: operational > partial_outage'],
      ['Checkout: operational > partial_outage'],
    ]);
    expect(only(TEXT, FRONT).incident_updates[3]?.affected_components[0]?.code).toBe(code('checkout'));
  });

  test('has bodies in HTML, with labelled lines in words and no relative address', () => {
    expect(only(TEXT, FRONT).incident_updates.map(({ body }) => body)).toEqual([
      'Payments work again.<br /><br />Ended: 20 Nov 2026, 11:55 CET',
      'Still watching.',
      'A fix is out for  &amp; sundry.<br /><br />Look:\n<ol>\n<li>one</li>\n<li>two</li>\n</ol><br /><br />' +
        'Components: Checkout: Major outage, Payments API: Partial outage<br />Edited: 20 Nov 2026, 10:55 CET',
      'Some customers see an error, see <a href="https://acme.example/status/help/">the help</a>.<br /><br />' +
        'Affected areas: Europe<br />Next update: 20 Nov 2026, 10:50 CET<br />Reference: INC-42',
    ]);
  });

  test('escapes what stands in a label', () => {
    const front = 'title: a\ncomponents: { checkout: partial_outage }\nareas: ["<b>Europe</b>"]';
    const [update] = only('## Investigating · 2026-11-20 09:20 UTC\n\nText.', front).incident_updates;
    expect(update?.body).toBe('Text.<br /><br />Affected areas: &lt;b&gt;Europe&lt;/b&gt;');
  });

  test('with a postmortem is one, and stays resolved when it was', () => {
    const text = `${TEXT}\n\n## Postmortem · 2026-11-20 11:40 UTC\n\nA database failed.`;
    const one = only(text, FRONT);
    expect([one.status, one.resolved_at]).toEqual(['postmortem', '2026-11-20T12:02:00.000+01:00']);
    expect(one.incident_updates[0]).toMatchObject({ status: 'postmortem', body: 'A database failed.' });
    expect(one.incident_updates[0]?.affected_components[0]).toMatchObject({
      old_status: 'operational',
      new_status: 'operational',
    });
  });

  test('that is reopened is not resolved, and its components are as they were', () => {
    const text = `${TEXT}\n\n## Investigating · 2026-11-20 11:40 UTC\n\nIt is back.`;
    const one = only(text, FRONT);
    expect([one.status, one.resolved_at]).toEqual(['investigating', null]);
    expect(one.incident_updates[0]?.affected_components[0]).toMatchObject({
      old_status: 'operational',
      new_status: 'major_outage',
    });
  });

  test('names a retired component in its updates only', () => {
    const text = '## Resolved · 2025-01-02 10:00 UTC\n\nIt works.';
    const one = only(text, 'title: a\ncomponents: { ftp: major_outage }\nstarted: 2025-01-02 09:00 UTC');
    expect(one.components).toEqual([]);
    expect(one.incident_updates[0]?.affected_components).toEqual([
      { code: code('ftp'), name: 'FTP', old_status: 'major_outage', new_status: 'operational' },
    ]);
  });

  test('without components is a notice when it has no impact either', () => {
    const one = only('## Investigating · 2026-11-20 09:20 UTC\n\nBe careful.', 'title: Fake mails\nimpact: none');
    expect([one.impact, one.components, one.incident_updates[0]?.affected_components]).toEqual(['none', [], []]);
  });
});

function maintenanceAt(now: string, text: string) {
  const front = 'title: Upgrade\ncomponents: [checkout]\nscheduled: 2026-11-10 01:00 UTC\nuntil: 2026-11-10 03:00 UTC';
  const feed = contextOf({ 'maintenance/db.md': incident(text, front) }, Date.parse(now));
  const [one] = feed.ledger.content.maintenance;
  if (!one) throw new Error('There is no maintenance.');
  return maintenanceOf(one, statuspageContext(feed));
}

const PLAN = 'We replace a disk.\n\n## Scheduled · 2026-11-02 10:00 UTC\n\nOn the tenth.';

describe('a maintenance', () => {
  test('before it begins is scheduled, and started when it was announced', () => {
    const one = maintenanceAt('2026-11-09T12:00Z', PLAN);
    expect(one).toMatchObject({
      status: 'scheduled',
      impact: 'maintenance',
      created_at: '2026-11-02T10:00:00.000Z',
      started_at: '2026-11-02T10:00:00.000Z',
      resolved_at: null,
      shortlink: 'https://status.acme.example/maintenance/db/',
      scheduled_for: '2026-11-10T01:00:00.000Z',
      scheduled_until: '2026-11-10T03:00:00.000Z',
    });
    expect(one.incident_updates.map(({ status, body }) => [status, body])).toEqual([
      ['scheduled', 'We replace a disk.<br /><br />On the tenth.'],
    ]);
  });

  test('that the clock begins and completes says so, as at Statuspage', () => {
    const running = maintenanceAt('2026-11-10T02:00Z', PLAN);
    expect(running.status).toBe('in_progress');
    expect(running.components[0]?.status).toBe('under_maintenance');
    const over = maintenanceAt('2026-11-10T04:00Z', PLAN);
    expect([over.status, over.resolved_at]).toEqual(['completed', '2026-11-10T03:00:00.000Z']);
    expect(over.incident_updates.slice(1)).toEqual(running.incident_updates);
    expect(
      over.incident_updates.map(({ status, created_at: at, body, affected_components: [affected] }) => [
        status,
        at.slice(0, 16),
        body,
        `${String(affected?.old_status)} > ${String(affected?.new_status)}`,
      ]),
    ).toEqual([
      [
        'completed',
        '2026-11-10T03:00',
        'The scheduled maintenance window has ended.',
        'under_maintenance > operational',
      ],
      [
        'in_progress',
        '2026-11-10T01:00',
        'The maintenance has started as scheduled.',
        'operational > under_maintenance',
      ],
      ['scheduled', '2026-11-02T10:00', 'We replace a disk.<br /><br />On the tenth.', 'operational > operational'],
    ]);
  });

  test('that somebody ends is over then', () => {
    const text = `${PLAN}\n\n## Verifying · 2026-11-10 02:00 UTC\n\nWe look.\n\n## Completed · 2026-11-10 03:20 UTC\n\nDone.`;
    const one = maintenanceAt('2026-11-10T04:00Z', text);
    expect([one.status, one.resolved_at]).toEqual(['completed', '2026-11-10T03:20:00.000Z']);
    expect(one.incident_updates.map(({ status }) => status)).toEqual([
      'completed',
      'verifying',
      'in_progress',
      'scheduled',
    ]);
  });

  test('that is cancelled counts as completed and says why', () => {
    const one = maintenanceAt('2026-11-10T04:00Z', `${PLAN}\n\n## Cancelled · 2026-11-09 10:00 UTC\n\nNo disk came.`);
    expect([one.status, one.resolved_at]).toEqual(['completed', '2026-11-09T10:00:00.000Z']);
    expect(one.incident_updates.map(({ status, body }) => [status, body])).toEqual([
      ['completed', 'Cancelled - No disk came.'],
      ['scheduled', 'We replace a disk.<br /><br />On the tenth.'],
    ]);
  });

  test.each([
    ['sixty days before it starts', '2026-11-09T12:00Z', '2026-09-11T01:00:00.000Z'],
    ['today, when it is further ahead', '2026-08-09T12:00Z', '2026-08-09T00:00:00.000Z'],
  ])('of which nobody said anything has one update, as of %s', (_, now, announced) => {
    const one = maintenanceAt(now, 'We replace a disk.');
    expect(one.incident_updates.map(({ status, body, created_at: at }) => [status, body, at])).toEqual([
      ['scheduled', 'We replace a disk.', announced],
    ]);
  });
});
