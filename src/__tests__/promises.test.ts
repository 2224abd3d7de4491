import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { registerNew } from '../../scripts/commands/new.ts';
import { registerResolve } from '../../scripts/commands/resolve.ts';
import { registerUpdate } from '../../scripts/commands/update.ts';
import { callCommand } from './support/call.ts';
import { WatchPost } from './support/watch.ts';
import { seen } from './support/dom.ts';
import { feedsmith } from './support/feeds.ts';
import { build, EXAMPLE } from './support/sites.ts';

/** A real incident, retold: ten updates, of which one came late, and a postmortem that had to be asked for. */
const TITLE = 'Some customers in Europe cannot pay by card';
const post = await WatchPost.start({});
cpSync(join(EXAMPLE, 'templates'), join(post.root, 'content/templates'), { recursive: true });
const dist = join(post.root, 'dist');
let broken = false;

// Each step goes on from the one before.
beforeEach(({ skip, onTestFailed }) => {
  if (broken) skip('A step before this one failed.');
  onTestFailed(() => void (broken = true));
});
afterAll(() => post[Symbol.asyncDispose]());

/** Runs a command that writes, at a time of 20 November 2026 or a full one. */
async function say(time: string, ...args: string[]): Promise<void> {
  const env = { ...process.env, STATUS_CONTENT: join(post.root, 'content'), STATUS_NOW: instantOf(time) };
  const register = (...all: Parameters<typeof registerNew>) =>
    [registerNew, registerUpdate, registerResolve].forEach((one) => one(...all));
  expect(await callCommand(register, [...args, '--no-commit'], env)).toMatchObject({ err: '', code: 0 });
}

/** What customers see at a time, and what they were told: the answer, the incident's page, the newest entry of the feed. */
async function page(time: string) {
  await build(join(post.root, 'content'), dist, instantOf(time));
  const home = readFileSync(join(dist, 'index.html'), 'utf8');
  const [id = ''] = readdirSync(join(dist, 'incidents'));
  const html = readFileSync(join(dist, 'incidents', id, 'index.html'), 'utf8');
  const entries = feedsmith(readFileSync(join(dist, 'atom.xml'), 'utf8'));
  expect(feedsmith(readFileSync(join(dist, 'rss.xml'), 'utf8'))).toEqual(entries);
  return {
    answer: seen(home, '.band'),
    head: seen(html, '.band'),
    updates: seen(html, '.updates'),
    entries: entries.length,
    newest: entries[0]?.title,
  };
}

/** What the watch prints at a time, and its exit code. */
async function watch(time: string) {
  const { out, code } = await post.run(instantOf(time), []);
  return { out, code };
}

/** What a run of the watch writes on GitHub. */
const onGitHub = (time: string) => post.writes(instantOf(time));

function instantOf(time: string): string {
  return time.includes('T') ? time : `2026-11-20T${time}:00Z`;
}

describe('an incident of ten updates', () => {
  it('begins with a promise by the update interval of its impact', async () => {
    const where = ['--component', 'checkout=partial_outage', '--started', '8m', '--next', '20m'];
    await say('09:20', 'new', TITLE, ...where, '-m', 'One card payment in five fails. Nobody is charged twice.');

    const { answer, entries, newest } = await page('09:20');
    expect(answer).toContain(`Partial outage · Investigating ${TITLE} Since 09:12 UTC Next update by 09:40 UTC`);
    expect([entries, newest]).toEqual([1, `${TITLE} — Investigating`]);
    expect(await watch('09:21')).toMatchObject({ code: 0, out: expect.stringContaining('09:40 UTC') as string });
    expect(await onGitHub('09:21')).toEqual([]);
  });

  it('keeps the first promise', async () => {
    await say('09:38', 'update', '--status', 'identified', '-m', 'A database ran full.', '--next', '25m');

    expect(await watch('09:39')).toMatchObject({ code: 0, out: expect.stringContaining('10:03 UTC') as string });
  });

  it('says in one line that there is nothing new, and promises again', async () => {
    await say('10:01', 'update', '--no-news');

    const { head, updates, newest } = await page('10:01');
    expect(updates).toContain("Nothing has changed since our last update. We're still working on the fix.");
    expect(head).toContain('Next update by 10:21 UTC');
    expect(head).toContain('2 of 2 promised updates were on time');
    expect(updates).toContain('Next update 20 Nov 2026, 09:40 UTC On time');
    expect(newest).toBe(`${TITLE} — Update`);
  });

  it('is called for, before the next update is due and when it is missed', async () => {
    expect(await onGitHub('10:12')).toEqual(['POST /labels', 'POST /issues']);
    expect(post.issues.issues[0]).toMatchObject({ state: 'open', title: expect.stringContaining(TITLE) as string });
    expect(post.issues.issues[0]?.body).toContain('@acme/payments');
    expect(await onGitHub('10:13')).toEqual([]);

    expect(await watch('10:27')).toMatchObject({ code: 2 });
    expect(await onGitHub('10:27')).toEqual(['PATCH /issues/1', 'POST /issues/1/comments']);
    const { answer } = await page('10:27');
    expect(answer).toContain('This update is late. We promised it by 10:21 UTC.');
  });

  it('climbs the levels of escalation, each once', async () => {
    expect(await onGitHub('10:37')).toEqual(['POST /issues/1/comments']);
    expect(post.issues.comments.at(-1)?.body).toContain('@acme/leads');
    expect(await onGitHub('10:38')).toEqual([]);
  });

  it('tells that the next update came late, and lets the issue rest', async () => {
    await say(
      '10:45',
      'update',
      '--component',
      'website=degraded_performance',
      '-m',
      'Pages are slow too.',
      '--next',
      '30m',
    );

    const { head, updates } = await page('10:45');
    expect(updates).toContain('Next update 20 Nov 2026, 10:21 UTC 24 minutes late');
    expect(head).toContain('2 of 3 promised updates were on time');
    expect(await onGitHub('10:46')).toContain('PATCH /issues/1');
    expect(post.issues.issues[0]?.state).toBe('closed');
    expect(await watch('10:46')).toMatchObject({ code: 0 });
  });

  it('expects a fix, and is due when that time has passed', async () => {
    await say('11:10', 'update', '-m', 'We make room.', '--next', '40m', '--expected-fix', '30m');
    expect((await watch('11:41')).code).toBe(2);
  });

  it('is watched, and ends', async () => {
    await say(
      '11:45',
      'update',
      '--status',
      'monitoring',
      '--component',
      'website=operational',
      '-m',
      'Payments go through.',
      '--next',
      '30m',
    );
    await say('12:10', 'update', '--no-news', 'We watch the evening in Asia.');
    await say('12:25', 'update', '-m', 'All payments of the last hour went through.', '--next', '30m');
    await say('12:50', 'resolve', '-m', 'Payments work again. Nobody was charged twice.', '--ended', '11:44');

    const { answer, head, entries, newest } = await page('12:50');
    expect(answer).toContain('All systems operational');
    expect(head).toContain('We’ll explain what happened by 25 Nov 2026, 12:50 UTC');
    expect(head).toContain('7 of 8 promised updates were on time');
    expect([entries, newest]).toEqual([9, `${TITLE} — Resolved`]);
    expect(await watch('12:51')).toMatchObject({
      code: 0,
      out: expect.stringContaining('due by 2026-11-25 12:50 UTC') as string,
    });
  });

  it('is asked for its postmortem, which is the tenth', async () => {
    const late = '2026-11-25T13:00:00Z';
    expect((await page(late)).head).toContain('Our explanation is late. We promised it by 25 Nov 2026, 12:50 UTC.');
    expect((await watch(late)).code).toBe(2);
    expect(await onGitHub(late)).toContain('POST /issues');

    const sets = ['what-happened', 'effect', 'why', 'changes', 'making-good'].flatMap((name) => [
      '--set',
      `${name}=Told.`,
    ]);
    await say('2026-11-25T15:00:00Z', 'update', '--status', 'postmortem', '--template', 'postmortem', ...sets);
    const { head, updates, entries } = await page('2026-11-25T15:00:00Z');
    expect(head).toContain('What happened and what we’re changing · 25 Nov 2026, 15:00 UTC');
    expect(updates).toContain('Customer impact Told.');
    expect(entries).toBe(10);
    await onGitHub('2026-11-25T15:01:00Z');
    expect(post.issues.issues.map(({ state }) => state)).not.toContain('open');
    expect(await watch('2026-11-25T15:01:00Z')).toMatchObject({ code: 0 });
  });
});
