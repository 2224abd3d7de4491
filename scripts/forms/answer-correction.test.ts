import { describe, expect, it } from 'vitest';
import { PUBLISH } from './forms.ts';
import { FormDesk, issueBody, SITE } from '../../src/__tests__/support/forms.ts';

describe('the form that corrects a text', () => {
  const path = 'content/incidents/2026/2026-11-20-pay.md';
  const FILE = `---
title: Pay fails
components: { checkout: major_outage }
---

## Investigating · 2026-11-20 09:00 UTC

They can not pay.

- **Next update:** 09:30 UTC
- **Areas:** Europe

## Identified · 2026-11-20 09:20 UTC {#u-20261120T091900Z}

A databse failed.
`;
  const correct = (answers: Record<string, string>) =>
    issueBody('correct-text', { event: 'Pay fails (2026-11-20-pay)', review: PUBLISH.now, ...answers });

  it('replaces the newest, says when, and keeps its heading and the rest of the file', async () => {
    await using desk = await FormDesk.start({
      [path]: FILE,
      [path.replace('.md', '.de.md')]: '---\ntitle: Zahlen\n---\n',
    });
    const { number } = await desk.open(correct({ message: 'A database failed.\n\nWe replace it.' }));
    expect(desk.read(path)).toBe(
      FILE.replace('A databse failed.\n', 'A database failed.\n\nWe replace it.\n\n- **Edited:** 10:05 UTC\n'),
    );
    expect(desk.log()[0]).toBe('Corrected: Pay fails');
    expect(desk.said(number)[0]).toContain('It is published.');
    await desk.open(correct({ message: 'A database failed.' }));
    expect(desk.read(path)).toBe(FILE.replace('databse failed.\n', 'database failed.\n\n- **Edited:** 10:05 UTC\n'));
  });

  it.each([
    { at: '09:00' },
    { at: '2026-11-20 09:00 UTC' },
    { event: '_No response_', id: 'https://status.acme.example/incidents/2026-11-20-pay/#u-20261120T090000Z' },
  ])('finds another by %o, and keeps its labelled lines and line ends', async (which) => {
    await using desk = await FormDesk.start({ [path]: FILE.replaceAll('\n', '\r\n') });
    await desk.open(correct({ message: 'They cannot pay.', ...which }));
    expect(desk.read(path)).toBe(
      FILE.replace('can not', 'cannot')
        .replace('Europe\n', 'Europe\n- **Edited:** 10:05 UTC\n')
        .replaceAll('\n', '\r\n'),
    );
  });

  it.each([
    [
      { message: 'x', at: '09:01' },
      'has no update of “09:01”. Its updates are of 2026-11-20 09:00 UTC and 2026-11-20 09:20 UTC.',
    ],
    [{ message: 'x\n\n## Resolved · 2026-11-20 09:40 UTC\n\ny' }, 'change more than the text'],
    [{ message: 'x\n\n- **Next update:** 11:00 UTC' }, 'change more than the text'],
    [{ message: '```\nopen', at: '09:00' }, 'This code block is never closed'],
    [{}, 'Missing: “New text”.'],
  ])('refuses %o and writes nothing', async (answers, reason) => {
    await using desk = await FormDesk.start({ [path]: FILE });
    const { number } = await desk.open(correct(answers));
    expect(desk.said(number)[0]).toContain(reason);
    expect(desk.read(path)).toBe(FILE);
  });

  it('does not guess which incident is meant', async () => {
    const other = path.replace('pay', 'search');
    await using desk = await FormDesk.start({ [path]: FILE, [other]: FILE });
    const { number } = await desk.open(correct({ event: '_No response_', message: 'x' }));
    expect(desk.said(number)[0]).toContain(
      'Several have updates: 2026-11-20-pay (Pay fails), 2026-11-20-search (Pay fails).',
    );
    expect(desk.read(path) + desk.read(other)).toBe(FILE + FILE);
  });

  it('lists what is newest in the form, which check does not ask for', async () => {
    const form = '.github/ISSUE_TEMPLATE/correct-text.yml';
    await using desk = await FormDesk.start({ 'content/site.yml': SITE, [form]: 'name: Old\n' });
    await desk.run(['forms', '--github']);
    desk.commit({ [path]: FILE });
    expect((await desk.run(['forms', '--github'])).out).toContain('Updated the issue forms');
    expect(desk.read(form)).toContain('- Pay fails (2026-11-20-pay)\n');
  });
});
