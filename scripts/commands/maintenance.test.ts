import { afterEach, describe, expect, it } from 'vitest';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { KEYS, repository, workshop } from '../../src/__tests__/support/authoring.ts';

const PATH = 'content/maintenance/2026/2026-11-21-database-upgrade.md';
const TEXT = `---
title: Database upgrade
components: [checkout]
scheduled: 2026-11-21 01:00 UTC
until: 2026-11-21 03:00 UTC
---

## Scheduled · 2026-11-20 10:05 UTC

Orders wait for a minute.
`;
const GIVEN = ['maintenance', 'Database upgrade', '--component', 'checkout', '-m', 'Orders wait for a minute.'];

let made: Workshop;
afterEach(() => made.remove());

describe('maintenance', () => {
  it.each([
    ['--for', '2h'],
    ['--until', '04:00'],
    ['--until', '2h'],
    ['--until', 'tomorrow 04:00'],
  ])('writes what a careful person would have written by hand, with %s %s', async (option, value) => {
    made = await workshop();
    const { err, code } = await made.call([...GIVEN, '--scheduled', 'tomorrow 02:00', option, value]);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(await made.read(PATH)).toBe(TEXT);
  });

  it('says when it was announced if it had already begun', async () => {
    made = await workshop();
    expect((await made.call([...GIVEN, '--scheduled', '2026-11-20 09:00 UTC', '--for', '2h'])).code).toBe(0);
    expect(await made.read('content/maintenance/2026/2026-11-20-database-upgrade.md')).toContain(
      'until: 2026-11-20 11:00 UTC\nannounced: 2026-11-20 10:05 UTC\n',
    );
  });

  it('maps components to statuses where one is not just under maintenance', async () => {
    made = await workshop();
    const more = ['--component', 'payments-api=degraded_performance', '--scheduled', 'tomorrow 02:00', '--for', '2h'];
    expect((await made.call([...GIVEN, ...more])).code).toBe(0);
    expect(await made.read(PATH)).toContain(
      'components:\n  checkout: under_maintenance\n  payments-api: degraded_performance\n',
    );
  });

  it.each([
    [['--scheduled', 'tomorrow 02:00'], 'Missing: --until or --for.'],
    [['--scheduled', 'tomorrow 02:00', '--for', '2h', '--until', '04:00'], 'Use only one of them.'],
    [['--scheduled', 'tomorrow 02:00', '--for', 'long'], '--for: “long” is not a valid duration.'],
    [['--scheduled', 'tomorrow 02:00', '--until', 'today 23:00'], 'before “scheduled”, which is'],
  ])('writes nothing when it is given %j', async (more, reason) => {
    made = await workshop();
    const { err, code } = await made.call([...GIVEN, ...more]);
    expect(err).toContain(reason);
    expect(code).toBe(1);
    await expect(made.read('content/maintenance')).rejects.toThrow('ENOENT');
  });
});

const WEEKLY = `---
title: Index rebuild
components: [checkout]
scheduled: 2026-11-03 10:00 UTC
until: 2026-11-03 11:00 UTC
announced: 2026-10-20 10:00 UTC
repeat: FREQ=WEEKLY;BYDAY=TU # every Tuesday
---

We rebuild the index.
`;
const SERIES = 'content/maintenance/index.md';

describe('maintenance --move', () => {
  const move = (...more: string[]) => ['maintenance', '--move', '--scheduled', '2026-11-22 02:00', ...more];

  it('writes the update that moves the only one that is not over, and leaves the first plan', async () => {
    made = await workshop({ [PATH]: TEXT });
    const { err, code } = await made.call(move('--for', '3h', '-m', 'A part arrives late.'));
    expect([err, code]).toEqual(['', 0]);
    expect(await made.read(PATH)).toBe(`${TEXT}
## Update · 2026-11-20 10:05 UTC

A part arrives late.

- **Window:** 2026-11-22 01:00 UTC – 04:00 UTC
`);
    expect((await made.call(['check'])).code).toBe(0);
  });

  it.each([
    ['', 'except:\n  2026-12-22: VALUE\n'],
    ['except: { 2026-12-08: cancelled }\n', 'except: { 2026-12-08: cancelled , 2026-12-22: VALUE }\n'],
    ['except:\n  2026-12-08: cancelled\n', 'except:\n  2026-12-22: VALUE\n  2026-12-08: cancelled\n'],
  ])('writes an exception for one time of a series beside %j', async (before, after) => {
    const text = (except: string) => WEEKLY.replace('---\n\n', `${except}---\n\n`);
    made = await workshop({ [SERIES]: text(before) });
    const args = ['maintenance', 'index-2026-12-22', '--move', '--scheduled', '2026-12-23 02:00 UTC'];
    const { err, code } = await made.call(args);
    expect([err, code]).toEqual(['', 0]);
    const value = '{ moved: 2026-12-23 02:00 UTC, announced: 2026-11-20 10:05 UTC }';
    expect(await made.read(SERIES)).toBe(text(after.replace('VALUE', value)));
  });

  it.each([
    [move('--for', '2h'), 'Missing: --message.'],
    [['maintenance', '--move', '-m', 'Later.'], 'Missing: --scheduled and --until or --for.'],
    [['maintenance', 'none', '--cancel', '-m', 'Off.'], 'There is no incident or maintenance “none”.'],
    [['maintenance', 'index-2026-12-22', '--cancel', '-m', 'Off.'], 'Leave out the message'],
    [['maintenance', '--cancel', '-m', 'Off.'], 'Several are scheduled or running'],
  ])('writes nothing when it is given %j', async (args, reason) => {
    const isAmong = args.includes('--cancel');
    made = await workshop({ [PATH]: TEXT, ...(isAmong && { [SERIES]: WEEKLY }) });
    const { err, code } = await made.call(args);
    expect(err).toContain(reason);
    expect(code).toBe(1);
    expect(await made.read(PATH)).toBe(TEXT);
  });
});

describe('maintenance --cancel', () => {
  it('writes the update that cancels one', async () => {
    made = await workshop({ [PATH]: TEXT });
    expect((await made.call(['maintenance', '--cancel', '-m', 'Not needed any more.'])).code).toBe(0);
    expect(await made.read(PATH)).toBe(`${TEXT}\n## Cancelled · 2026-11-20 10:05 UTC\n\nNot needed any more.\n`);
  });

  it('writes an exception for one occurrence of a series', async () => {
    made = await workshop({ [SERIES]: WEEKLY });
    const { err, code } = await made.call(['maintenance', 'index-2026-12-22', '--cancel']);
    expect([err, code]).toEqual(['', 0]);
    const value = '{ cancelled: true, announced: 2026-11-20 10:05 UTC }';
    expect(await made.read(SERIES)).toContain(`except:\n  2026-12-22: ${value}\n---\n`);
    const again = await made.call(['maintenance', 'index-2026-12-22', '--cancel']);
    expect(again.err).toContain('has already ended');
  });
});

describe('maintenance, at a terminal', () => {
  it('asks for everything, by keys alone', async () => {
    made = await workshop();
    const { screen, code } = await made.drive(
      ['maintenance'],
      [
        ['What will you do?', 'Database upgrade', KEYS.enter],
        ['Which components', KEYS.space, KEYS.enter],
        ['When does it start?', 'tomorrow 02:00', KEYS.enter],
        ['When does it end?', '2h', KEYS.enter],
        ['What do you want to tell', 'Orders wait for a minute.', KEYS.tab, KEYS.enter],
      ],
    );
    expect(code, screen).toBe(0);
    expect(await made.read(PATH)).toBe(TEXT);
  });

  it('moves the chosen maintenance with keys alone', async () => {
    made = await workshop({ [PATH]: TEXT, [SERIES]: WEEKLY });
    const { screen, code } = await made.drive(
      ['maintenance', '--move'],
      [
        ['Which one is this about?', KEYS.down, KEYS.enter],
        ['What is the new start time?', '2026-11-25 02:00 UTC', KEYS.enter],
      ],
    );
    expect(code, screen).toBe(0);
    expect(await made.read(SERIES)).toContain('2026-11-24: { moved: 2026-11-25 02:00 UTC, announced: ');
  });

  it('leaves everything as it is after Ctrl-C', async () => {
    made = await repository();
    const { code } = await made.drive(['maintenance', 'Upgrade'], [['Which components', KEYS.interrupt]]);
    expect(code).toBe(130);
    expect(made.git('status', '--porcelain')).toBe('');
  });
});
