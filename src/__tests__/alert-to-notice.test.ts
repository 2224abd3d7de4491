import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AlertDesk, body, rules, SITE } from './support/alerts.ts';
import { ChatStandIn, MailStandIn } from './support/notify.ts';

const CHANNELS = `channels:
  - { type: slack, url: SLACK_URL }
  - { type: teams, url: TEAMS_URL }
  - { type: discord, url: DISCORD_URL, components: [website] }
  - { type: webhook, url: WEBHOOK_URL }
  - { type: email, smtp: SMTP_URL, from: Acme Status <status@acme.example>, to: SUBSCRIBERS }
`;

const CLI = resolve('scripts/cli.ts');

/**
 * From a monitor to people, with real parts on loopback: a bare repository, a GitHub that starts nothing on a push, chats
 * and a mail server. What GitHub would start is started here, and only if it was asked to.
 */
let desk: AlertDesk;
let mail: MailStandIn;
const chats: Record<string, ChatStandIn> = {};
let started = 0;

beforeAll(async () => {
  desk = await AlertDesk.start(rules('publish'), { 'content/site.yml': SITE + CHANNELS });
  mail = await MailStandIn.start();
  for (const name of ['slack', 'teams', 'discord', 'webhook']) chats[name] = await ChatStandIn.start();
});

afterAll(async () => {
  for (const one of [desk, mail, ...Object.values(chats)]) await one[Symbol.asyncDispose]();
});

function secrets(): string {
  const urls = Object.entries(chats).map(([name, { url }]) => `${name.toUpperCase()}_URL=${url}`);
  return [...urls, `SMTP_URL=${mail.url}`, 'SUBSCRIBERS=ada@customer.example,tom@customer.example'].join('\n');
}

/** Runs a command in a new clone, as a job does. */
async function job(
  time: string,
  args: readonly string[],
  more: Record<string, string> = {},
  kill?: () => Promise<unknown>,
) {
  const clone = join(desk.root, `../clone-${time.replaceAll(':', '')}-${args[0]}-${Math.random()}`);
  desk.git('clone', '--quiet', desk.origin, clone);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    STATUS_CONTENT: join(clone, 'content'),
    STATUS_NOW: `2026-11-20T${time}Z`,
    ...more,
  };
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: 'pipe' });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  if (kill) void kill().then(() => child.kill('SIGKILL'));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, printed };
}

const notify = (time: string, kill?: () => Promise<unknown>) =>
  job(time, ['notify'], { STATUS_SECRETS: secrets() }, kill);

/** Whether the deployment was asked for since the last time. */
function wasDeployed(): boolean {
  const all = desk.github.started.filter(({ workflow }) => workflow === 'deploy.yml').length;
  const more = all > started;
  started = all;
  return more;
}

/** How many messages each got so far. */
function counts(): Record<string, number> {
  const taken = Object.entries(chats).map(([name, chat]) => [name, chat.taken.length]);
  return { ...Object.fromEntries(taken), mail: mail.arrived.length } as Record<string, number>;
}

describe('an alert', () => {
  it('finds channels that know what is public already', async () => {
    expect(await notify('09:00:00')).toMatchObject({ code: 0 });
    expect(counts()).toEqual({ slack: 0, teams: 0, discord: 0, webhook: 0, mail: 0 });
  });

  it('becomes a commit, a page, and a message to everybody whom it concerns', async () => {
    await desk.receive('09:13:05', body({ start: '09:12', summary: 'pg_stat 5xx on db-7' }));
    expect(wasDeployed()).toBe(true);
    const site = join(desk.root, '../site');
    expect(await job('09:13:40', ['build', '--last-good', '--outDir', site])).toMatchObject({ code: 0 });
    const page = readFileSync(join(site, 'index.html'), 'utf8');
    expect(page).toContain('Some customers cannot use the shop');
    expect(page).not.toContain('db-7');

    expect(await notify('09:14:00')).toMatchObject({ code: 0 });
    expect(counts()).toEqual({ slack: 1, teams: 1, discord: 0, webhook: 1, mail: 1 });
    const [letter] = mail.arrived;
    expect(letter?.mail.subject).toContain('Some customers cannot use the shop');
    expect(letter?.recipients).toEqual(['ada@customer.example', 'tom@customer.example']);
    expect(JSON.stringify([letter, chats['slack']?.taken])).not.toContain('db-7');
  });

  it('that is sent again, and a job that is run again, tell nobody anything', async () => {
    await desk.receive('09:18:05', body({ start: '09:12' }));
    expect(wasDeployed()).toBe(false);
    await notify('09:19:00');
    expect(counts()).toEqual({ slack: 1, teams: 1, discord: 0, webhook: 1, mail: 1 });
  });

  it('that races another is told once along with it, and a channel that is down gets it later', async () => {
    await Promise.all([
      desk.receive('09:20:05', body({ start: '09:19', service: 'website' })),
      desk.receive('09:20:06', body({ start: '09:19', service: 'website', key: 'second' })),
    ]);
    expect(wasDeployed()).toBe(true);
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Update 09:20']);
    chats['slack']?.replies.push({ status: 404 });
    expect(await notify('09:21:00')).toMatchObject({ code: 1 });
    expect(counts()).toEqual({ slack: 1, teams: 2, discord: 1, webhook: 2, mail: 2 });
    expect(await notify('09:26:00')).toMatchObject({ code: 0 });
    expect(counts()).toEqual({ slack: 2, teams: 2, discord: 1, webhook: 2, mail: 2 });
  });

  it('that is over is told twice at most when the job is killed before it could record that', async () => {
    await desk.receive('09:30:05', body({ start: '09:12', end: '09:29' }));
    expect(wasDeployed()).toBe(false);
    for (const key of ['website', 'second']) {
      await desk.receive('09:40:05', body({ start: '09:19', end: '09:39', service: 'website', key }));
    }
    expect(wasDeployed()).toBe(true);
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Update 09:20', 'Resolved 09:40']);

    const { promise, resolve: taken } = Promise.withResolvers<undefined>();
    const slack = chats['slack'];
    if (slack) slack.onRequest = () => taken(undefined);
    expect((await notify('09:41:00', () => promise)).code).toBeNull();
    if (slack) slack.onRequest = () => undefined;
    await notify('09:45:00');
    await notify('09:50:00');
    const { slack: posted, ...others } = counts();
    expect([3, 4]).toContain(posted);
    for (const count of [others['teams'], others['webhook'], others['mail']]) expect([3, 4]).toContain(count);
  });
});
