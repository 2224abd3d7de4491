import type { Words } from '../../i18n/words.ts';
import type { FeedContext } from '../context.ts';
import { fitText, wrap } from './fit.ts';
import type { Notice } from './notice.ts';
import type { NoticeParts } from './parts.ts';
import { bodyWithin, headlineWithin, partsOf } from './parts.ts';
import type { Markup } from './write.ts';

/** Columns that fit in email programs and terminals. */
const WIDTH = 72;

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

/** An address on the line below its label. */
export function labelledAddress(label: string, address: string, words: Words): string {
  return `${words.say('feed.fact', { label, value: '' }).trimEnd()}\n${address}`;
}

const PLAIN: Markup = {
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
