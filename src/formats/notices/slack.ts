import type { FeedContext } from '../context.ts';
import { escapeMarkup } from '../xml.ts';
import { DETAIL_LIMIT, linkTarget, NO_WIDTH, withoutMentions } from './chat-text.ts';
import { fitText } from './fit.ts';
import type { Notice } from './notice.ts';
import { bodyWithin, headlineWithin, partsOf } from './parts.ts';
import { messageText } from './text.ts';
import type { Markup } from './write.ts';

/** Slack's limits, in characters: https://docs.slack.dev/reference/block-kit/blocks */
const LIMITS = { text: 40_000, header: 150, section: 3000 };

/** The body for an incoming webhook of Slack: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export function slackBody(notice: Notice, context: FeedContext): object {
  const { words } = context;
  const parts = partsOf(notice, context);
  const body = bodyWithin(parts, words, MRKDWN, (text) => text.length <= LIMITS.section);
  const fields = parts.details.map(({ label, value }) =>
    mrkdwn(`*${escape(label)}*\n${MRKDWN.text(fitText(value, DETAIL_LIMIT, MRKDWN.text))}`),
  );
  return {
    // For screen readers, notifications, and other chats that accept Slack's format.
    text: messageText(parts, words, { width: Infinity, limit: LIMITS.text, detail: DETAIL_LIMIT, write: escape }),
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: plain(headlineWithin(parts, words, LIMITS.header, escape)) },
      { type: 'context', elements: [plain(escape(parts.byline))] },
      ...(body ? [{ type: 'section', text: mrkdwn(body) }] : []),
      ...(fields.length > 0 ? [{ type: 'section', fields }] : []),
      {
        type: 'actions',
        elements: [{ type: 'button', text: plain(words.say('message.link')), url: parts.url }],
      },
    ],
  };
}

/**
 * Slack's markup, which other chats have taken over: https://docs.slack.dev/messaging/formatting-message-text. It has no
 * escapes, but a mark before a space, even a zero-width one, has no effect.
 * @param escape neutralises everything but marks
 */
export const slackMarkup = (escape: (text: string) => string): Markup => ({
  text: (value) =>
    escape(value)
      .replace(/(?<![\p{L}\p{N}])[*_~]|[*_~](?![\p{L}\p{N}])|`/gu, `$&${NO_WIDTH}`)
      .replace(/^(\s*)(?=&gt;|>)/, `$1${NO_WIDTH}`),
  strong: (inner) => `*${inner}*`,
  emphasis: (inner) => `_${inner}_`,
  deleted: (inner) => `~${inner}~`,
  code: (value) => `\`${escape(value.replaceAll('`', "'"))}\``,
  codeBlock: (value) => `\`\`\`\n${escape(value.replaceAll('`', "'"))}\n\`\`\``,
  link(label, address) {
    const target = escape(linkTarget(address));
    return label === address ? `<${target}>` : `<${target}|${escape(label)}>`;
  },
  quote: '> ',
  bullet: '• ',
  lineBreak: '\n',
});

const MRKDWN = slackMarkup(escape);

function escape(text: string): string {
  return withoutMentions(text).replace(/[&<>]/g, escapeMarkup);
}

/** `verbatim`: texts like addresses, channels or names stay text. */
function mrkdwn(text: string): object {
  return { type: 'mrkdwn', text, verbatim: true };
}

function plain(text: string): object {
  return { type: 'plain_text', text, emoji: false };
}
