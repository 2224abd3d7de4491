import { once } from 'node:events';
import { appendFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { A, begun, ChatStandIn, FIRST, incident, Post, SECOND, SLACK } from '../../src/__tests__/support/notify.ts';

const BOTH = incident([FIRST, SECOND]);
const THIRD = ['Resolved · 2026-11-20 10:30 UTC', 'It works.'] as const;
const ALL = incident([FIRST, SECOND, THIRD]);
const ID_2 = 'incidents/a/u-20261120T094800Z';
const WEBHOOK = '{ type: webhook, url: WEBHOOK_URL }';

describe('a channel that is down', () => {
  it('does not stop others, and gets in order what it missed with the next run', async () => {
    await using other = await ChatStandIn.start();
    await using all = await begun([SLACK, WEBHOOK]);
    all.post.env['WEBHOOK_URL'] = other.url;
    other.replies.push(...Array.from({ length: 4 }, () => ({ status: 503 })));
    all.post.commit({ [A]: ALL });
    const { code, summary, printed } = await all.post.run();
    expect(code).toBe(1);
    expect(printed).toContain(`webhook: ${ID_2} is not sent. WEBHOOK_URL returned 503.`);
    expect(summary).toContain('| webhook | **not sent** | It is waiting for the previous message. |');
    expect(all.post.pauses).toEqual([1_000, 4_000, 15_000]);
    expect(all.chat.taken).toHaveLength(2);
    expect(other.asked).toHaveLength(4);
    expect(await all.post.run()).toMatchObject({ code: 0 });
    // The body of a webhook holds all that was said before.
    expect(other.words('A database failed', 'It works')).toEqual(['A database failed', 'A database failed It works']);
    expect(all.chat.taken).toHaveLength(2);
  });

  it('for seven days gets no history', async () => {
    await using all = await begun();
    all.chat.replies.push(...Array.from({ length: 4 }, () => 'hang up' as const));
    all.post.commit({ [A]: BOTH });
    expect(await all.post.run()).toMatchObject({
      code: 1,
      printed: expect.stringMatching(/SLACK_URL did not respond/),
    });
    expect(await all.post.run('2026-11-27T10:00:00Z')).toMatchObject({ code: 0 });
    expect(all.post.record().at(-1)).toBe(`slack old ${ID_2}`);
    expect(all.chat.taken).toEqual([]);
  });

  it('for a moment gets it with a further try', async () => {
    await using all = await begun();
    all.chat.replies.push('hang up', { status: 500 });
    all.post.commit({ [A]: BOTH });
    expect(await all.post.run()).toMatchObject({ code: 0 });
    expect(all.chat.taken).toHaveLength(1);
  });

  it('says how long it wants to be left alone', async () => {
    await using all = await begun();
    all.chat.replies.push({ status: 429, headers: { 'retry-after': '7' } });
    all.post.commit({ [A]: BOTH });
    expect(await all.post.run()).toMatchObject({ code: 0 });
    expect(all.post.pauses).toEqual([7_000]);
  });

  it('is left alone until the next run if it asks for more than a minute', async () => {
    await using all = await begun();
    all.chat.replies.push({ status: 429, headers: { 'retry-after': '61' } });
    all.post.commit({ [A]: BOTH });
    expect(await all.post.run()).toMatchObject({ code: 1 });
    expect(all.post.pauses).toEqual([]);
  });

  it('is not asked again at once when it refuses', async () => {
    await using all = await begun();
    all.chat.replies.push({ status: 404 });
    all.post.commit({ [A]: BOTH });
    expect(await all.post.run()).toMatchObject({ code: 1, printed: expect.stringContaining('no longer exists') });
    expect(all.chat.asked).toHaveLength(1);
  });

  it('is not followed to another address', async () => {
    await using other = await ChatStandIn.start();
    await using all = await begun();
    all.chat.replies.push({ status: 307, headers: { location: other.url } });
    all.post.commit({ [A]: BOTH });
    expect(await all.post.run()).toMatchObject({ code: 1 });
    expect(other.asked).toEqual([]);
  });

  it('for one message gets the next', async () => {
    await using all = await begun();
    all.chat.replies.push({ status: 400 });
    all.post.commit({ [A]: ALL });
    expect(await all.post.run()).toMatchObject({ code: 1 });
    expect(all.chat.words('A database failed', 'It works')).toEqual(['It works']);
  });
});

describe('a channel that takes a message and gives no answer', () => {
  const { timeout } = AbortSignal;
  afterEach(() => vi.restoreAllMocks());

  it('gets it once with a run and in two runs at most, and what comes after it then', async () => {
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((time) => timeout.call(AbortSignal, time / 100));
    await using all = await begun();
    all.post.commit({ [A]: ALL });
    all.chat.replies.push('silence', 'silence');
    const first = await all.post.run();
    expect(first).toMatchObject({ code: 1, printed: expect.stringContaining('did not respond within 20 seconds') });
    expect(all.chat.asked).toHaveLength(1);
    const second = await all.post.run();
    expect(second).toMatchObject({ code: 0, printed: expect.stringContaining('so it counts as sent.') });
    expect(all.chat.asked).toHaveLength(3);
    expect(all.chat.words('A database failed', 'It works')).toEqual(['It works']);
    expect(all.post.record().slice(2, 4)).toEqual([`slack unanswered ${ID_2}`, `slack sent ${ID_2}`]);
    await all.post.run();
    expect(all.chat.asked).toHaveLength(3);
  });
});

describe('a service that does not answer the sign-in', () => {
  const { timeout } = AbortSignal;
  afterEach(() => vi.restoreAllMocks());

  it('has no message yet, so it is tried until there is an answer', async () => {
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((time) => timeout.call(AbortSignal, time / 100));
    await using all = await begun(['{ type: bluesky, url: SLACK_URL }']);
    all.post.commit({ [A]: BOTH });
    all.chat.replies.push(...Array.from({ length: 8 }, () => 'silence' as const));
    const runs = [await all.post.run(), await all.post.run()];
    expect(runs.map(({ code }) => code)).toEqual([1, 1]);
    expect(runs.map(({ printed }) => printed).join()).not.toContain('may have arrived');
    expect(await all.post.run()).toMatchObject({ code: 0 });
    expect(all.chat.asked.slice(-2).map(({ path }) => path.replace(/.*xrpc./, ''))).toEqual([
      'com.atproto.server.createSession',
      'com.atproto.repo.createRecord',
    ]);
  });
});

describe('the record', () => {
  it('gets an update again if the run was killed after sending it, but not a third time', async () => {
    await using all = await begun();
    all.post.commit({ [A]: BOTH });
    const child = all.post.start();
    const killed = once(child, 'exit');
    all.chat.onRequest = () => void child.kill('SIGKILL');
    await killed;
    all.chat.onRequest = () => undefined;
    expect(child.signalCode).toBe('SIGKILL');
    expect(all.post.record().slice(2)).toEqual([]);
    await all.post.run();
    await all.post.run();
    expect(all.chat.taken).toHaveLength(2);
    expect(all.post.record().slice(2)).toEqual([`slack sent ${ID_2}`]);
  });

  it('loses nothing when two run at once', async () => {
    await using all = await begun([SLACK, '{ type: slack, name: second, url: SLACK_URL }']);
    all.post.commit({ [A]: ALL });
    const [one, two] = [all.post.clone(), all.post.clone()];
    const runs = await Promise.all([all.post.run('12:00', [], one), all.post.run('12:00', [], two)]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    const sent = all.post.record().filter((line) => line.includes(' sent '));
    expect([...new Set(sent)].sort()).toEqual(
      ['second', 'slack'].flatMap((name) => [ID_2, 'incidents/a/u-20261120T103000Z'].map((id) => `${name} sent ${id}`)),
    );
    expect(all.chat.taken.length).toBeLessThanOrEqual(8);
    const { length } = all.chat.taken;
    await all.post.run();
    expect(all.chat.taken).toHaveLength(length);
  });

  it('is begun by one of two that begin at once', async () => {
    await using post = new Post([SLACK]);
    post.env['SLACK_URL'] = 'https://hooks.example/a';
    const [one, two] = [post.clone(), post.clone()];
    const runs = await Promise.all([post.run('12:00', [], one), post.run('12:00', [], two)]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(post.record()).toEqual(['slack begun', '* known incidents/a/u-20261120T092000Z']);
  });

  it('has lines of others put behind its own', async () => {
    await using all = await begun();
    for (const text of [BOTH, ALL]) {
      all.post.commit({ [A]: text });
      await all.post.run();
    }
    expect(Number(all.post.gitIn(all.post.origin, 'rev-list', '--count', 'notices').trim())).toBeGreaterThan(2);
    const [newest, first] = ['notices', 'notices~4'].map((commit) =>
      all.post.gitIn(all.post.origin, 'show', `${commit}:sent.jsonl`),
    );
    expect(newest?.startsWith(first ?? '?')).toBe(true);
  });

  it('takes no push, so nothing is sent', async () => {
    await using all = await begun();
    writeFileSync(`${all.post.origin}/hooks/pre-receive`, '#!/bin/sh\necho "GH013: rule violations" >&2\nexit 1\n', {
      mode: 0o755,
    });
    all.post.commit({ [A]: BOTH });
    expect(await all.post.run()).toMatchObject({
      code: 1,
      printed: expect.stringContaining('delivery log cannot be saved'),
    });
    expect(all.chat.asked).toEqual([]);
  });

  it('that cannot be read stops everything', async () => {
    await using all = await begun();
    const place = all.post.clone();
    all.post.gitIn(place, 'checkout', '--quiet', 'notices');
    appendFileSync(`${place}/sent.jsonl`, 'oh no\n');
    all.post.gitIn(place, 'commit', '--quiet', '--all', '--message', 'Break');
    all.post.gitIn(place, 'push', '--quiet', 'origin', 'notices');
    all.post.commit({ [A]: BOTH });
    expect(await all.post.run()).toMatchObject({
      code: 1,
      printed: expect.stringMatching(/^Line 3 of the delivery log/),
    });
    expect(all.chat.asked).toEqual([]);
  });
});

describe('a secret', () => {
  it.each([
    ['that is not there', '', /There is no secret SLACK_URL\. Add a line SLACK_URL=… to the secret STATUS_SECRETS/],
    [
      'that is no address',
      's3cr3t-path',
      /The secret SLACK_URL must contain a URL that starts with https:\/\/… or http/,
    ],
    [
      'that is an address of nothing',
      'http://127.0.0.1:65534/s3cr3t-path',
      /SLACK_URL did not respond \(ECONNREFUSED\)/,
    ],
    ['of a host that does not exist', 'http://s3cr3t-host.invalid/s3cr3t-path', /SLACK_URL did not respond/],
    ['with a password that cannot be read', 'http://a:%zz@127.0.0.1:65534/s3cr3t-path', /SLACK_URL did not respond/],
  ])('%s is not printed', async (_, value, says) => {
    await using all = await begun();
    all.post.env['STATUS_SECRETS'] = `SLACK_URL=${value}\n`;
    all.post.env['GITHUB_ACTIONS'] = 'true';
    all.post.commit({ [A]: BOTH });
    const { printed, summary, code } = await all.post.run();
    expect(code).toBe(1);
    expect(printed).toMatch(says);
    expect(printed).toContain('::error::slack: One update is not sent. The next run tries again.');
    expect(printed + summary).not.toMatch(/s3cr3t|%zz|127\.0\.0\.1/);
  });

  it('is a variable, or else a line of STATUS_SECRETS', async () => {
    await using all = await begun();
    all.post.env['SLACK_URL'] = all.chat.url;
    all.post.env['STATUS_SECRETS'] = 'SLACK_URL=http://127.0.0.1:9/\n';
    all.post.commit({ [A]: BOTH });
    expect(await all.post.run()).toMatchObject({ code: 0 });
  });

  it('is in nothing that is printed or recorded when all goes well', async () => {
    await using all = await begun();
    all.post.commit({ [A]: BOTH });
    const { printed, summary } = await all.post.run();
    expect(all.chat.asked[0]?.path).toContain('s3cr3t-path');
    expect(printed + summary + JSON.stringify(all.post.lines())).not.toMatch(/s3cr3t|127\.0\.0\.1/);
  });
});

describe('--dry-run', () => {
  it('shows what would be sent, and sends and records nothing', async () => {
    await using all = await begun();
    const before = all.post.record();
    all.post.env['STATUS_SECRETS'] = '';
    all.post.commit({ [A]: BOTH });
    const { printed, code } = await all.post.run('12:00', ['--dry-run']);
    expect(code).toBe(0);
    expect(printed).toContain(`slack: ${ID_2}\n  | `);
    expect(printed).toContain('A database failed.');
    expect(printed).not.toContain('Some see an error');
    expect(all.post.record()).toEqual(before);
    expect(all.chat.asked).toEqual([]);
  });

  it('shows whole bodies as JSON', async () => {
    await using all = await begun([SLACK, '{ type: email, smtp: SMTP_URL, from: status@acme.example, to: MAIL_TO }']);
    all.post.commit({ [A]: BOTH });
    const { printed } = await all.post.run('12:00', ['--dry-run', '--json']);
    expect(JSON.parse(printed)).toMatchObject({
      channels: [
        { name: 'slack', messages: [{ update: ID_2, body: { blocks: expect.anything() } }] },
        { name: 'email', messages: [{ update: ID_2, body: { to: '(the secret MAIL_TO)', html: expect.any(String) } }] },
      ],
    });
  });

  it('shows how messages look where there is no record and no remote', async () => {
    await using post = new Post([SLACK], { [A]: BOTH });
    expect((await post.run('12:00', ['--dry-run'])).printed).toMatch(/^Nothing has been sent yet/);
    post.git('remote', 'remove', 'origin');
    const { printed, code } = await post.run('2027-01-01T00:00:00Z', ['--dry-run']);
    expect(code).toBe(0);
    expect(printed).toMatch(/^The repository has no remote/);
    expect(printed).toContain('A database failed.');
    expect(printed).not.toContain('Some see an error');
  });
});
