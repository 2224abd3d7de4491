import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { A, FIRST, incident, MailStandIn, Post, SECOND } from '../../src/__tests__/support/notify.ts';

const BOTH = incident([FIRST, SECOND]);
const LIST = 'to: updates@lists.acme.example';
const FROM = 'from: Acme Status <status@acme.example>';

/** A repository that has run once, with a mail server. */
async function begun(settings: string, secrets: Readonly<Record<string, string>> = {}) {
  const server = await MailStandIn.start();
  const post = new Post([`{ type: email, smtp: SMTP_URL, ${FROM}, ${settings} }`], {});
  Object.assign(post.env, { SMTP_URL: server.url, ...secrets });
  await post.run();
  return {
    server,
    post,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await post[Symbol.asyncDispose]();
    },
  };
}

const header = (raw: string, name: string) =>
  new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'im').exec(raw)?.[1]?.replace(/\r\n[ \t]/g, ' ');

describe('a mail', () => {
  it('to a list has text and HTML, and says how to leave', async () => {
    await using all = await begun(`${LIST}, unsubscribe: "https://acme.example/leave"`);
    all.post.commit({ [A]: BOTH });
    expect(await all.post.run()).toMatchObject({ code: 0 });
    const [first] = all.server.arrived;
    expect(first).toMatchObject({ from: 'status@acme.example', recipients: ['updates@lists.acme.example'] });
    expect(first?.mail).toMatchObject({
      from: { name: 'Acme Status', address: 'status@acme.example' },
      to: [{ address: 'updates@lists.acme.example' }],
      subject: expect.stringContaining('Some customers cannot pay'),
      text: expect.stringContaining('Some see an error.'),
      html: expect.stringContaining('Some see an error.'),
      date: '2026-11-20T12:00:00.000Z',
    });
    const raw = first?.raw ?? '';
    expect(header(raw, 'List-Unsubscribe')).toBe('<https://acme.example/leave>');
    expect(first?.mail.text).toContain('https://acme.example/leave');
    expect(header(raw, 'List-Id')).toBe('"Acme" <email.status.acme.example>');
    expect(header(raw, 'Auto-Submitted')).toBe('auto-generated');
    expect(header(raw, 'Content-Type')).toMatch(/^multipart\/alternative/);
  });

  it('says how to leave the list that readers join on the page', async () => {
    await using all = await begun(LIST);
    const email = 'subscribe: { email: { provider: mlmmj, everything: updates@lists.acme.example } }\n';
    const site = readFileSync(join(all.post.root, 'content/site.yml'), 'utf8') + email;
    all.post.commit({ [A]: incident([FIRST]), 'content/site.yml': site });
    expect(await all.post.run()).toMatchObject({ code: 0 });
    const leave = '<mailto:updates+unsubscribe@lists.acme.example>';
    expect(header(all.server.arrived[0]?.raw ?? '', 'List-Unsubscribe')).toBe(leave);
  });

  it('has an id of its update, and follows the first of its event', async () => {
    await using all = await begun(LIST);
    all.post.commit({ [A]: BOTH });
    await all.post.run();
    const [first, second] = all.server.arrived.map(({ mail }) => mail);
    expect(first).toMatchObject({ messageId: '<incidents.a.u-20261120T092000Z@status.acme.example>' });
    expect(first?.inReplyTo).toBeUndefined();
    expect(second).toMatchObject({
      messageId: '<incidents.a.u-20261120T094800Z@status.acme.example>',
      inReplyTo: first?.messageId,
      references: first?.messageId,
    });
  });

  it('still follows the first when the time of that was corrected', async () => {
    await using all = await begun(LIST);
    all.post.commit({ [A]: incident([FIRST]) });
    await all.post.run();
    all.post.commit({ [A]: incident([[FIRST[0].replace('09:20', '09:10'), FIRST[1]], SECOND]) });
    await all.post.run();
    const [first, second] = all.server.arrived.map(({ mail }) => mail);
    expect(all.server.arrived).toHaveLength(2);
    expect(second?.inReplyTo).toBe(first?.messageId);
  });

  it('says that one leaves by mail where nothing else is said', async () => {
    await using all = await begun(LIST);
    all.post.commit({ [A]: incident([FIRST]) });
    await all.post.run();
    const raw = all.server.arrived[0]?.raw ?? '';
    expect(header(raw, 'List-Unsubscribe')).toBe('<mailto:status@acme.example?subject=unsubscribe>');
  });

  it('to addresses of a secret shows none of them to another, nor in what is printed', async () => {
    const people = Array.from({ length: 51 }, (_, index) => `person${index}@acme.example`);
    await using all = await begun('to: MAIL_TO', { MAIL_TO: `Ada <ada@acme.example>, ${people.join('\n')}` });
    all.server.refused.add('person3@acme.example');
    all.post.commit({ [A]: incident([FIRST]) });
    const { printed, summary, code } = await all.post.run();
    expect(code).toBe(0);
    expect(summary).toContain('| sent | 1 of 52 addresses were rejected. |');
    expect(all.server.arrived.map(({ recipients }) => recipients.length)).toEqual([49, 2]);
    expect(all.server.arrived[0]?.recipients).toContain('ada@acme.example');
    for (const { raw } of all.server.arrived) {
      expect(raw).not.toMatch(/person|ada@/);
      expect(header(raw, 'To')).toBe('"undisclosed-recipients":;');
    }
    expect(printed + summary + JSON.stringify(all.post.lines())).not.toMatch(/person|ada@/);
  });

  const CROWD = Array.from({ length: 101 }, (_, index) => `person${index}@acme.example`);
  const counts = (server: MailStandIn) => server.arrived.map(({ recipients }) => recipients.length);

  it('to a batch of which all are refused for good does not hold back anything', async () => {
    await using all = await begun('to: MAIL_TO', { MAIL_TO: CROWD.join(',') });
    all.server.refused.add('person100@acme.example');
    all.post.commit({ [A]: incident([FIRST]) });
    expect(await all.post.run()).toMatchObject({
      code: 0,
      summary: expect.stringContaining('| sent | 1 of 101 addresses were rejected. |'),
    });
    await all.post.run();
    expect(counts(all.server)).toEqual([50, 50]);
  });

  it('goes on with the batch that failed, in the run and in the next one', async () => {
    await using all = await begun('to: MAIL_TO', { MAIL_TO: CROWD.join(',') });
    all.server.takes = 1;
    all.server.failures.push(451, 451, 451, 451, 451);
    all.post.commit({ [A]: incident([FIRST]) });
    const { printed, code } = await all.post.run();
    expect(code).toBe(1);
    expect(printed).toContain('SMTP_URL returned 451. 50 of 101 addresses already have it and will not get it again.');
    expect(all.post.lines().at(-1)).toMatchObject({ how: 'part', reached: 50 });
    expect(await all.post.run()).toMatchObject({ code: 0 });
    expect(counts(all.server)).toEqual([50, 50, 1]);
    expect(all.server.arrived.map(({ recipients }) => recipients[0])).toEqual(
      ['person0', 'person50', 'person100'].map((name) => `${name}@acme.example`),
    );
  });

  it('of which all batches are refused is not sent', async () => {
    await using all = await begun('to: MAIL_TO', { MAIL_TO: CROWD.join(',') });
    for (const one of CROWD) all.server.refused.add(one);
    all.post.commit({ [A]: incident([FIRST]) });
    const refused = { code: 1, printed: expect.stringMatching(/returned 550\.$/m) };
    expect(await all.post.run()).toMatchObject(refused);
    expect(await all.post.run()).toMatchObject(refused);
  });

  it('to the one address of a secret names it, as lists want to be named', async () => {
    await using all = await begun('to: MAIL_TO', { MAIL_TO: 'updates@lists.acme.example' });
    all.post.commit({ [A]: incident([FIRST]) });
    await all.post.run();
    expect(all.server.arrived[0]?.mail.to).toMatchObject([{ address: 'updates@lists.acme.example' }]);
  });
});

describe('a mail server', () => {
  it('that is busy gets it with a further try', async () => {
    await using all = await begun(LIST);
    all.server.failures.push(451);
    all.post.commit({ [A]: incident([FIRST]) });
    expect(await all.post.run()).toMatchObject({ code: 0 });
    expect(all.server.arrived).toHaveLength(1);
    expect(all.post.pauses).toEqual([1_000]);
  });

  it.each([
    ['that refuses the message', { failure: 554 }, /SMTP_URL returned 554\./],
    [
      'that refuses the account',
      { secrets: (url: string) => url.replace('p%40ss', 's3cr3t') },
      /535 and rejects the sign-in/,
    ],
    [
      'that is not there',
      { secrets: () => 'smtp://candor:s3cr3t@127.0.0.1:9' },
      /does not respond correctly \(ECONNREFUSED\)/,
    ],
    ['that is no address of one', { secrets: () => 's3cr3t' }, /The secret SMTP_URL must contain a URL/],
    ['that refuses all addresses', { refuse: 'updates@lists.acme.example' }, /returned 550/],
  ] satisfies [string, { failure?: number; secrets?: (url: string) => string; refuse?: string }, RegExp][])(
    '%s is told by code alone',
    async (
      _,
      { failure, secrets, refuse }: { failure?: number; secrets?: (url: string) => string; refuse?: string },
      says,
    ) => {
      await using all = await begun(LIST);
      if (failure !== undefined) all.server.failures.push(failure);
      if (refuse !== undefined) all.server.refused.add(refuse);
      if (secrets) all.post.env['SMTP_URL'] = secrets(all.server.url);
      all.post.commit({ [A]: incident([FIRST]) });
      const { printed, summary, code } = await all.post.run();
      expect(code).toBe(1);
      expect(printed).toMatch(says);
      expect(printed + summary).not.toMatch(/s3cr3t|p@ss|ada@|127\.0\.0\.1|lists\.acme/);
      expect(all.server.arrived).toEqual([]);
    },
  );

  it('is asked with addresses only', async () => {
    await using all = await begun('to: MAIL_TO', { MAIL_TO: 'ada@acme.example, ada' });
    all.post.commit({ [A]: incident([FIRST]) });
    const { printed } = await all.post.run();
    expect(printed).toContain(
      'The secret MAIL_TO must contain email addresses, separated by commas or line breaks, but 1 of its 2 entries are not valid.',
    );
    expect(printed).not.toContain('ada@');
  });
});
