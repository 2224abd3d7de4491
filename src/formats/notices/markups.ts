import { escapeMarkup } from '../xml.ts';
import { escapeChatMarkdown, linkTarget, NO_WIDTH, withoutNames } from './chat-text.ts';
import { slackMarkup } from './slack.ts';
import type { Markup } from './write.ts';

const inCode = (plain: string) => withoutNames(plain.replaceAll('`', "'"));

/** CommonMark, as Mattermost and Webex show it. Two spaces break a line in Webex too. */
export const MARKDOWN: Markup = {
  text: (plain) => withoutNames(escapeChatMarkdown(plain)),
  strong: (inner) => `**${inner}**`,
  emphasis: (inner) => `_${inner}_`,
  deleted: (inner) => `~~${inner}~~`,
  code: (plain) => `\`${inCode(plain)}\``,
  codeBlock: (plain) => `\`\`\`\n${inCode(plain)}\n\`\`\``,
  link: (label, address) => `[${withoutNames(escapeChatMarkdown(label))}](${linkTarget(address)})`,
  quote: '> ',
  bullet: '- ',
  lineBreak: '  \n',
};

/** It has no escapes, so zero-width spaces part marks from words: https://zulip.com/help/format-your-message-using-markdown */
export const ZULIP: Markup = {
  ...MARKDOWN,
  text: (plain) =>
    withoutNames(plain)
      .replace(/[*`~$|@#]|\](?=\()/g, `$&${NO_WIDTH}`)
      .replace(/^(\s*)(?=[>+-]|\d+[.)])/, `$1${NO_WIDTH}`),
  emphasis: (inner) => `*${inner}*`,
  link: (label, address) => `[${label.replace(/[[\]]/g, `$&${NO_WIDTH}`)}](${linkTarget(address)})`,
  lineBreak: '\n',
};

/** Slack's, without its entities: Google Chat and Rocket.Chat show those as they are. */
export const SLACK_LIKE = slackMarkup((text) => withoutNames(text).replace(/<(?=\S)/g, `<${NO_WIDTH}`));

/** The HTML that Telegram and Matrix have in common: https://core.telegram.org/bots/api#html-style */
export const HTML: Markup = {
  text: escapeMarkup,
  strong: (inner) => `<b>${inner}</b>`,
  emphasis: (inner) => `<i>${inner}</i>`,
  deleted: (inner) => `<del>${inner}</del>`,
  code: (plain) => `<code>${escapeMarkup(plain)}</code>`,
  codeBlock: (plain) => `<pre>${escapeMarkup(plain)}</pre>`,
  link: (label, address) => `<a href="${escapeMarkup(address)}">${escapeMarkup(label)}</a>`,
  quote: '&gt; ',
  bullet: '• ',
  lineBreak: '\n',
};
