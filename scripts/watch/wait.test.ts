import { describe, expect, it } from 'vitest';
import { watchAndWait } from './wait.ts';
import { incident, PAY, PROMISE, SITE, WatchPost } from '../../src/__tests__/support/watch.ts';

const WAIT = ['--github', '--wait'] as const;
const ANSWER = ['Resolved · 2026-11-20 09:58 UTC', 'It works.'] as const;
const asWorkflow = (post: WatchPost) => ({ GITHUB_SHA: post.github.head });

describe('waiting', () => {
  it('reminds, says that it is missed, climbs each level, and then ends', async () => {
    await using post = await WatchPost.start();
    const times: string[] = [];
    const { out, code } = await post.run('09:21:00', WAIT, {
      env: asWorkflow(post),
      asleep: (now) => times.push(now.slice(11)),
    });
    expect(times).toEqual(['09:40:00.000Z', '09:55:00.001Z', '10:05:00.000Z', '10:50:00.000Z']);
    expect(out).toContain('Waiting until 2026-11-20 09:40 UTC.');
    expect(post.issues.open()).toHaveLength(1);
    expect(post.issues.said(1)).toHaveLength(3);
    expect(code).toBe(0);
    expect(post.github.started).toEqual([]);
  });

  it('ends when the update comes, and closes the issue', async () => {
    await using post = await WatchPost.start();
    const asleep = (now: string) => {
      if (now > '2026-11-20T10:00') post.write(PAY, incident([PROMISE, ANSWER]));
    };
    await post.run('09:21:00', WAIT, { asleep });
    expect(post.issues.open()).toEqual([]);
    expect(post.issues.said(1).at(-1)).toContain('The update was posted at 2026-11-20 09:58 UTC');
  });

  it('ends at once when nothing is open, or only something that is days away', async () => {
    await using post = await WatchPost.start({ [PAY]: incident([PROMISE, ANSWER], 'impact: critical\n') });
    const sleeps: string[] = [];
    const { out, code } = await post.run('10:00:00', WAIT, { asleep: (now) => sleeps.push(now) });
    expect(out).toContain('The postmortem is due by 2026-11-23 09:58 UTC');
    expect({ sleeps, code }).toEqual({ sleeps: [], code: 0 });
  });

  it('does not happen where the setting says so', async () => {
    await using post = await WatchPost.start();
    post.write('content/site.yml', `${SITE}watch: { wait: false }\n`);
    const sleeps: string[] = [];
    const { out, code } = await post.run('09:41:00', WAIT, { asleep: (now) => sleeps.push(now) });
    expect(out).toContain('watch.wait is false');
    expect(post.issues.open()).toHaveLength(1);
    expect({ sleeps, code }).toEqual({ sleeps: [], code: 0 });
  });

  it('goes on in another run when its time is up', async () => {
    await using post = await WatchPost.start();
    const times: string[] = [];
    const { code } = await post.run('09:21:00', [...WAIT, '--at-most', '1h'], {
      env: asWorkflow(post),
      asleep: (now) => times.push(now.slice(11, 19)),
    });
    expect(times).toEqual(['09:40:00', '09:55:00', '10:05:00', '10:21:00']);
    expect(post.github.started).toEqual([{ workflow: 'watch.yml', ref: 'main' }]);
    expect(code).toBe(0);
  });

  it('leaves it to another run when there is something newer, and calls nobody', async () => {
    await using post = await WatchPost.start();
    const env = asWorkflow(post);
    const asleep = () => {
      post.github.head = 'b'.repeat(40);
    };
    const { code } = await post.run('09:21:00', WAIT, { env, asleep });
    expect(post.issues.issues).toEqual([]);
    expect(post.github.started).toEqual([{ workflow: 'watch.yml', ref: 'main' }]);
    expect(code).toBe(0);
  });

  it('tries again every five minutes while GitHub is down', async () => {
    await using post = await WatchPost.start();
    post.issues.failures.push({ matches: /./, reply: { status: 502 }, forever: true });
    const asleep = (now: string) => {
      if (now > '2026-11-20T10:20') post.issues.failures.length = 0;
    };
    const { out, code } = await post.run('09:41:00', WAIT, { asleep });
    expect(out).toContain('GitHub returned 502');
    expect(post.issues.said(1)).toHaveLength(2);
    expect(code).toBe(0);
  });

  it('fails when GitHub is down to the end', async () => {
    await using post = await WatchPost.start();
    post.issues.failures.push({ matches: /./, reply: { status: 502 }, forever: true });
    const { err, code } = await post.run('09:41:00', [...WAIT, '--at-most', '30m']);
    expect({ err, code }).toEqual({
      err: 'GitHub returned 502 for GET /issues. The next run tries again.\n',
      code: 1,
    });
  });

  it('fails at once when GitHub refuses', async () => {
    await using post = await WatchPost.start();
    post.issues.failures.push({ matches: /./, reply: { status: 410 }, forever: true });
    expect((await post.run('09:41:00', WAIT)).code).toBe(1);
    expect(post.github.asked).toHaveLength(1);
  });

  it('fails when it may not start another run', async () => {
    await using post = await WatchPost.start();
    post.github.dispatchStatus = 403;
    const { err, code } = await post.run('09:21:00', [...WAIT, '--at-most', '5m'], { env: asWorkflow(post) });
    expect(err).toContain('actions: write');
    expect(code).toBe(1);
  });

  it('ends when the clock stands still, instead of going on for ever', async () => {
    const waiting = watchAndWait({
      round: async () => ({ now: 0, next: 1000 }),
      outdated: async () => false,
      sleep: async () => undefined,
      say: async () => undefined,
      atMost: 10_000,
    });
    await expect(waiting).rejects.toThrow('STATUS_NOW');
  });
});
