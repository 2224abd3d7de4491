import { describe, expect, it } from 'vitest';
import {
  A,
  ChatStandIn,
  FIRST,
  incident,
  MailStandIn,
  Post,
  SECOND,
  SLACK,
} from '../../src/__tests__/support/notify.ts';

const A_DE = 'content/incidents/a.de.md';
const MAIL = 'smtp: SMTP_URL, from: status@acme.example, to: updates@lists.acme.example';

/** A page in English, German and Arabic with a channel in German beside one without a language. */
async function begun(...more: string[]) {
  const chat = await ChatStandIn.start();
  const mails = await MailStandIn.start();
  const channels = [SLACK, '{ type: webhook, locale: de, url: HOOK_URL }', '{ type: discord, locale: de, url: DISCORD_URL }', ...more]; // prettier-ignore
  const site =
    'name: Acme\nurl: https://status.acme.example/\nlocales: [en, de, ar]\n' +
    `warnings: { off: [promise-missing, stock-words, no-effect, silent-day] }\nchannels:\n${channels.map((line) => `  - ${line}\n`).join('')}`;
  const post = new Post([], { 'content/site.yml': site, [A]: incident([FIRST]) });
  post.env['STATUS_SECRETS'] =
    `SLACK_URL=${chat.url}\nDISCORD_URL=${chat.url}\nHOOK_URL=${chat.url}\nSMTP_URL=${mails.url}\n`;
  await post.run();
  return {
    chat,
    mails,
    post,
    async [Symbol.asyncDispose]() {
      await chat[Symbol.asyncDispose]();
      await mails[Symbol.asyncDispose]();
      await post[Symbol.asyncDispose]();
    },
  };
}

const german = (updates: readonly (readonly [heading: string, text: string])[]) =>
  incident(updates, '').replace('Some customers cannot pay', 'Einige Kunden können nicht bezahlen');

describe('a channel with a language', () => {
  it('gets the words, the translation and the addresses of that language, and others are as without it', async () => {
    await using all = await begun();
    all.post.commit({
      [A]: incident([FIRST, SECOND]),
      [A_DE]: german([FIRST, [SECOND[0], 'Eine Datenbank fiel aus.']]),
    });
    await all.post.run();
    const texts = all.chat.taken.map((body) => JSON.stringify(body));
    expect(texts).toHaveLength(3);
    const [discord = ''] = texts.filter((text) => text.includes('"embeds"'));
    expect(discord).toContain('Einige Kunden können nicht bezahlen – ');
    expect(discord).toContain('Eine Datenbank fiel aus.');
    expect(discord).toContain('Teilausfall');
    expect(discord).toContain('20. Nov. 2026');
    expect(discord).toContain('https://status.acme.example/de/incidents/a/#u-20261120T094800Z');
    expect(discord).not.toContain('A database failed');
    const [slack = ''] = texts.filter((text) => text.includes('"blocks"'));
    expect(slack).toContain('A database failed.');
    expect(slack).toContain('https://status.acme.example/incidents/a/#u-20261120T094800Z');
    const { length } = all.post.lines();
    await all.post.run();
    expect(all.post.lines()).toHaveLength(length);
  });

  it('posts with the ids that programs know, of the page, of components and of updates', async () => {
    await using all = await begun('{ type: webhook, name: hook-en, url: HOOK_URL }');
    all.post.commit({ [A]: incident([FIRST, SECOND]), [A_DE]: german([FIRST]) });
    await all.post.run();
    const hooks = all.chat.taken.filter((body) => Object.hasOwn(body as object, 'incident'));
    const idsOf = (body: unknown) =>
      JSON.stringify(body)
        .match(/"(?:id|page_id|incident_id|code|group_id)":"[^"]*"/g)
        ?.sort();
    expect(hooks).toHaveLength(2);
    expect(idsOf(hooks[0])).toEqual(idsOf(hooks[1]));
    expect(hooks.filter((body) => JSON.stringify(body).includes('Einige Kunden'))).toHaveLength(1);
  });

  it('gets what is not translated at once, and not again when it is', async () => {
    await using all = await begun();
    all.post.commit({ [A]: incident([FIRST, SECOND]) });
    await all.post.run();
    expect(all.chat.words('A database failed.')).toEqual(Array<string>(3).fill('A database failed.'));
    const { length } = all.post.lines();
    all.post.commit({ [A_DE]: german([FIRST, [SECOND[0], 'Eine Datenbank fiel aus.']]) });
    const { printed } = await all.post.run();
    expect(printed).toBe('There is nothing new to send.\n');
    expect(all.chat.taken).toHaveLength(3);
    expect(all.post.lines()).toHaveLength(length);
  });

  it('gets nothing again when its language changes', async () => {
    await using all = await begun();
    all.post.commit({ [A]: incident([FIRST, SECOND]) });
    await all.post.run();
    const site = all.post.git('show', 'HEAD:content/site.yml');
    all.post.commit({ 'content/site.yml': site.replaceAll('locale: de', 'locale: ar') });
    await all.post.run();
    expect(all.chat.taken).toHaveLength(3);
  });

  it('is shown in its language before anything is sent', async () => {
    await using all = await begun();
    all.post.commit({ [A]: incident([FIRST, SECOND]), [A_DE]: german([]) });
    const { printed } = await all.post.run('12:00', ['--dry-run']);
    expect(printed).toContain(
      'discord (de): incidents/a/u-20261120T094800Z\n  | Einige Kunden können nicht bezahlen –',
    );
    expect(printed).toContain('slack: incidents/a/u-20261120T094800Z\n  | Some customers cannot pay — Identified');
    const site = all.post.git('show', 'HEAD:content/site.yml');
    all.post.commit({ 'content/site.yml': site.replaceAll('locale: de', 'locale: ar') });
    expect((await all.post.run('12:00', ['--dry-run'])).printed).toContain('  | Acme · انقطاع جزئي · ');
    all.post.commit({ 'content/site.yml': site });
    const { printed: json } = await all.post.run('12:00', ['--dry-run', '--json']);
    const { channels } = JSON.parse(json) as { channels: { name: string; locale?: string }[] };
    expect(channels.map(({ name, locale }) => [name, locale])).toEqual([
      ['slack', undefined],
      ['webhook', 'de'],
      ['discord', 'de'],
    ]);
  });
});

describe('a mail in another language', () => {
  it('marks what is in the first one, and belongs to the same conversation', async () => {
    await using all = await begun(
      `{ type: email, locale: ar, unsubscribe: "https://acme.example/leave", ${MAIL} }`,
      `{ type: email, name: mail-en, ${MAIL} }`,
    );
    const front = 'areas: [Card payments]\ncomponents:\n  checkout: partial_outage\n';
    all.post.commit({ [A]: incident([FIRST, SECOND], front) });
    await all.post.run();
    const [arabic] = all.mails.arrived.filter(({ raw }) => raw.includes('email.status.acme.example'));
    const [english] = all.mails.arrived.filter(({ raw }) => raw.includes('mail-en.status.acme.example'));
    expect(arabic?.mail.html).toContain('<html lang="ar" dir="rtl">');
    expect(arabic?.mail.html).toContain('<span lang="en" dir="auto">Some customers cannot pay</span>');
    expect(arabic?.mail.html).toContain('<span lang="en" dir="auto">Card payments</span>');
    expect(arabic?.mail.html).toMatch(/<div lang="en" dir="auto"><p>A database failed\.<\/p><\/div>/);
    expect(arabic?.mail.text).toContain('إلغاء الاشتراك');
    // The name of the page is in Latin letters, and does not turn the line around.
    expect(arabic?.mail.html).toContain('<p style="margin:0 0 8px;font-size:14px">\u2068Acme\u2069 · انقطاع جزئي');
    expect(english?.mail.html).not.toMatch(/<(span|div) lang/);
    expect(arabic?.mail.messageId).toBe(english?.mail.messageId);
    expect(arabic?.mail.inReplyTo).toBe(english?.mail.inReplyTo);
  });

  it('marks nothing that is translated', async () => {
    await using all = await begun(`{ type: email, locale: de, ${MAIL} }`);
    all.post.commit({
      [A]: incident([FIRST, SECOND]),
      [A_DE]: german([[SECOND[0], 'Eine Datenbank fiel aus.']]),
    });
    await all.post.run();
    const [mail] = all.mails.arrived;
    expect(mail?.mail.subject).toMatch(/^\[Acme\] Einige Kunden können nicht bezahlen – /);
    expect(mail?.mail.html).toContain('<html lang="de" dir="ltr">');
    expect(mail?.mail.html).toContain('Eine Datenbank fiel aus.');
    // The name of the component is not.
    const marked = [...(mail?.mail.html ?? '').matchAll(/<(?:span|div) lang="en"[^>]*>([^<]*)/g)];
    expect(marked.map(([, text]) => text)).toEqual(['Checkout']);
  });
});
