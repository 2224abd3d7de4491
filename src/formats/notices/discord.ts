import { STATUS_COLORS } from '../badge.ts';
import type { FeedContext } from '../context.ts';
import { DETAIL_LIMIT, escapeChatMarkdown, linkTarget, NO_WIDTH, withoutMentions } from './chat-text.ts';
import { fitText } from './fit.ts';
import type { Notice } from './notice.ts';
import type { NoticeParts } from './parts.ts';
import { bodyWithin, headlineWithin, partsOf } from './parts.ts';
import type { Markup } from './write.ts';

/** Discord's limits, in characters: https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const LIMITS = { title: 256, description: 4096, total: 6000 };
const GREY = '#6b7280';

/** The body for a webhook of Discord: https://discord.com/developers/docs/resources/webhook#execute-webhook */
export function discordBody(notice: Notice, context: FeedContext): object {
  const { words } = context;
  const parts = partsOf(notice, context);
  const title = headlineWithin(parts, words, LIMITS.title, escapeChatMarkdown);
  const fields = parts.details.map(({ label, value }) => ({
    name: escapeChatMarkdown(label),
    value: escapeChatMarkdown(fitText(value, DETAIL_LIMIT, escapeChatMarkdown)),
  }));
  const used = [title, parts.byline, ...fields.flatMap(({ name, value }) => [name, value])].join('').length;
  const limit = Math.min(LIMITS.description, LIMITS.total - used);
  const description = bodyWithin(parts, words, MARKDOWN, (text) => text.length <= limit);
  return {
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title,
        url: parts.url,
        ...(description && { description }),
        color: Number.parseInt(toneColor(parts).slice(1), 16),
        fields,
        footer: { text: parts.byline },
      },
    ],
  };
}

/** The colour of the status that a notice tells: `#a84300`. */
export function toneColor({ tone }: NoticeParts): string {
  return tone ? STATUS_COLORS[tone] : GREY;
}

const MARKDOWN: Markup = {
  text: escapeChatMarkdown,
  strong: (inner) => `**${inner}**`,
  emphasis: (inner) => `_${inner}_`,
  deleted: (inner) => `~~${inner}~~`,
  code: (value) => `\`${inCode(value)}\``,
  codeBlock: (value) => `\`\`\`\n${inCode(value)}\n\`\`\``,
  link(label, address) {
    const target = linkTarget(address);
    // Discord links no other schemes.
    if (!/^https?:/.test(address)) return escapeChatMarkdown(label);
    return label === address ? `<${target}>` : `[${escapeChatMarkdown(label)}](<${target}>)`;
  },
  quote: '> ',
  bullet: '- ',
  lineBreak: '\n',
};

/** Code has no escapes, so characters that would end it, and mentions, are replaced. */
function inCode(value: string): string {
  return withoutMentions(value.replaceAll('`', "'")).replace(/<(?=[@#])/g, `<${NO_WIDTH}`);
}
