import { describe, expect, test } from 'vitest';
import { incident, ledger, maintenance } from '../../__tests__/support/core.ts';
import { contextOf } from '../../__tests__/support/formats.ts';
import { essenceOf, noticesOf } from './notice.ts';

const WORK = `---
title: Database upgrade
components: [checkout]
scheduled: 2026-11-20 10:00 UTC
until: 2026-11-20 11:00 UTC
---

You cannot pay while we work.
`;

const WEEKLY = `---
title: Weekly work
components: [checkout]
scheduled: 2026-11-17 02:00 UTC
until: 2026-11-17 03:00 UTC
repeat: FREQ=WEEKLY;COUNT=4
except: { 2026-12-01: cancelled }
---

You cannot pay while we work.
`;

function ids(files: Readonly<Record<string, string>>): string[] {
  return noticesOf(contextOf(files).ledger).map(({ id }) => id);
}

/** The essence of each update in an incident's text. */
function essences(text: string): string[] {
  const context = contextOf({ 'incidents/a.md': `---\ntitle: A\n---\n\n${text}\n` });
  return noticesOf(context.ledger).map((notice) => essenceOf(notice, context));
}

describe('notices', () => {
  test('are every update, oldest first, by the end of its feed id', () => {
    const given = ledger({
      incidents: [
        incident([['investigating', '11:00'], ['resolved', '11:30']], { id: 'later' }), // prettier-ignore
        incident([['investigating', '09:00'], ['resolved', '11:10']], { id: 'a b' }), // prettier-ignore
      ],
    });
    expect(noticesOf(given).map(({ id }) => id)).toEqual([
      'incidents/a%20b/u-0',
      'incidents/later/u-0',
      'incidents/a%20b/u-1',
      'incidents/later/u-1',
    ]);
  });

  test('tell where the clock began and completed a maintenance, and not what it will do', () => {
    const work = (id: string, from: string, to: string) => maintenance(from, to, [['scheduled', '08:00']], { id });
    const given = ledger({ maintenance: [work('over', '09:00', '10:00'), work('runs', '11:00', '13:00')] });
    expect(noticesOf(given).map(({ id }) => id)).toEqual([
      'maintenance/runs/u-0',
      'maintenance/over/u-0',
      'maintenance/over/u-20261120T090000Z-started',
      'maintenance/over/u-20261120T100000Z-ended',
      'maintenance/runs/u-20261120T110000Z-started',
    ]);
  });

  test('tell a maintenance that is announced without any update', () => {
    expect(ids({ 'maintenance/db.md': WORK })).toEqual([
      'maintenance/db/announcement',
      'maintenance/db/u-20261120T100000Z-started',
      'maintenance/db/u-20261120T110000Z-ended',
    ]);
  });

  test('announce work that recurs once, and tell when each occurrence begins, ends or is cancelled', () => {
    expect(ids({ 'maintenance/weekly.md': WEEKLY })).toEqual([
      'maintenance/weekly-2026-11-17/announcement',
      'maintenance/weekly-2026-12-01/u-20261002T020000Z-cancelled',
      'maintenance/weekly-2026-11-17/u-20261117T020000Z-started',
      'maintenance/weekly-2026-11-17/u-20261117T030000Z-ended',
    ]);
  });
});

describe('the essence of a notice', () => {
  const [said] = essences('## Investigating · 2026-11-20 09:20 UTC\n\nSome *customers* cannot\npay.');

  test.each([
    ['another time', '## Investigating · 2026-11-20 09:25 UTC\n\nSome *customers* cannot\npay.'],
    ['other white space', '## Investigating · 2026-11-20 09:20 UTC\n\n\nSome  *customers*\ncannot pay.\n\n'],
    [
      'other marks',
      '## Investigating · 2026-11-20 09:20 UTC\n\nSome **customers** [cannot](https://acme.example) pay.',
    ],
    [
      'another promise',
      '## Investigating · 2026-11-20 09:20 UTC\n\nSome *customers* cannot\npay.\n\n- **Next update:** 09:50 UTC',
    ],
    [
      'a note of its correction',
      '## Investigating · 2026-11-20 09:20 UTC\n\nSome *customers* cannot\npay.\n\n- **Edited:** 09:50 UTC',
    ],
  ])('stays the same with %s', (_, text) => {
    expect(essences(text)).toEqual([said]);
  });

  test.each([
    ['another status', '## Identified · 2026-11-20 09:20 UTC\n\nSome customers cannot pay.'],
    ['another word', '## Investigating · 2026-11-20 09:20 UTC\n\nAll customers cannot pay.'],
  ])('differs with %s', (_, text) => {
    expect(essences(text)).not.toEqual([said]);
  });
});
