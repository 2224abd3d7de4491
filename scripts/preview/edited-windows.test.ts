import { describe, expect, it } from 'vitest';
import { spawnSync } from 'node:child_process';
import { change, company, MAINTENANCE, NOW, WORK } from '../../src/__tests__/support/preview-change.ts';

const MOVED = MAINTENANCE.replaceAll('2026-11-25', '2026-11-26').replace(
  '---\n\n',
  'announced: 2026-11-19 10:00 UTC\n---\n\n',
);
const PLANNED = MOVED.replaceAll('2026-11-26', '2026-11-25');
const WEEKLY = PLANNED.replace('announced', 'repeat: FREQ=WEEKLY\nannounced');

function check(root: string) {
  const env = { ...process.env, STATUS_CONTENT: `${root}/content`, STATUS_NOW: NOW, FORCE_COLOR: '' };
  const { stdout, status } = spawnSync(process.execPath, ['scripts/cli.ts', 'check', '--format', 'json'], { env });
  return { list: JSON.parse(stdout.toString()) as { ruleId: string; line: number; expected?: string }[], status };
}

const edited = (list: readonly { ruleId: string }[]) => list.filter(({ ruleId }) => ruleId === 'window-edited');

describe('the window of a published maintenance that is edited in the front matter', () => {
  it('gets a warning from check and preview, with the update that moves it instead', async () => {
    using repository = company({ [WORK]: PLANNED });
    const { warnings } = await change(repository, { [WORK]: MOVED });
    const { list, status } = check(repository.root);
    expect(status).toBe(0);
    const expected = `## Update · 2026-11-20 09:29 UTC

The maintenance will now start at 2026-11-26 02:00 UTC.

- **Window:** 2026-11-26 02:00 UTC – 04:00 UTC`;
    for (const found of [warnings, list]) expect(edited(found)).toMatchObject([{ line: 4, expected }]);

    const followed = await change(repository, { [WORK]: `${PLANNED}\n${expected}\n` });
    expect([followed.errors, edited(followed.warnings), check(repository.root).list]).toEqual([[], [], []]);
    const [moved] = followed.comparison?.after.content.maintenance ?? [];
    expect(moved?.scheduled).toBe(Date.parse('2026-11-26T02:00Z'));
  });

  it('gets one warning for a series, with the exception for the next occurrence', async () => {
    using repository = company({ [WORK]: WEEKLY });
    const later = WEEKLY.replace('02:00', '03:00').replace('04:00', '05:00');
    const { warnings } = await change(repository, { [WORK]: later });
    const expected = 'except:\n  2026-11-25: { moved: 2026-11-25 03:00 UTC, announced: 2026-11-20 09:29 UTC }';
    expect(edited(warnings)).toMatchObject([{ line: 4, expected }]);
    const followed = await change(repository, { [WORK]: WEEKLY.replace('announced', `${expected}\nannounced`) });
    expect([followed.errors, edited(followed.warnings)]).toEqual([[], []]);
  });

  it('gets no warning if it is over, new, or switched off', async () => {
    using past = company({ [WORK]: PLANNED.replaceAll('2026-11-25', '2026-11-19').replace('10:00', '01:00') });
    expect(edited((await change(past, { [WORK]: PLANNED })).warnings)).toEqual([]);
    using fresh = company();
    expect(edited((await change(fresh, { [WORK]: PLANNED })).warnings)).toEqual([]);
    const site = 'name: Acme\nurl: https://status.acme.example\nwarnings: { off: [window-edited] }\n';
    using off = company({ [WORK]: PLANNED, 'content/site.yml': site });
    const { errors, warnings } = await change(off, { [WORK]: MOVED });
    expect([errors, warnings, check(off.root).list]).toEqual([[], [], []]);
  });
});
