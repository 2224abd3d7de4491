import type { ComponentStatus } from '../../core/vocabulary.ts';
import type { FeedContext } from '../context.ts';
import { DETAIL_LIMIT, escapeChatMarkdown, linkTarget } from './chat-text.ts';
import { fitText } from './fit.ts';
import type { Notice } from './notice.ts';
import { bodyWithin, headlineWithin, partsOf } from './parts.ts';
import type { Markup } from './write.ts';

/**
 * The limit of Teams is about 28 KB. It counts two bytes for most characters, and what it adds itself:
 * https://learn.microsoft.com/microsoftteams/limits-specifications-teams
 */
const LIMIT = 26_000;
const TITLE = 300;

/** The style of a card. Every client has its own colours for these names. */
const STYLES: Readonly<Record<ComponentStatus, string>> = {
  operational: 'good',
  under_maintenance: 'accent',
  degraded_performance: 'warning',
  partial_outage: 'attention',
  major_outage: 'attention',
};

/**
 * The body for a Teams workflow that posts what a webhook gets:
 * https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
 */
export function teamsBody(notice: Notice, context: FeedContext): object {
  const { words } = context;
  const parts = partsOf(notice, context);
  const title = headlineWithin(parts, words, TITLE, escapeChatMarkdown);
  const facts = parts.details.map(({ label, value }) => ({
    title: escapeChatMarkdown(label),
    value: escapeChatMarkdown(fitText(value, DETAIL_LIMIT, escapeChatMarkdown)),
  }));
  const message = (body: string) =>
    inMessage({
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      lang: words.locale,
      msteams: { width: 'Full' },
      body: [
        {
          type: 'Container',
          style: parts.tone ? STYLES[parts.tone] : 'emphasis',
          bleed: true,
          items: [
            textBlock(title, { size: 'Large', weight: 'Bolder', style: 'heading' }),
            textBlock(escapeChatMarkdown(parts.byline), { size: 'Small', spacing: 'Small' }),
          ],
        },
        ...(body ? [textBlock(body)] : []),
        ...(facts.length > 0 ? [{ type: 'FactSet', facts }] : []),
      ],
      actions: [{ type: 'Action.OpenUrl', title: words.say('message.link'), url: parts.url }],
    });
  return message(bodyWithin(parts, words, MARKDOWN, (body) => bytesOf(message(body)) <= LIMIT));
}

function inMessage(content: object): object {
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

function textBlock(text: string, look: object = {}): object {
  return { type: 'TextBlock', text, wrap: true, ...look };
}

/** The size in UTF-8 or UTF-16, whichever is larger. */
function bytesOf(message: object): number {
  const json = JSON.stringify(message);
  return Math.max(2 * json.length, Buffer.byteLength(json));
}

/** The part of Markdown that cards support: https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features */
const MARKDOWN: Markup = {
  text: escapeChatMarkdown,
  strong: (inner) => `**${inner}**`,
  emphasis: (inner) => `_${inner}_`,
  deleted: (inner) => inner,
  code: escapeChatMarkdown,
  codeBlock: (value) => value.split('\n').map(escapeChatMarkdown).join('\n\n'),
  link: (label, address) => `[${escapeChatMarkdown(label)}](${linkTarget(address)})`,
  quote: '',
  bullet: '- ',
  lineBreak: '\n\n',
};
