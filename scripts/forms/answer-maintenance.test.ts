import { describe, expect, it } from 'vitest';
import { CHANGES, PUBLISH } from './forms.ts';
import { FormDesk, issueBody } from '../../src/__tests__/support/forms.ts';

const PATH = 'content/maintenance/2026/2026-11-22-a-new-database.md';
const LISTED = 'A new database (2026-11-22-a-new-database)';
const ANNOUNCED = issueBody('announce-maintenance', {
  title: 'A new database',
  components: 'Shop › Checkout (checkout), Website (website)',
  scheduled: '2026-11-22 02:00 UTC',
  until: '2h',
  message: 'The shop is read-only.\n\nOrders wait.',
  review: PUBLISH.now,
});
const change = (answers: Record<string, string>) =>
  issueBody('change-maintenance', { event: LISTED, review: PUBLISH.now, ...answers });

describe('the forms of maintenance', () => {
  it('announce it, move it by a new start, and cancel it', async () => {
    await using desk = await FormDesk.start();
    const { number, err } = await desk.open(ANNOUNCED);
    expect(err).toBe('');
    expect(desk.read(PATH)).toBe(`---
title: A new database
components: [checkout, website]
scheduled: 2026-11-22 02:00 UTC
until: 2026-11-22 04:00 UTC
---

## Scheduled · 2026-11-20 10:05 UTC

The shop is read-only.

Orders wait.
`);
    expect(desk.said(number)[0]).toContain('https://status.acme.example/maintenance/2026-11-22-a-new-database/');
    desk.now = '2026-11-20T11:00:00Z';
    await desk.open(change({ change: CHANGES.move, scheduled: '2026-11-23 02:00 UTC', message: 'A day later.' }));
    expect(desk.read(PATH)).toMatch(
      /## Update · 2026-11-20 11:00 UTC\n\nA day later\.\n\n- \*\*Window:\*\* 2026-11-23 02:00 UTC – 04:00 UTC\n$/,
    );
    desk.now = '2026-11-20T12:00:00Z';
    await desk.open(change({ change: CHANGES.cancel, message: 'It is not needed.' }));
    expect(desk.read(PATH)).toMatch(/## Cancelled · 2026-11-20 12:00 UTC\n\nIt is not needed\.\n$/);
    const { number: late } = await desk.open(change({ change: CHANGES.cancel, message: 'Again.' }));
    expect(desk.said(late)[0]).toContain('has already ended');
  });

  it.each([
    [{ change: CHANGES.move, message: 'x' }, 'Missing: “New start”.'],
    [{ change: CHANGES.cancel }, 'Missing: “Message to customers”.'],
    [{ change: CHANGES.move, scheduled: 'soon', message: 'x' }, '“New start”: “soon” is not a valid time'],
    [{ change: CHANGES.cancel, message: 'x', id: '2026-11-01-other' }, 'name two different ones'],
  ])('say what %o lacks, and write nothing', async (answers, reason) => {
    await using desk = await FormDesk.start();
    await desk.open(ANNOUNCED);
    const before = desk.read(PATH);
    const { number } = await desk.open(change(answers));
    expect(desk.said(number)[0]).toContain(reason);
    expect(desk.read(PATH)).toBe(before);
  });

  it('move one of a series by its front matter', async () => {
    const series = `---\ntitle: Patches\ncomponents: [website]\nscheduled: 2026-11-21 02:00 UTC\nuntil: 2026-11-21 03:00 UTC\nrepeat: FREQ=WEEKLY;BYDAY=SA\n---\n\nServers restart.\n`;
    const path = 'content/maintenance/patches.md';
    await using desk = await FormDesk.start({ [path]: series });
    const event = 'Patches (patches-2026-11-28)';
    const { number } = await desk.open(
      issueBody('change-maintenance', { event, change: CHANGES.move, scheduled: '2026-11-28 04:00 UTC' }),
    );
    expect(desk.said(number)[0]).toContain('It is published.');
    expect(desk.read(path)).toContain('2026-11-28: { moved: 2026-11-28 04:00 UTC, announced: 2026-11-20 10:05 UTC }');
  });
});
