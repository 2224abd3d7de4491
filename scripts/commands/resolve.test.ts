import { afterEach, describe, expect, it } from 'vitest';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { INCIDENT, KEYS, repository, workshop } from '../../src/__tests__/support/authoring.ts';

const PATH = 'content/incidents/2026/pay.md';
const RUNNING = `---
title: Upgrade
components: [checkout]
scheduled: 2026-11-20 09:00 UTC
until: 2026-11-20 11:00 UTC
---

## Scheduled · 2026-11-19 10:00 UTC

Soon.
`;

let made: Workshop;
afterEach(() => made.remove());

describe('resolve', () => {
  it('ends the only open incident', async () => {
    made = await workshop({ [PATH]: INCIDENT });
    const { out, code } = made.run(['resolve', '-m', 'Payments work again.', '--ended', '10:55']);
    expect(code).toBe(0);
    expect(out).not.toContain('when the next update comes');
    expect(await made.read(PATH)).toBe(
      `${INCIDENT}\n## Resolved · 2026-11-20 10:05 UTC\n\nPayments work again.\n\n- **Ended:** 09:55 UTC\n`,
    );
  });

  it('takes the message behind the id, or alone', async () => {
    made = await workshop({ [PATH]: INCIDENT, 'content/incidents/other.md': INCIDENT });
    expect((await made.call(['resolve', 'pay', 'Payments work again.'])).err).toBe('');
    expect((await made.call(['resolve', 'The other works too.', '--no-postmortem'])).err).toBe('');
    expect(await made.read(PATH)).toContain('UTC\n\nPayments work again.\n');
    expect(await made.read('content/incidents/other.md')).toContain('UTC\n\nThe other works too.\n');
  });

  it('promises a postmortem by the time that is given', async () => {
    made = await workshop({ [PATH]: INCIDENT });
    expect((await made.call(['resolve', '-m', 'Payments work again.', '--postmortem', '3d'])).err).toBe('');
    expect(await made.read(PATH)).toContain('- **Postmortem by:** 2026-11-23 10:05 UTC\n');
  });

  it.each([[['--no-postmortem']], [[]]])('promises none with %j', async (more) => {
    made = await workshop({ [PATH]: INCIDENT });
    expect((await made.call(['resolve', '-m', 'Payments work again.', ...more])).err).toBe('');
    expect(await made.read(PATH)).not.toContain('Postmortem');
  });

  it('does not guess which of several is over', async () => {
    made = await workshop({ [PATH]: INCIDENT, 'content/maintenance/upgrade.md': RUNNING });
    const { err, code } = await made.call(['resolve', '-m', 'Done.']);
    expect(code).toBe(1);
    expect(err).toContain(
      'Several are open: pay (Some customers cannot pay), upgrade (Upgrade). Add the id of the one that is over.',
    );
    expect(await made.read(PATH)).toBe(INCIDENT);
    expect((await made.call(['resolve', 'upgrade', '-m', 'Done.'])).code).toBe(0);
  });

  it('completes a running maintenance', async () => {
    made = await workshop({ 'content/maintenance/upgrade.md': RUNNING });
    expect((await made.call(['resolve', '-m', 'Done.'])).code).toBe(0);
    expect(await made.read('content/maintenance/upgrade.md')).toBe(
      `${RUNNING}\n## Completed · 2026-11-20 10:05 UTC\n\nDone.\n`,
    );
  });

  it.each([
    [
      'has already ended',
      `${INCIDENT}\n## Resolved · 2026-11-20 09:40 UTC\n\nOk.\n`,
      [],
      '“pay” has already ended. To add to it, use update.',
    ],
    ['would have ended before it began', INCIDENT, ['--ended', '2h'], '“Ended” is 2026-11-20 08:05 UTC, before'],
  ])('refuses what %s', async (_, text, more, reason) => {
    made = await workshop({ [PATH]: text });
    const { err, code } = await made.call(['resolve', 'pay', '-m', 'Ok.', ...more]);
    expect(err).toContain(reason);
    expect(code).toBe(1);
    expect(await made.read(PATH)).toBe(text);
  });

  it('refuses a maintenance that has not begun, and says how to call it off', async () => {
    made = await workshop({ 'content/maintenance/upgrade.md': RUNNING.replaceAll('2026-11-20', '2026-11-21') });
    const { err } = await made.call(['resolve', 'upgrade', '-m', 'Ok.']);
    expect(err).toContain('“upgrade” has not started. To cancel it, use update with --status cancelled.');
  });
});

describe('resolve, at a terminal', () => {
  it('asks for everything, by keys alone, and writes without a commit', async () => {
    made = await repository({ [PATH]: INCIDENT });
    const { screen, code } = await made.drive(
      ['resolve'],
      [
        ['Since when has it been working again?', KEYS.enter],
        ['What do you want to tell', 'Payments work again.', KEYS.tab, KEYS.enter],
        ['Promise customers a postmortem?', KEYS.enter],
        ['What do you want to do', KEYS.down, KEYS.enter],
      ],
    );
    expect(code, screen).toBe(0);
    expect(await made.read(PATH)).toBe(`${INCIDENT}\n## Resolved · 2026-11-20 10:05 UTC\n\nPayments work again.\n`);
    expect(made.git('status', '--porcelain')).toBe(`M ${PATH}`);
  });

  it('asks by when a postmortem is promised', async () => {
    made = await repository({ [PATH]: INCIDENT });
    const { screen, code } = await made.drive(
      ['resolve', '--ended', 'now'],
      [
        ['What do you want to tell', 'Payments work again.', KEYS.tab, KEYS.enter],
        ['Promise customers a postmortem?', 'y'],
        ['When will you publish it?', '-2d', KEYS.enter],
        ['is not a valid time', '\u0015', KEYS.enter],
        ['What do you want to do', KEYS.down, KEYS.enter],
      ],
    );
    expect(code, screen).toBe(0);
    expect(await made.read(PATH)).toContain('- **Postmortem by:** 2026-11-23 10:05 UTC\n');
  });

  it('does not ask about a postmortem that the settings promise', async () => {
    made = await repository({ [PATH]: INCIDENT.replace('components:', 'impact: critical\ncomponents:') });
    await made.write('content/site.yml', `${await made.read('content/site.yml')}postmortems: { critical: 3d }\n`);
    const { screen, code } = await made.drive(
      ['resolve', '--ended', 'now'],
      [
        ['What do you want to tell', 'Payments work again.', KEYS.tab, KEYS.enter],
        ['What do you want to do', KEYS.down, KEYS.enter],
      ],
    );
    expect(code, screen).toBe(0);
    expect(screen).not.toContain('Promise customers a postmortem?');
  });

  it('keeps asking when the answer cannot be', async () => {
    made = await repository({ [PATH]: INCIDENT });
    const { code } = await made.drive(
      ['resolve'],
      [
        ['Since when has it been working again?', ' - 2h', KEYS.enter],
        ['is not a valid time', '\u0015', '2h', KEYS.enter],
        ['“Ended” is 2026-11-20 08:05 UTC, before', KEYS.interrupt],
      ],
    );
    expect(code).toBe(130);
    expect(await made.read(PATH)).toBe(INCIDENT);
  });

  it('leaves the file as it is after Ctrl-C', async () => {
    made = await repository({ [PATH]: INCIDENT });
    const { code } = await made.drive(
      ['resolve'],
      [
        ['Since when', KEYS.enter],
        ['What do you want to tell', 'Pay', KEYS.interrupt],
      ],
    );
    expect(code).toBe(130);
    expect(await made.read(PATH)).toBe(INCIDENT);
  });
});
