import { describe, expect, test } from 'vitest';
import { noticeIn } from '../../__tests__/support/notices.ts';
import { noticeText } from './text.ts';

const INCIDENT = `---
title: Some customers in Europe cannot pay
components:
  checkout: partial_outage
  payments-api: degraded_performance
started: 2026-11-20 09:12 UTC
areas: [Europe]
reference: INC-42
---

## Investigating · 2026-11-20 09:20 UTC

Some customers in Europe see an error, see [the help](/help/). No card is charged, and no order is lost while this lasts.

- **Next update:** 09:50 UTC

## Identified · 2026-11-20 09:48 UTC

A database failed:

- its replacement is not taking traffic yet, and all of its connections have to be moved before it can
- nothing else failed

- **Components:** checkout: major outage
- **Areas:** Europe, Asia
- **Next update:** 10:30 UTC
- **Expected fix:** 11:00 UTC

## Update · 2026-11-20 10:20 UTC

We are still working on it.

## Resolved · 2026-11-20 11:02 UTC

Payments work again.

- **Ended:** 10:55 UTC

## Postmortem · 2026-11-20 11:30 UTC

A disk was full.
`;

const WORK = `---
title: Database upgrade
components: [checkout]
scheduled: 2026-11-20 10:00 UTC
until: 2026-11-20 11:00 UTC
---

## Scheduled · 2026-11-02 10:00 UTC

We move to a larger database.
`;

const BERLIN =
  'name: Acme\nurl: https://acme.example/status\ntime_zone: Europe/Berlin\nwarnings: { off: [silent-day] }\n';

function told(end: string, files: Record<string, string> = { 'incidents/pay.md': INCIDENT }): string {
  return noticeText(...noticeIn(files, end));
}

describe('a notice as text', () => {
  test('says all that holds with an update', () => {
    expect(told('T094800Z')).toBe(`Some customers in Europe cannot pay — Identified
Acme · Major outage · 20 Nov 2026, 09:48 UTC

A database failed:

- its replacement is not taking traffic yet, and all of its connections
  have to be moved before it can
- nothing else failed

Components: Checkout: Major outage, Payments API: Degraded performance
Affected areas: Europe, Asia
Started: 20 Nov 2026, 09:12 UTC
Next update: 20 Nov 2026, 10:30 UTC
Expected fix: 20 Nov 2026, 11:00 UTC
Reference: INC-42

View on the status page:
https://status.acme.example/incidents/pay/#u-20261120T094800Z`);
  });

  test('repeats what an earlier update said and still holds, but no promise that was kept', () => {
    const text = told('T102000Z');
    expect(text).toContain('Acme · Identified · Major outage · 20 Nov 2026, 10:20 UTC');
    expect(text).toContain('Components: Checkout: Major outage, Payments API: Degraded performance');
    expect(text).toContain('Affected areas: Europe, Asia');
    expect(text).toContain('Expected fix: 20 Nov 2026, 11:00 UTC');
    expect(text).not.toContain('Next update');
  });

  test('expects no fix any more while it is being watched', () => {
    const watched = INCIDENT.replace('## Update ·', '## Monitoring ·');
    expect(told('T102000Z', { 'incidents/pay.md': watched })).not.toContain('Expected fix');
  });

  test('of Resolved says when it ended and that all works, and nothing that holds no more', () => {
    expect(told('T110200Z')).toBe(`Some customers in Europe cannot pay — Resolved
Acme · 20 Nov 2026, 11:02 UTC

Payments work again.

Components: Checkout: Operational, Payments API: Operational
Started: 20 Nov 2026, 09:12 UTC
Ended: 20 Nov 2026, 10:55 UTC
Reference: INC-42

View on the status page:
https://status.acme.example/incidents/pay/#u-20261120T110200Z`);
  });

  test('of a postmortem names what was affected, without what it has now', () => {
    const text = told('T113000Z');
    expect(text).toContain('Components: Checkout, Payments API\n');
    expect(text).toContain('Ended: 20 Nov 2026, 10:55 UTC');
    expect(text).not.toMatch(/impact|areas|Expected/);
  });

  test('gives the worse status of a component that something else affects', () => {
    const other =
      '---\ntitle: B\ncomponents:\n  checkout: major_outage\n---\n\n## Investigating · 2026-11-20 10:00 UTC\n\nB.\n';
    const text = told('pay/u-20261120T110200Z', { 'incidents/pay.md': INCIDENT, 'incidents/b.md': other });
    expect(text).toContain('Components: Checkout: Major outage, Payments API: Operational');
  });

  test('of work that is announced says when it is planned, and no status of what it will affect', () => {
    expect(told('u-20261102T100000Z', { 'maintenance/db.md': WORK })).toBe(`Database upgrade — Scheduled
Acme · Maintenance · 2 Nov 2026, 10:00 UTC

We move to a larger database.

Components: Checkout
Scheduled for: 20 Nov 2026, 10:00 UTC – 20 Nov 2026, 11:00 UTC

View on the status page:
https://status.acme.example/maintenance/db/#u-20261102T100000Z`);
  });

  test('says what the clock says, with the place where the page says it', () => {
    const text = told('started', { 'maintenance/db.md': WORK });
    expect(text).toContain('The maintenance has started as scheduled.');
    expect(text).toContain('Components: Checkout: Under maintenance');
    expect(text).toContain('https://status.acme.example/maintenance/db/#u-20261120T100000Z-started');
    expect(told('ended', { 'maintenance/db.md': WORK })).toContain('Components: Checkout: Operational');
  });

  test('has times in the zone of the page, and addresses below its path', () => {
    const text = told('T092000Z', { 'incidents/pay.md': INCIDENT, 'site.yml': BERLIN });
    expect(text).toContain('Next update: 20 Nov 2026, 10:50 CET');
    expect(text).toContain('see the help\n<https://acme.example/status/help/>');
    expect(text).toContain('https://acme.example/status/incidents/pay/#u-20261120T092000Z');
  });

  test('is 72 columns wide, but for addresses', () => {
    const wide = told('T092000Z')
      .split('\n')
      .filter((line) => line.length > 72);
    expect(wide).toEqual([]);
  });
});
