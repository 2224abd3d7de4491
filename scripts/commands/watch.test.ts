import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatTime } from '../../src/core/time-text.ts';
import { TestRepository } from '../../src/__tests__/support/publish.ts';
import { COMPONENTS, incident, PAY, PROMISE, SITE, WatchPost } from '../../src/__tests__/support/watch.ts';

const LATER = ['Update · 2026-11-20 09:40 UTC', 'Still looking.\n\n- **Next update:** 10:30 UTC'] as const;
const WEBSITE = incident([LATER]).replace('checkout:', 'website:').replace('Update ·', 'Investigating ·');

/** Runs the command in a process of its own. */
function watch(content: string, now: string, ...args: string[]) {
  const env = { ...process.env, STATUS_CONTENT: content, STATUS_NOW: `2026-11-20T${now}Z`, GITHUB_TOKEN: '' };
  const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/cli.ts', 'watch', ...args], { env });
  return { out: stdout.toString(), err: stderr.toString(), status };
}

describe('watch', () => {
  it('ends with 0 and says what comes next while nothing is overdue', async () => {
    await using post = await WatchPost.start();
    const { out, status } = watch(join(post.root, 'content'), '09:25:00');
    expect(out).toBe(`As of 2026-11-20 09:25 UTC: nothing is overdue.

Next: An update is promised for 2026-11-20 09:50 UTC (in 25 minutes).
  “Some customers cannot pay”
  ${post.root}/content/incidents/2026-11-20-pay.md
  Owners: @acme/payments
  npm run update -- 2026-11-20-pay

The next notification is at 2026-11-20 09:40 UTC.
`);
    expect(status).toBe(0);
  });

  it('ends with 2 and says what is missed, how late, and whose it is', async () => {
    await using post = await WatchPost.start({ [PAY]: incident([PROMISE]), 'content/incidents/b.md': WEBSITE });
    const { out, code } = await post.run('10:02:00', []);
    expect(out).toContain('As of 2026-11-20 10:02 UTC: 1 overdue.');
    expect(out).toContain('The update promised for 2026-11-20 09:50 UTC has not been posted (12 minutes late).');
    expect(out).toContain('Next: An update is promised for 2026-11-20 10:30 UTC (in 28 minutes).');
    expect(out).toContain('  Without an owner: Website');
    expect(code).toBe(2);
    expect(post.github.asked).toEqual([]);
  });

  it('ends with 0 while a late update still counts as on time', async () => {
    await using post = await WatchPost.start();
    const { out, code } = await post.run('09:53:00', []);
    expect(out).toContain('(3 minutes ago, which still counts as on time)');
    expect(code).toBe(0);
  });

  it('lets no title pass for a command of GitHub', async () => {
    for (const title of ["'::stop-commands::x'", "'a ##[add-mask]x'"]) {
      await using post = await WatchPost.start({
        [PAY]: incident([PROMISE]).replace('Some customers cannot pay', title),
      });
      expect((await post.run('09:41:00')).out).not.toMatch(/^\s*::|##\[/m);
    }
  });

  it('says that there is nothing', async () => {
    await using post = await WatchPost.start({});
    expect(await post.run('09:53:00', [])).toEqual({
      out: 'As of 2026-11-20 09:53 UTC: nothing is overdue.\n\nNothing is due.\n',
      err: '',
      code: 0,
    });
  });

  it('prints the same as JSON', async () => {
    await using post = await WatchPost.start({ [PAY]: incident([PROMISE]), 'content/incidents/b.md': WEBSITE });
    const { out, code } = await post.run('10:02:00', ['--json']);
    expect(JSON.parse(out)).toEqual({
      now: '2026-11-20T10:02:00.000Z',
      missed: [
        {
          id: 'promise 2026-11-20-pay u-20261120T092000Z',
          kind: 'promise',
          event: '2026-11-20-pay',
          title: 'Some customers cannot pay',
          file: 'incidents/2026-11-20-pay.md',
          page: 'https://status.acme.example/incidents/2026-11-20-pay/',
          due: '2026-11-20T09:50:00.000Z',
          owners: ['@acme/payments'],
          without: [],
        },
      ],
      coming: [expect.objectContaining({ event: 'b', without: ['Website'] })],
      next: '2026-11-20T10:05:00.000Z',
      unread: [],
    });
    expect(code).toBe(2);
  });

  it('refuses to wait without at least one person or team', async () => {
    await using post = await WatchPost.start();
    expect(await post.run('09:25:00', ['--wait'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('--github') as string,
    });
  });

  it('waits in real time, until it is taken away', async () => {
    const now = Date.now();
    const time = (milliseconds: number) => formatTime(Math.floor((now + milliseconds) / 1000) * 1000);
    const promise = [`Investigating · ${time(-60_000)}`, `We look.\n\n- **Next update:** ${time(603_000)}`] as const;
    await using post = await WatchPost.start({ [PAY]: incident([promise]) });
    const env = { ...process.env, ...post.github.env, GITHUB_TOKEN: post.github.token, GITHUB_STEP_SUMMARY: '' };
    const child = spawn(process.execPath, ['scripts/cli.ts', 'watch', '--github', '--wait'], {
      env: { ...env, STATUS_CONTENT: join(post.root, 'content'), STATUS_NOW: '' },
    });
    await expect.poll(() => post.issues.open().length).toBe(1);
    expect(Date.now()).toBeGreaterThanOrEqual(now + 2_000);
    child.kill();
    await once(child, 'close');
  });
});

describe('watch, when files cannot be read', () => {
  const BROKEN = incident([PROMISE, LATER]).replace('09:40 UTC', '09:40');

  it('watches the rest, says what it could not read, and ends with 1 if nothing is overdue', async () => {
    await using post = await WatchPost.start({ [PAY]: BROKEN, 'content/incidents/b.md': WEBSITE });
    const { out, code } = await post.run('09:45:00', []);
    expect(out).toMatch(
      /^These files have errors and no earlier version in Git, so .*\n {2}\S+2026-11-20-pay\.md, line 13: .*09:40/,
    );
    expect(out).toContain('10:30 UTC');
    expect(code).toBe(1);
    expect((await post.run('10:36:00', [])).code).toBe(2);
  });

  it('watches what is published instead, where there is a history', async () => {
    using repository = new TestRepository({
      'content/site.yml': SITE,
      'content/components.yml': COMPONENTS,
      [PAY]: incident([PROMISE]),
    });
    repository.commit({ [PAY]: BROKEN, 'content/site.yml': 'nome: Acme\n' });
    const early = watch(repository.content, '09:45:00');
    expect(early.out).toContain('These files have errors, so their last valid versions are watched:');
    expect(early.out).toContain('/site.yml, line 1: ');
    expect(early.out).toContain('Next: An update is promised for 2026-11-20 09:50 UTC');
    expect(early.status).toBe(0);
    const late = watch(repository.content, '10:00:00');
    expect(late.out).toContain('The update promised for 2026-11-20 09:50 UTC has not been posted (10 minutes late).');
    expect(late.status).toBe(2);
  });

  it('fails without a content folder', () => {
    const { err, status } = watch('/nowhere/at/all', '09:25:00');
    expect(err).toContain('/nowhere/at/all');
    expect(err).not.toMatch(/\n\s+at /);
    expect(status).toBe(1);
  });
});
