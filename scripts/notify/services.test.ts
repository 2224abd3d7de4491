import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { A, begun, FIRST, incident, MailStandIn, Post, SECOND } from '../../src/__tests__/support/notify.ts';
import { signature } from './post.ts';
import { ServiceStandIns, STAND_INS } from '../../src/__tests__/support/services.ts';

const LONG = `**Bold** _text_ with \`code\`, <b>HTML</b>, @all @**all** <users/all> <@all> [a link](https://b.example/?c=1&d=2) & 1 < 2 > 0: $$ ~~a~~ # #1\n\n> quoted\n\n- one\n- two\n\n\`\`\`\n<pre>\n\`\`\`\n\n${'復旧を 確認中 です。🧑‍🧑‍🧒 "word" '.repeat(600)}`;
const LATER = ['Monitoring · 2026-11-20 10:10 UTC', 'It works.\n\n- **Next update:** 11:00 UTC'] as const;
const LAST = ['Resolved · 2026-11-20 10:30 UTC', 'It works well.'] as const;
const SERVICES = Object.entries(STAND_INS).map(([name, service]) => ({ name, ...service }));
const CHANNELS = SERVICES.map(({ name, keys }) => `{ type: ${name}, url: ${name.toUpperCase().replace('-', '_')}_URL${keys ? `, ${keys}` : ''} }`); // prettier-ignore

let services: ServiceStandIns;
let post: Post;
let runs: Awaited<ReturnType<Post['run']>>[] = [];

beforeAll(async () => {
  services = await ServiceStandIns.start();
  post = new Post(CHANNELS);
  post.env['STATUS_SECRETS'] = services.secrets('secret');
  runs = [await post.run()];
  for (const { name } of SERVICES) services.busy.add(name);
  post.commit({ [A]: incident([FIRST, [SECOND[0], LONG]]) });
  runs.push(await post.run());
  post.commit({ [A]: incident([FIRST, [SECOND[0], LONG], LATER]) });
  runs.push(await post.run());
}, 120_000);

afterAll(async () => {
  await services[Symbol.asyncDispose]();
  await post[Symbol.asyncDispose]();
});

const messages = (name: string) => services.arrived[name] ?? [];

describe.each(SERVICES)('$name', ({ name, threads }) => {
  it('takes whatever is written, however long, and what comes after', () => {
    const [long, later] = messages(name).filter(({ to }) => to === undefined || to === '+15005550006');
    expect(long?.text).toMatch(/…/);
    expect(later?.text).toContain('It works.');
    expect(later?.text).toContain('11:00 UTC');
    expect(messages(name)).toHaveLength(name === 'twilio' ? 4 : 2);
  });

  it('has later updates where the first is, if it can', () => {
    const [first, later] = messages(name);
    const expected = { 'answer the first': first?.id, 'share a thread': first?.thread, none: undefined }[threads];
    expect(later?.thread).toBe(expected);
    if (threads === 'share a thread') expect(first?.thread).toBeDefined();
  });
});

it('none of them is sent a field or a mention that it does not know', () => {
  expect(services.wrong).toEqual([]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
});

it('each is left alone for as long as it asks, in its own way', () => {
  const asked = SERVICES.map(({ pause }) => pause).sort((a, b) => a - b);
  expect(post.pauses.slice(0, asked.length).sort((a, b) => a - b)).toEqual(asked);
});

it('a number that is refused holds up no other', () => {
  expect(messages('twilio').map(({ to }) => to)).toEqual(['+15005550006', '+15005550009', '+15005550006', '+15005550009']); // prettier-ignore
  expect(runs[1]?.printed).toContain('1 of 3 recipients were rejected');
});

it('no secret is printed or recorded', () => {
  expect(JSON.stringify(runs) + JSON.stringify(post.lines())).not.toMatch(/s3cr3t|127\.0\.0\.1|\+15005550006/);
});

describe('a message whose first one was deleted', () => {
  it.each(SERVICES.filter(({ threads }) => threads === 'answer the first'))(
    'is sent for itself: $name',
    async ({ name }) => {
      if (name === SERVICES.find(({ threads }) => threads === 'answer the first')?.name) {
        for (const arrived of Object.values(services.arrived)) arrived.splice(0, 2);
        post.commit({ [A]: incident([FIRST, [SECOND[0], LONG], LATER, LAST]) });
        expect(await post.run()).toMatchObject({ code: 0 });
      }
      expect(messages(name).at(-1)?.text).toContain('It works well.');
    },
  );
});

it.each(SERVICES)(
  'an account that $name does not know is named by its secret only',
  async ({ name, wrong: [, status] }) => {
    if (name === SERVICES[0]?.name) {
      post.env['STATUS_SECRETS'] = services.secrets('wrong');
      const again = ['Investigating · 2026-11-20 10:40 UTC', 'It fails again.'] as const;
      post.commit({ [A]: incident([FIRST, [SECOND[0], LONG], LATER, LAST, again]) });
      runs.push(await post.run());
    }
    const { printed = '' } = runs.at(-1) ?? {};
    expect(printed).toContain(`${name.toUpperCase().replace('-', '_')}_URL returned ${status}`);
    expect(printed).not.toMatch(/other|s3cr3t/);
  },
);

it('a service that takes one message a second gets no more', async () => {
  await using calm = new Post(CHANNELS);
  calm.env['STATUS_SECRETS'] = services.secrets('secret');
  await calm.run();
  calm.commit({ [A]: incident([FIRST, SECOND, LATER]) });
  expect(await calm.run()).toMatchObject({ code: 0 });
  expect(calm.pauses).toEqual([1000, 1000]);
});

describe('--test', () => {
  it('sends one message in the language of the channel, marked as a test, and records nothing', async () => {
    await using mail = await MailStandIn.start();
    const email = '{ type: email, smtp: SMTP_URL, from: status@acme.example, to: MAIL_TO, locale: de }';
    await using one = new Post([...CHANNELS, email]);
    one.git('remote', 'remove', 'origin');
    const site = readFileSync(`${one.root}/content/site.yml`, 'utf8');
    one.commit({ 'content/site.yml': `${site}locales: [en, de]\n` });
    one.env['STATUS_SECRETS'] = `${services.secrets('secret')}SMTP_URL=${mail.url}\nMAIL_TO=ada@acme.example\n`;
    for (const { name } of SERVICES) {
      expect(await one.run('12:00', ['--test', name])).toMatchObject({
        code: 0,
        printed: expect.stringContaining(`${name}: the test is sent.`),
      });
      expect(messages(name).at(-1)?.text).toContain('This is a test.');
    }
    expect(messages('mastodon').at(-1)?.text).toContain('Test: updates arrive here');
    expect(messages('mastodon').at(-1)?.text).toMatch(/\n\nhttps:\/\/status\.acme\.example\/$/);
    expect(await one.run('12:00', ['--test', 'email'])).toMatchObject({ code: 0 });
    expect(mail.arrived.map(({ mail: { subject } }) => subject)).toEqual([
      expect.stringContaining('Test: Updates kommen hier an'),
    ]);
    expect(one.hasRecord()).toBe(false);
  });

  it('says what came back, and which channels there are', async () => {
    await using one = new Post(CHANNELS);
    one.env['STATUS_SECRETS'] = services.secrets('wrong');
    expect(await one.run('12:00', ['--test', 'telegram'])).toMatchObject({
      code: 1,
      printed: expect.stringContaining('telegram: the test is not sent. TELEGRAM_URL returned 401'),
    });
    expect(await one.run('12:00', ['--test', 'telegramm'])).toMatchObject({
      code: 1,
      printed: expect.stringContaining('Its channels are: google-chat, mattermost'),
    });
  });
});

describe('a signed webhook', () => {
  const KEY = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const HOOK = '{ type: webhook, url: SLACK_URL, sign: HOOK_KEY }';

  it('has the signature that the libraries of Standard Webhooks make', () => {
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', now: 1614265330 * 1000 };
    expect(signature(Buffer.from(KEY, 'base64'), message, '{"test": 2432232314}')).toEqual({
      'webhook-id': message.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('can be checked, and is known again when it comes twice', async () => {
    await using all = await begun([HOOK]);
    all.post.env['HOOK_KEY'] = `whsec_${KEY}`;
    all.chat.replies.push({ status: 503 });
    all.post.commit({ [A]: incident([FIRST, SECOND]) });
    expect(await all.post.run()).toMatchObject({ code: 0 });
    const ids = all.chat.asked.map(({ headers, body }) => {
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
      const expected = createHmac('sha256', Buffer.from(KEY, 'base64')).update(signed).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${expected}`);
      return headers['webhook-id'];
    });
    expect(ids).toEqual([ids[0], ids[0]]);
    expect(ids[0]).toMatch(/^\w+$/);
  });

  it.each(['', 'whsec_c2hvcnQ=', KEY])('is not sent with the key “%s”', async (key) => {
    await using all = await begun([HOOK]);
    all.post.env['HOOK_KEY'] = key;
    all.post.commit({ [A]: incident([FIRST, SECOND]) });
    expect(await all.post.run()).toMatchObject({ code: 1, printed: expect.stringContaining('HOOK_KEY') });
    expect(all.chat.asked).toEqual([]);
  });
});
