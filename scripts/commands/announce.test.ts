import { afterEach, expect, test } from 'vitest';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { KEYS, repository, workshop } from '../../src/__tests__/support/authoring.ts';

const PATH = 'content/announcements/support-is-closed-on-25-december.md';
const GIVEN = ['announce', 'Support is closed on 25 December', '-m', 'We answer again on 26 December.'];

let made: Workshop;
afterEach(() => made.remove());

test('announce writes a file that says all that was said, and commits it alone', async () => {
  made = await repository();
  const more = [
    '--from',
    '2026-12-18 10:00',
    '--until',
    '8d',
    '--pinned',
    '--component',
    'checkout-v1',
    '--area',
    'EU',
  ];
  const { out, code } = made.run([...GIVEN, ...more, '--commit']);
  expect(code, out).toBe(0);
  expect(await made.read(PATH)).toBe(`---
title: Support is closed on 25 December
components: [checkout]
from: 2026-12-18 09:00 UTC
until: 2026-12-26 09:00 UTC
pinned: true
areas: [EU]
---

We answer again on 26 December.
`);
  expect(made.git('show', '--format=%s', '--name-only')).toBe(
    `Announcement: Support is closed on 25 December\n\n${PATH}`,
  );
  expect(made.run(['check']).code).toBe(0);
});

test('announce takes another name where one is taken, and writes nothing that check refuses', async () => {
  made = await workshop({ [PATH]: '---\ntitle: A\nfrom: 2026-11-20 09:00 UTC\n---\n' });
  expect(made.run(GIVEN).out).toContain(`Wrote ${PATH.replace('.md', '-2.md')}.`);
  const wrong = made.run([...GIVEN.slice(0, 3), '[Call](javascript:x)']);
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('Nothing was written.')]);
  const reversed = made.run([...GIVEN, '--from', '2026-12-18 10:00', '--until', '2026-12-01 10:00']);
  expect([reversed.code, reversed.err]).toEqual([1, expect.stringContaining('never show')]);
  expect(made.run(['announce', '--pinned']).err).toContain('Missing: a title and -m or --message-file.');
});

test('announce asks for what is missing', async () => {
  made = await workshop();
  const { screen, code } = await made.drive(
    ['announce'],
    [
      ['What should customers know?', 'Support is closed on 25 December', KEYS.enter],
      ['What do you want to say?', 'We answer again.', KEYS.tab, KEYS.enter],
    ],
  );
  expect(code, screen).toBe(0);
  expect(await made.read(PATH)).toContain('from: 2026-11-20 10:05 UTC\n---\n\nWe answer again.\n');
});
