import { foreignLang, rootUrl } from '../../core/locales.ts';
import type { Direction, Words } from '../../i18n/words.ts';
import { directionOf } from '../../i18n/words.ts';
import type { Element, ElementContent, Root } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import type { FeedContext } from '../context.ts';
import { markedHtml, markedParts, markedText } from '../marked.ts';
import { escapeMarkup, xmlText } from '../xml.ts';
import { oneLine } from './chat-text.ts';
import type { Notice } from './notice.ts';
import type { NoticeParts } from './parts.ts';
import { headlineWithin, partsOf } from './parts.ts';
import { labelledAddress, messageText } from './text.ts';
import { bodyTree } from '../../reader/markdown/html.ts';
import { eventAddress } from '../../core/events.ts';
import { isClockUpdate } from '../../i18n/facts.ts';

const writer = unified()
  .use(rehypeStringify, { characterReferences: { useNamedReferences: true } })
  .freeze();

/** Styles that emails need to be readable. Not all email programs support logical properties. */
const STYLES: Readonly<Record<Direction, Readonly<Record<string, string>>>> = {
  ltr: {
    pre: 'white-space:pre-wrap',
    td: 'padding:4px 12px 4px 0',
    th: 'padding:4px 12px 4px 0;text-align:left',
  },
  rtl: {
    pre: 'white-space:pre-wrap',
    td: 'padding:4px 0 4px 12px',
    th: 'padding:4px 0 4px 12px;text-align:right',
  },
};

/** The text as in feeds, sanitized and with absolute addresses, but with links instead of pictures: nothing is loaded. */
function emailHtml({ event, message }: Notice, context: FeedContext): string {
  const { site } = context.ledger.content;
  const page = eventAddress(site.url, event);
  const texts = message.bodies().map(({ body, idPrefix, lang: written }) => {
    const tree = bodyTree(body, { idPrefix, headingLevel: 1, root: rootUrl(site).href, page });
    const lang = foreignLang(site, { lang: written });
    const styles = STYLES[lang === undefined ? context.words.direction : directionOf(lang)];
    const html = writer.stringify({ ...tree, children: tree.children.map((child) => adapted(child, styles)) } as Root);
    return markedHtml(html, lang);
  });
  const spoken = isClockUpdate(message, context.words);
  return xmlText([...texts, spoken && `<p>${escapeMarkup(spoken)}</p>`].filter(Boolean).join('\n')).trim();
}

function adapted<T extends Root['children'][number]>(
  node: T,
  styles: Readonly<Record<string, string>>,
  linked = false,
): T | ElementContent {
  if (node.type !== 'element') return node;
  const { className: _, ...properties } = node.properties;
  if (node.tagName === 'img') return pictureLink(properties, linked);
  const style = styles[node.tagName];
  const children = node.children.map(
    (child) => adapted(child, styles, linked || node.tagName === 'a') as ElementContent,
  );
  return { ...node, properties: { ...properties, ...(style && { style }) }, children };
}

function pictureLink({ src, alt }: Element['properties'], linked: boolean): ElementContent {
  const name: ElementContent = { type: 'text', value: String(alt ?? '') };
  if (linked || name.value === '') return name;
  return { type: 'element', tagName: 'a', properties: { href: src }, children: [name] };
}

/** A notice as an email. */
interface Email {
  /** One line: `[Acme] Some customers cannot pay — Identified`. */
  subject: string;
  /** At most 72 columns wide, except long words. */
  text: string;
  /** A document that loads nothing. */
  html: string;
}

/** The most characters of a subject. */
const SUBJECT = 200;

/** @param leave the address to unsubscribe; shown if it is a web page */
export function emailOf(notice: Notice, context: FeedContext, leave?: string): Email {
  const { words } = context;
  const parts = partsOf(notice, context);
  const subject = headlineWithin(parts, words, SUBJECT, (headline) =>
    words.say('message.subject', { site: parts.site, headline }),
  );
  const page = leave?.startsWith('https:') ? new URL(leave).href : undefined;
  return {
    subject: oneLine(subject),
    text: `${messageText(parts, words)}\n${page ? `\n${labelledAddress(words.say('message.leave'), page, words)}\n` : ''}`,
    html: htmlOf(parts, oneLine(subject), emailHtml(notice, context), context, page),
  };
}

/**
 * Email programs support few styles and no style sheets, so styles are inline. No colours are set, so that each program
 * can use its own light or dark ones.
 */
function htmlOf(parts: NoticeParts, subject: string, body: string, context: FeedContext, leave?: string): string {
  const { words } = context;
  return `${[
    '<!DOCTYPE html>',
    `<html lang="${words.locale}" dir="${words.direction}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeMarkup(subject)}</title>`,
    '</head>',
    '<body style="margin:0;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,\'Segoe UI\',sans-serif;overflow-wrap:anywhere">',
    '<main style="max-width:600px;margin:0 auto">',
    mainHtml(parts, body, context),
    ...(leave
      ? [
          `<p style="margin:24px 0 0;font-size:14px"><a href="${escapeMarkup(leave)}">${escapeMarkup(words.say('message.leave'))}</a></p>`,
        ]
      : []),
    '</main>',
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}

/** What services put into a document of their own. */
export function emailFragment(notice: Notice, context: FeedContext): string {
  const { direction, locale } = context.words;
  const main = mainHtml(partsOf(notice, context), emailHtml(notice, context), context);
  return `<div lang="${locale}" dir="${direction}">\n${main}\n</div>`;
}

function mainHtml(parts: NoticeParts, body: string, context: FeedContext): string {
  const { words } = context;
  const details = parts.details.map(({ label, parts: mixed }) => {
    const bold = `<strong>${escapeMarkup(label)}</strong>`;
    const value = `<bdi>${markedParts(mixed, context)}</bdi>`;
    return `<li style="margin:0 0 4px">${words.say('feed.fact', { label: bold, value })}</li>`;
  });
  return [
    `<p style="margin:0 0 8px;font-size:14px">${escapeMarkup(parts.byline)}</p>`,
    `<h1 dir="auto" style="margin:0 0 16px;font-size:22px;line-height:1.3">${headlineHtml(parts, words)}</h1>`,
    `<div dir="auto">${body}</div>`,
    ...(details.length > 0 ? [`<ul style="margin:24px 0;padding:0;list-style:none">`, ...details, '</ul>'] : []),
    `<p style="margin:24px 0 0"><a href="${escapeMarkup(parts.url)}">${escapeMarkup(words.say('message.link'))}</a></p>`,
  ].join('\n');
}

function headlineHtml({ title, titleLang, status }: NoticeParts, words: Words): string {
  return words.say('feed.entry_title', { title: markedText(title, titleLang), status: escapeMarkup(status) });
}
