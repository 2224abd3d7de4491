import { afterEach, describe, expect, it } from 'vitest';
import type { Workshop } from '../author/testing.ts';
import { KEYS, repository, workshop } from '../author/testing.ts';

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

  it('maps components to statuses where one is not just under maintenance', async () => {
    made = await workshop();
    const more = ['--component', 'payments-api=degraded_performance', '--scheduled', 'tomorrow 02:00', '--for', '2h'];
    expect((await made.call([...GIVEN, ...more])).code).toBe(0);
    expect(await made.read(PATH)).toContain(
      'components:\n  checkout: under_maintenance\n  payments-api: degraded_performance\n',
    );
  });

  it.each([
    [['--scheduled', 'tomorrow 02:00'], 'Still needed: --until or --for.'],
    [['--scheduled', 'tomorrow 02:00', '--for', '2h', '--until', '04:00'], 'Keep one of the two.'],
    [['--scheduled', 'tomorrow 02:00', '--for', 'long'], '--for: “long” is no duration.'],
    [['--scheduled', 'tomorrow 02:00', '--until', 'today 23:00'], 'The maintenance would end at'],
  ])('writes nothing when it is given %j', async (more, reason) => {
    made = await workshop();
    const { err, code } = await made.call([...GIVEN, ...more]);
    expect(err).toContain(reason);
    expect(code).toBe(1);
    await expect(made.read('content/maintenance')).rejects.toThrow('ENOENT');
  });
});

describe('maintenance, at a terminal', () => {
  it('asks for everything, by keys alone', async () => {
    made = await workshop();
    const { screen, code } = await made.drive(
      ['maintenance'],
      [
        ['What is done?', 'Database upgrade', KEYS.enter],
        ['Which components', KEYS.space, KEYS.enter],
        ['When does it begin?', 'tomorrow 02:00', KEYS.enter],
        ['When does it end?', '2h', KEYS.enter],
        ['What do you tell', 'Orders wait for a minute.', KEYS.tab, KEYS.enter],
      ],
    );
    expect(code, screen).toBe(0);
    expect(await made.read(PATH)).toBe(TEXT);
  });

  it('leaves everything as it is after Ctrl-C', async () => {
    made = await repository();
    const { code } = await made.drive(['maintenance', 'Upgrade'], [['Which components', KEYS.interrupt]]);
    expect(code).toBe(130);
    expect(made.git('status', '--porcelain')).toBe('');
  });
});
