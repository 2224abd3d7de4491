import { describe, expect, it } from 'vitest';
import { incident, PAY, PROMISE, WatchPost } from '../../src/__tests__/support/watch.ts';

const ANSWER = ['Identified · 2026-11-20 09:58 UTC', 'A database failed.\n\n- **Next update:** 10:30 UTC'] as const;
const END = ['Resolved · 2026-11-20 09:58 UTC', 'It works.'] as const;

describe('an issue', () => {
  it('is opened ten minutes before the promised time, and not sooner', async () => {
    await using post = await WatchPost.start();
    await post.run('09:39:59');
    expect(post.issues.issues).toEqual([]);
    const { out, code } = await post.run('09:40:00');
    expect(out).toContain('Opened #1: Update promised for 09:50 UTC: Some customers cannot pay');
    expect(code).toBe(0);
    expect(post.issues.issues[0]?.labels).toEqual([{ name: 'candor-watch' }]);
    expect(post.issues.issues[0]?.body).toBe(`<!-- candor-watch: promise 2026-11-20-pay u-20261120T092000Z -->

@acme/payments

An update is promised for 2026-11-20 09:50 UTC: \`Some customers cannot pay\`

- On the page: https://status.acme.example/incidents/2026-11-20-pay/
- In the repository: [\`content/incidents/2026-11-20-pay.md\`](https://github.com/acme/status/blob/HEAD/content/incidents/2026-11-20-pay.md)
- When 15 minutes overdue, also notify: \`@acme/leads\`
- When 1 hour overdue, also notify: \`@acme/board\`, \`the press office\`

Post the update, then push:

\`\`\`sh
npm run update -- 2026-11-20-pay
npm run update -- 2026-11-20-pay --no-news
\`\`\`

This issue then closes by itself. If you close it earlier, nobody else is notified.`);
  });

  it('says that the promise is missed once its grace has passed, and tells its owners once', async () => {
    await using post = await WatchPost.start();
    for (const time of ['09:40:00', '09:55:00']) await post.run(time);
    expect(post.issues.said(1)).toEqual([]);
    for (const time of ['09:55:01', '09:57:00', '10:00:00']) await post.run(time);
    expect(post.issues.open().map(({ title }) => title)).toEqual([
      'Overdue: update promised for 09:50 UTC: Some customers cannot pay',
    ]);
    expect(post.issues.said(1)).toEqual([
      '@acme/payments The update promised for 2026-11-20 09:50 UTC has not been posted.',
    ]);
  });

  it('climbs each level once', async () => {
    await using post = await WatchPost.start();
    for (const time of ['09:40', '09:56', '10:05', '10:06', '10:50', '10:55', '23:00']) await post.run(`${time}:00`);
    expect(post.issues.said(1)).toEqual([
      '@acme/payments The update promised for 2026-11-20 09:50 UTC has not been posted.',
      '@acme/leads The update is 15 minutes overdue.',
      '@acme/board `the press office` The update is 1 hour overdue.',
    ]);
  });

  it('closes when the update comes, and says when that was', async () => {
    await using post = await WatchPost.start();
    await post.run('09:56:00');
    post.write(PAY, incident([PROMISE, END]));
    await post.run('10:00:00');
    expect(post.issues.open()).toEqual([]);
    expect(post.issues.issues[0]?.state_reason).toBe('completed');
    expect(post.issues.said(1)).toEqual(['The update was posted at 2026-11-20 09:58 UTC: Resolved.']);
    expect(await post.writes('10:05:00')).toEqual([]);
  });

  it('is another one for another promise', async () => {
    await using post = await WatchPost.start();
    await post.run('09:56:00');
    post.write(PAY, incident([PROMISE, ANSWER]));
    await post.run('10:25:00');
    expect(post.issues.open().map(({ number, title }) => [number, title])).toEqual([
      [2, 'Update promised for 10:30 UTC: Some customers cannot pay'],
    ]);
  });

  it('is opened again when the update is taken back', async () => {
    await using post = await WatchPost.start();
    await post.run('09:56:00');
    post.write(PAY, incident([PROMISE, END]));
    await post.run('10:00:00');
    post.write(PAY, incident([PROMISE]));
    await post.run('10:06:00');
    expect(post.issues.open().map(({ number }) => number)).toEqual([1]);
    expect(post.issues.said(1).at(-1)).toContain('@acme/leads');
    expect(await post.writes('10:07:00')).toEqual([]);
  });

  it('stays closed when a person has closed it', async () => {
    await using post = await WatchPost.start();
    await post.run('09:56:00');
    for (const issue of post.issues.issues) issue.state = 'closed';
    expect(await post.writes('10:06:00')).toEqual([]);
    expect(post.issues.open()).toEqual([]);
  });

  it('closes when the file is gone', async () => {
    await using post = await WatchPost.start();
    await post.run('09:56:00');
    post.remove(PAY);
    await post.run('10:00:00');
    expect(post.issues.open()).toEqual([]);
    expect(post.issues.said(1)).toEqual(['This is no longer due: the file was changed or deleted.']);
  });

  it('starts anew when the promise is moved', async () => {
    await using post = await WatchPost.start();
    await post.run('09:56:00');
    post.write(PAY, incident([[PROMISE[0], 'We look into it.\n\n- **Next update:** 10:05 UTC']]));
    await post.run('09:57:00');
    expect(post.issues.issues[0]).toMatchObject({ title: 'Update promised for 10:05 UTC: Some customers cannot pay' });
    await post.run('10:11:00');
    expect(post.issues.said(1)).toEqual([
      '@acme/payments The update promised for 2026-11-20 10:05 UTC has not been posted.',
    ]);
  });

  it('says so when a component has no owner', async () => {
    await using post = await WatchPost.start({ [PAY]: incident([PROMISE]).replace('checkout:', 'website:') });
    await post.run('09:56:00');
    expect(post.issues.issues[0]?.body).toContain('No owner is set for `Website`.');
    expect(post.issues.issues[0]?.body).not.toMatch(/^@/m);
  });

  it('is opened for each kind of case', async () => {
    const postmortem = incident([PROMISE, ['Resolved · 2026-11-20 09:30 UTC', 'It works.']]);
    const silent = incident([
      ['Identified · 2026-11-20 09:20 UTC', 'A database failed.\n\n- **Expected fix:** 10:00 UTC'],
    ]);
    const work = `---\ntitle: Upgrade\ncomponents: [website]\nscheduled: 2026-11-24 01:00 UTC\nuntil: 2026-11-24 02:00 UTC\n---\n\nWe upgrade.\n\n## In progress · 2026-11-24 01:00 UTC\n\nIt runs.\n`;
    await using post = await WatchPost.start({
      'content/incidents/a.md': postmortem.replace('partial_outage', 'major_outage'),
      'content/incidents/b.md': silent,
      'content/maintenance/c.md': work,
    });
    await post.run('2026-11-24T03:00:00Z');
    expect(post.issues.issues.map(({ title }) => title)).toEqual([
      'Overdue: fix expected by 10:00 UTC: Some customers cannot pay',
      'Overdue: update expected by 10:00 UTC: Some customers cannot pay',
      'Overdue: postmortem due by 2026-11-23 09:30 UTC: Some customers cannot pay',
      'Overdue: maintenance due to end by 02:00 UTC: Upgrade',
    ]);
  });
});

describe('a run again', () => {
  it('changes nothing, whatever has happened', async () => {
    await using post = await WatchPost.start();
    for (const time of ['09:40:00', '09:56:00', '10:06:00', '11:00:00']) {
      expect(await post.writes(time)).not.toEqual([]);
      expect(await post.writes(time)).toEqual([]);
    }
    post.write(PAY, incident([PROMISE, END]));
    expect(await post.writes('11:05:00')).not.toEqual([]);
    expect(await post.writes('11:05:00')).toEqual([]);
  });

  it('finds its issue among hundreds, and leaves what is not its own', async () => {
    await using post = await WatchPost.start();
    await post.run('09:56:00');
    const labels = [{ name: 'candor-watch' }];
    for (let count = 0; count < 250; count += 1) post.issues.add({ title: 'By hand', labels });
    post.issues.add({ title: 'A pull request', labels, body: post.issues.issues[0]?.body ?? '', pull_request: {} });
    post.issues.add({ title: 'Without the label', body: post.issues.issues[0]?.body ?? '' });
    expect(await post.writes('09:57:00')).toEqual([]);
  });

  it('does not take an issue for its own double when the pages of the list move', async () => {
    await using post = await WatchPost.start();
    await post.run('09:56:00');
    const labels = [{ name: 'candor-watch' }];
    for (let count = 0; count < 99; count += 1) post.issues.add({ labels });
    const everything = [...post.issues.issues].reverse();
    post.issues.failures.push(
      { matches: /page=1$/, reply: { status: 200, body: everything } },
      { matches: /page=2$/, reply: { status: 200, body: everything.slice(-1) } },
    );
    expect(await post.writes('09:57:00')).toEqual([]);
    expect(post.issues.failures).toEqual([]);
  });
});

describe('two runs at once', () => {
  it('end with one issue, though neither has seen the issue of the other', async () => {
    await using post = await WatchPost.start();
    post.issues.gate(/^GET \/issues\?.*state=open/, 2);
    const runs = await Promise.all([post.run('10:06:00'), post.run('10:06:00')]);
    expect(runs.map(({ code, err }) => [code, err])).toEqual([[0, ''], [0, '']]); // prettier-ignore
    expect(post.issues.writes.filter((write) => write === 'POST /issues')).toHaveLength(2);
    expect(post.issues.open().map(({ number }) => number)).toEqual([1]);
    expect(post.issues.issues[1]).toMatchObject({ state_reason: 'not_planned', body: 'Duplicate of #1.' });
    expect(post.issues.said(1)).toEqual(['@acme/leads The update is 15 minutes overdue.']);
    expect(await post.writes('10:06:00')).toEqual([]);
  });

  it('end with one issue after the next run, if the list is slow to show what was opened', async () => {
    await using post = await WatchPost.start();
    post.issues.gate(/^GET \/issues\?.*state=open/, 2);
    const stale = { status: 200, body: [] };
    post.issues.gate(/^POST \/issues$/, 2);
    const runs = Promise.all([post.run('09:41:00'), post.run('09:41:00')]);
    while (post.issues.issues.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    post.issues.failures.push({ matches: /state=open/, reply: stale }, { matches: /state=open/, reply: stale });
    await runs;
    expect(post.issues.open()).toHaveLength(2);
    await post.run('09:42:00');
    expect(post.issues.open().map(({ number }) => number)).toEqual([1]);
  });

  it('tell each level once', async () => {
    await using post = await WatchPost.start();
    await post.run('09:56:00');
    post.issues.gate(/^GET \/issues\/1\/comments/, 2);
    await Promise.all([post.run('10:06:00'), post.run('10:06:00')]);
    expect(post.issues.writes.filter((write) => write === 'POST /issues/1/comments')).toHaveLength(2);
    expect(post.issues.said(1)).toHaveLength(1);
  });
});

it('leaves the example alone, where time stands still', async () => {
  await using post = await WatchPost.start();
  post.write('content/.example', '2026-11-20T10:05:00Z\n');
  const { out, code } = await post.run('', ['--github'], { env: { STATUS_NOW: '' } });
  expect(out).toBe('This is the example, which is frozen in time, so nothing is due.\n');
  expect(code).toBe(0);
  expect(post.github.asked).toEqual([]);
});
