import { describe, expect, it } from 'vitest';
import { COMPONENTS, incident, PAY, PROMISE, SITE, WatchPost } from '../../src/__tests__/support/watch.ts';

const ANSWER = ['Identified · 2026-11-20 09:58 UTC', 'A database failed.\n\n- **Next update:** 10:30 UTC'] as const;
const END = ['Resolved · 2026-11-20 09:58 UTC', 'It works.'] as const;

describe('while GitHub is down', () => {
  it.each([
    ['answers with 502', { status: 502 }, 'GitHub returned 502 for GET /issues. The next run tries again.'],
    ['cuts the line', 'hang up', 'GitHub did not respond: '],
    ['takes no more requests', { status: 403, headers: { 'x-ratelimit-remaining': '0' } }, 'The rate limit is reached'],
    ['asks to wait an hour', { status: 429, headers: { 'retry-after': '3600' } }, 'The rate limit is reached'],
  ] as const)('a run fails with a sentence, and the next one catches up, when it %s', async (_, reply, sentence) => {
    await using post = await WatchPost.start();
    await post.run('09:40:00');
    post.issues.failures.push({ matches: /./, reply, forever: true });
    const down = await post.run('10:06:00');
    expect(down).toMatchObject({ code: 1, err: expect.stringContaining(sentence) as string });
    expect(down.err).not.toMatch(/\n\s+at /);
    post.issues.failures.length = 0;
    expect((await post.run('10:55:00')).code).toBe(0);
    expect(post.issues.said(1)).toEqual([
      '@acme/payments The update promised for 2026-11-20 09:50 UTC has not been posted.\n\n' +
        '@acme/leads The update is 15 minutes overdue.\n\n' +
        '@acme/board `the press office` The update is 1 hour overdue.',
    ]);
  });

  it.each([{ status: 503 }, { status: 429, headers: { 'retry-after': '30' } }, 'hang up'] as const)(
    'a moment only, %j, a run tries again',
    async (reply) => {
      await using post = await WatchPost.start();
      post.issues.failures.push({ matches: /./, reply }, { matches: /./, reply });
      expect(await post.run('09:41:00')).toMatchObject({ code: 0, err: '' });
      expect(post.issues.open()).toHaveLength(1);
    },
  );

  it('in the middle of a run, the next one ends what it began', async () => {
    await using post = await WatchPost.start();
    post.issues.failures.push({ matches: /comments/, reply: { status: 500 }, forever: true });
    expect((await post.run('10:06:00')).code).toBe(1);
    expect(post.issues.open()).toHaveLength(1);
    post.issues.failures.length = 0;
    await post.run('10:07:00');
    expect(post.issues.open()).toHaveLength(1);
    expect(post.issues.said(1)).toHaveLength(1);
  });
});

describe('a refusal', () => {
  it.each([
    [401, 'The token in GITHUB_TOKEN is not valid'],
    [403, 'issues: write'],
    [410, 'Turn on Issues'],
  ])('with %s is explained, and not tried again', async (status, sentence) => {
    await using post = await WatchPost.start();
    post.issues.failures.push({ matches: /./, reply: { status }, forever: true });
    const { code, err } = await post.run('09:41:00');
    expect(code).toBe(1);
    expect(err).toContain(sentence);
    expect(post.github.asked).toHaveLength(1);
  });

  it('never shows the token', async () => {
    await using post = await WatchPost.start();
    const { out, err } = await post.run('09:41:00', ['--github'], { env: { GITHUB_TOKEN: 'a-wrong-token' } });
    expect(err).toContain('GITHUB_TOKEN');
    expect(out + err).not.toContain('a-wrong-token');
  });

  it('names what the environment lacks', async () => {
    await using post = await WatchPost.start();
    const { code, err } = await post.run('09:41:00', ['--github'], { env: { GITHUB_TOKEN: '' } });
    expect({ code, err }).toEqual({
      code: 1,
      err: 'To use GitHub, set GITHUB_TOKEN in the environment, as in a workflow.\n',
    });
  });
});

describe('files that cannot be read', () => {
  const BROKEN = incident([PROMISE, END]).replace('09:58 UTC', '09:58');

  it.each([
    ['whose new update cannot be read', BROKEN],
    ['of which nothing can be read', BROKEN.replace('title', 'titel')],
    ['whose promise cannot be read', incident([PROMISE, ANSWER]).replace('10:30 UTC', '10:30')],
  ])('keep their issue open, %s', async (_, text) => {
    await using post = await WatchPost.start();
    await post.run('09:56:00');
    post.write(PAY, text);
    const { out, code } = await post.run('10:00:00');
    expect(out).toMatch(/incidents\/2026-11-20-pay\.md, line \d+: /);
    expect(post.issues.open().map(({ number }) => number)).toContain(1);
    expect(code).toBe(0);
  });

  it('do not silence the others', async () => {
    await using post = await WatchPost.start({ [PAY]: incident([PROMISE]), 'content/incidents/b.md': BROKEN });
    await post.run('10:00:00');
    expect(post.issues.open().map(({ body }) => /promise \S+/.exec(body)?.[0])).toContain('promise 2026-11-20-pay');
  });

  it('that are the settings fail the run', async () => {
    await using post = await WatchPost.start({
      'content/site.yml': SITE.replace('url', 'ulr'),
      'content/components.yml': COMPONENTS,
    });
    const { code, err } = await post.run('10:00:00');
    expect(code).toBe(1);
    expect(err).toMatch(/^Updates cannot be checked: site\.yml, line \d+: .* npm run check\n$/);
    expect(post.github.asked).toEqual([]);
  });
});
