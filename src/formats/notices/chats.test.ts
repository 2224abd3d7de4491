import { describe, expect, test } from 'vitest';
import { discordBody } from './discord.ts';
import { slackBody } from './slack.ts';
import { teamsBody } from './teams.ts';
import { noticeIn } from '../../__tests__/support/notices.ts';

/** The text of an update in each chat. */
function told(text: string): Record<'slack' | 'discord' | 'teams', string | undefined> {
  const file = `---\ntitle: A\ncomponents:\n  checkout: partial_outage\n---\n\n## Identified · 2026-11-20 09:20 UTC\n\n${text}\n`;
  const [notice, context] = noticeIn({ 'incidents/a.md': file }, 'Z');
  return {
    slack: slackText(slackBody(notice, context)),
    discord: (discordBody(notice, context) as { embeds: [{ description?: string }] }).embeds[0].description,
    teams: cardOf(teamsBody(notice, context)).body.find(({ type }) => type === 'TextBlock')?.text,
  };
}

interface Section {
  type: string;
  text?: { text: string };
}

function slackText(body: object): string | undefined {
  return (body as { blocks: Section[] }).blocks.find(({ type, text }) => type === 'section' && text)?.text?.text;
}

interface Card {
  body: { type: string; style?: string; text?: string; facts?: { title: string; value: string }[] }[];
  actions: { type: string; url: string }[];
}

function cardOf(body: object): Card {
  return (body as { attachments: [{ content: Card }] }).attachments[0].content;
}

const ZW = '\u200b';

describe('a text in chats', () => {
  test.each([
    ['marks', '**a** *b* ~~c~~ `d`', '*a* _b_ ~c~ `d`', '**a** _b_ ~~c~~ `d`', '**a** _b_ c d'],
    ['a link', '[a](https://b.example/?c=1&d=2)', '<https://b.example/?c=1&amp;d=2|a>', '[a](<https://b.example/?c=1&d=2>)', '[a](https://b.example/?c=1&d=2)'],
    ['an address', '<https://b.example/c>', '<https://b.example/c>', '<https://b.example/c>', '[https://b.example/c](https://b.example/c)'],
    ['a link below the page', '[a](/help/)', '<https://status.acme.example/help/|a>', '[a](<https://status.acme.example/help/>)', '[a](https://status.acme.example/help/)'],
    ['a mail address', 'a@b.example', '<mailto:a@b.example|a@b.example>', 'a@b.example', '[a@b.example](mailto:a@b.example)'],
    ['a list', '- a\n- b\n  1. c', '• a\n• b\n  1. c', '- a\n- b\n  1. c', '- a\n- b\n  1. c'],
    ['a task list', '- [x] a\n- [ ] b', '• ☑ a\n• ☐ b', '- ☑ a\n- ☐ b', '- ☑ a\n- ☐ b'],
    ['a heading', '### a **b**', '*a b*', '**a b**', '**a b**'],
    ['a quote', '> a\n>\n> b', '> a\n> \n> b', '> a\n> \n> b', 'a\n\nb'],
    ['program code', '```\na < b\n```', '```\na &lt; b\n```', '```\na < b\n```', 'a \\< b'],
    ['a table', '| a | b |\n| - | - |\n| c | d |', 'a · b\nc · d', 'a · b\nc · d', 'a · b\n\nc · d'],
    ['HTML', 'a <b>b</b><script>c</script>', 'a *b*', 'a **b**', 'a **b**'],
    ['a line end', 'a\nb', 'a b', 'a b', 'a b'],
    ['marks that are text', '\\*a\\* a_b \\`c\\`', `*${ZW}a*${ZW} a_b \`${ZW}c\`${ZW}`, '\\*a\\* a_b \\`c\\`', '\\*a\\* a_b \\`c\\`'],
    ['beginnings that are text', '\\> a\n\n\\# b\n\n1\\. c', `${ZW}&gt; a\n\n# b\n\n1. c`, '\\> a\n\n\\# b\n\n1\\. c', '\\> a\n\n\\# b\n\n1\\. c'],
    ['a call to everybody', '@channel', `@${ZW}channel`, `@${ZW}channel`, `@${ZW}channel`],
  ])('%s', (_, text, slack, discord, teams) => {
    expect(told(text)).toEqual({ slack, discord, teams });
  }); // prettier-ignore

  test('that is too long is cut at a word, with marks whole and a link to the rest', () => {
    const { slack = '', discord = '', teams = '' } = told(`**${'word '.repeat(3500)}end**`);
    const url = 'https://status.acme.example/incidents/a/#u-20261120T092000Z';
    expect(slack).toMatch(/^\*(word )+word…\*\n\n<[^|]+\|Read the full update on the status page>$/);
    expect(slack).toContain(`<${url}|`);
    expect(discord).toMatch(/^\*\*(word )+word…\*\*\n\n\[Read the full update on the status page\]\(<[^>]+>\)$/);
    expect(teams).toMatch(/^\*\*(word )+word…\*\*\n\n\[Read the full update on the status page\]\([^)]+\)$/);
    expect([slack.length, discord.length].map((length) => Math.ceil(length / 10) * 10)).toEqual([3000, 4100]);
  });
});

const INCIDENT = `---
title: Some customers cannot pay
components:
  checkout: partial_outage
reference: A_B & C
---

## Investigating · 2026-11-20 09:20 UTC

We are looking for the cause.

## Resolved · 2026-11-20 11:02 UTC

Payments work again.
`;

const investigating = noticeIn({ 'incidents/a.md': INCIDENT }, 'T092000Z');
const resolved = noticeIn({ 'incidents/a.md': INCIDENT }, 'T110200Z');
const URL_OF_UPDATE = 'https://status.acme.example/incidents/a/#u-20261120T092000Z';

describe('the body for Slack', () => {
  test('has the headline, whose it is, the text, the details and a button', () => {
    expect((slackBody(...investigating) as { blocks: unknown }).blocks).toEqual([
      { type: 'header', text: plain('Some customers cannot pay — Investigating') },
      { type: 'context', elements: [plain('Acme · Partial outage · 20 Nov 2026, 09:20 UTC')] },
      { type: 'section', text: mrkdwn('We are looking for the cause.') },
      {
        type: 'section',
        fields: [
          mrkdwn('*Components*\nCheckout: Partial outage'),
          mrkdwn('*Started*\n20 Nov 2026, 09:20 UTC'),
          mrkdwn('*Reference*\nA_B &amp; C'),
        ],
      },
      {
        type: 'actions',
        elements: [{ type: 'button', text: plain('View on the status page'), url: URL_OF_UPDATE }],
      },
    ]);
  });

  test('has all of it as text for who reads no blocks', () => {
    expect(slackBody(...investigating)).toMatchObject({
      mrkdwn: false,
      text: `Some customers cannot pay — Investigating
Acme · Partial outage · 20 Nov 2026, 09:20 UTC

We are looking for the cause.

Components: Checkout: Partial outage
Started: 20 Nov 2026, 09:20 UTC
Reference: A_B &amp; C

View on the status page:
${URL_OF_UPDATE}`,
    });
  });

  test('keeps the status where the title is too long', () => {
    const long = INCIDENT.replace('Some customers cannot pay', `${'Some & '.repeat(40)}customers`);
    const { blocks } = slackBody(...noticeIn({ 'incidents/a.md': long }, 'T092000Z')) as { blocks: Section[] };
    const header = blocks[0]?.text?.text ?? '';
    expect(header).toMatch(/^(Some &amp; )+Some &amp;… — Investigating$|^(Some &amp; )+Some… — Investigating$/);
    expect(header.length).toBeLessThanOrEqual(150);
  });
});

describe('the body for Discord', () => {
  test('is an embed in the colour of the status that mentions nobody', () => {
    expect(discordBody(...investigating)).toEqual({
      allowed_mentions: { parse: [] },
      embeds: [
        {
          title: 'Some customers cannot pay — Investigating',
          url: URL_OF_UPDATE,
          description: 'We are looking for the cause.',
          color: 0xa84300,
          fields: [
            { name: 'Components', value: 'Checkout: Partial outage' },
            { name: 'Started', value: '20 Nov 2026, 09:20 UTC' },
            { name: 'Reference', value: 'A_B & C' },
          ],
          footer: { text: 'Acme · Partial outage · 20 Nov 2026, 09:20 UTC' },
        },
      ],
    });
  });

  test('is green once all is well', () => {
    expect(discordBody(...resolved)).toMatchObject({ embeds: [{ color: 0x17703f }] });
  });
});

describe('the body for Teams', () => {
  test('is an Adaptive Card in a message', () => {
    const body = teamsBody(...investigating);
    expect(body).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: { type: 'AdaptiveCard', version: '1.4' },
        },
      ],
    });
    const { body: blocks, actions } = cardOf(body);
    expect(blocks[0]).toMatchObject({
      style: 'attention',
      items: [
        { text: 'Some customers cannot pay — Investigating' },
        { text: 'Acme · Partial outage · 20 Nov 2026, 09:20 UTC' },
      ],
    });
    expect(blocks[1]?.text).toBe('We are looking for the cause.');
    expect(blocks[2]?.facts?.[0]).toEqual({ title: 'Components', value: 'Checkout: Partial outage' });
    expect(actions).toMatchObject([{ type: 'Action.OpenUrl', url: URL_OF_UPDATE }]);
  });

  test('is green once all is well', () => {
    expect(cardOf(teamsBody(...resolved)).body[0]).toMatchObject({ style: 'good' });
  });
});

function plain(text: string): object {
  return { type: 'plain_text', text, emoji: false };
}

function mrkdwn(text: string): object {
  return { type: 'mrkdwn', text, verbatim: true };
}
