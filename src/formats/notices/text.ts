import type { Root } from 'mdast';
import type { Words } from '../../i18n/words.ts';
import type { FeedContext } from '../context.ts';
import { DETAIL_LIMIT } from './chat-text.ts';
import { fitText, fitTree, wrap } from './fit.ts';
import type { Notice } from './notice.ts';
import type { NoticeParts } from './parts.ts';
import { bodyWithin, headlineWithin, partsOf } from './parts.ts';
import type { Markup } from './write.ts';
import { writeBody } from './write.ts';

/** Columns that fit in email programs and terminals. */
const WIDTH = 72;
/** The most characters of a title in a chat. */
const CHAT_TITLE = 300;

/** A notice as plain text. */
export function noticeText(notice: Notice, context: FeedContext): string {
  return messageText(partsOf(notice, context), context.words);
}

/** How a text is laid out. */
interface Layout {
  /** Columns. Infinity for no line breaks. */
  width?: number;
  /** The limit of the whole text, in UTF-16 units. */
  limit?: number;
  /** The limit of each detail's value, in UTF-16 units. */
  detail?: number;
  /** Converts each part. */
  write?: (text: string) => string;
}

export function messageText(parts: NoticeParts, words: Words, layout: Layout = {}): string {
  const { width = WIDTH, limit = Infinity, detail = Infinity, write = (text) => text } = layout;
  const lay = (text: string) => write(wrap(text, width));
  const head = `${lay(headlineWithin(parts, words, 500, (text) => text))}\n${lay(parts.byline)}`;
  const details = parts.details
    .map(({ label, value }) => lay(words.say('feed.fact', { label, value: fitText(value, detail) })))
    .join('\n');
  const foot = labelledAddress(words.say('message.link'), parts.url, words);
  const whole = (body: string) => [head, lay(body), details, foot].filter(Boolean).join('\n\n');
  return whole(bodyWithin(parts, words, PLAIN, (body) => whole(body).length <= limit));
}

/**
 * A notice as one text in the markup of a chat: title, whose it is, text, details and a link.
 * @param start before the title
 * @param fits whether a service takes the whole text
 */
export function chatText(
  parts: NoticeParts,
  words: Words,
  markup: Markup,
  start: string,
  fits: (text: string) => boolean,
): string {
  const title = markup.strong(headlineWithin(parts, words, CHAT_TITLE, markup.text));
  const details = parts.details.map(({ label, value }) =>
    words.say('feed.fact', {
      label: markup.strong(markup.text(label)),
      value: markup.text(fitText(value, DETAIL_LIMIT, markup.text)),
    }),
  );
  const head = `${start}${title}${markup.lineBreak}${markup.text(parts.byline)}`;
  const foot = [details.join(markup.lineBreak), markup.link(words.say('message.link'), parts.url)];
  const whole = (body: string) => [head, body, ...foot].filter(Boolean).join('\n\n');
  return whole(bodyWithin(parts, words, markup, (body) => fits(whole(body))));
}

/**
 * The few words of a post or a text message: what of the text fits, the next update, and what stands around them.
 * @param fits whether a service takes the whole text
 */
export function shortText(
  parts: NoticeParts,
  words: Words,
  head: string,
  foot: string,
  fits: (text: string) => boolean,
): string {
  const next = parts.details.find(({ label }) => label === words.say('fact.next_update'));
  const promise = next ? words.say('feed.fact', { label: next.label, value: next.value }) : '';
  const whole = (body: Root) => [head, writeBody(body, PLAIN), promise, foot].filter(Boolean).join('\n\n');
  return whole(fitTree(parts.body, (body) => fits(whole(body))));
}

/** An address on the line below its label. */
export function labelledAddress(label: string, address: string, words: Words): string {
  return `${words.say('feed.fact', { label, value: '' }).trimEnd()}\n${address}`;
}

/** Text without any markup. */
export const PLAIN: Markup = {
  text: (value) => value,
  strong: (inner) => inner,
  emphasis: (inner) => inner,
  deleted: (inner) => inner,
  code: (value) => value,
  codeBlock: (value) => value.replace(/^/gm, '    '),
  link: (label, address) => (label === address.replace(/^(mailto|tel):/, '') ? label : `${label} <${address}>`),
  quote: '> ',
  bullet: '- ',
  lineBreak: '\n',
};
