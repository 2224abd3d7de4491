import type { Nodes, PhrasingContent, Root, Text } from 'mdast';
import rehypeRemark from 'rehype-remark';
import type { Options } from 'remark-stringify';
import { unified } from 'unified';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import type { Body } from '../core/model.ts';
import { bodyTree } from '../reader/markdown/html.ts';

const PLACE = { inConstruct: 'phrasing' as const, notInConstruct: ['autolink' as const, 'link' as const, 'image' as const, 'label' as const] }; // prettier-ignore

/**
 * What GFM links automatically, in any case, and `ftp`, which GitHub adds. Such a link would include the backslash
 * before a `<` after it, so HTML would begin there. https://github.github.com/gfm/#autolinks-extension-
 */
export const AUTOLINKS: NonNullable<Options['unsafe']> = [
  { character: ':', before: '[PSps]', after: '\\/', ...PLACE },
  { character: '.', before: '[Ww]{3}', after: String.raw`\S`, ...PLACE },
];

/** Writes a tree as Markdown so that text is never read as markup. */
export function markdownWriter(options: Options = {}) {
  return unified()
    .use(remarkGfm)
    .use(remarkStringify, { bullet: '-', rule: '-', emphasis: '_', unsafe: AUTOLINKS, ...options })
    .freeze();
}

/** The place of a text. */
export interface BodyPlace {
  /** Before every id in it. */
  idPrefix: string;
  /** Address of the site's root, with a slash at the end. */
  root: string;
  /** Address of the page it stands on. */
  page: string;
}

const fromHtml = unified().use(rehypeRemark).freeze();

/** Text without markup characters. Most texts are, and looking for markup would take most of the time. */
const HARMLESS = /^[\p{L} ](?:[\p{L}\p{N} ,;’'"“”–—()/%?-]|(?<![Ww])\.|:(?= ))*$/u;
const LINE_END = /[\r\n]/;

const text: NonNullable<NonNullable<Options['handlers']>['text']> = (node: Text, parent, state, info) => {
  const { value } = node;
  const isAtEdge =
    (value.startsWith(' ') && LINE_END.test(info.before)) || (value.endsWith(' ') && LINE_END.test(info.after));
  if (HARMLESS.test(value) && !isAtEdge) return value;
  const index = state.indexStack.at(-1) ?? 0;
  const siblings = parent?.children ?? [];
  return state.safe(value, { ...info, beforeNode: siblings[index - 1], afterNode: siblings[index + 1] });
};

const writer = markdownWriter({ incrementListMarker: true, handlers: { text } });

/** Below a heading of the second level. */
const HEADING_LEVEL = 2;

/** An update's text as Markdown without HTML and relative addresses. */
export function bodyMarkdown(body: Body, place: BodyPlace): string {
  return writer.stringify(plainMarkdown(body, place)).trim();
}

/** The tree of that Markdown. */
export function plainMarkdown(body: Body, place: BodyPlace): Root {
  return isPlain(body) ? body : byWayOfHtml(body, place);
}

/** Escapes one line of text for anywhere in a line of Markdown. */
export function escapeMarkdown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (/^[\p{L}\p{N}][\p{L}\p{N} ,.:;'’"–—-]*$/u.test(line) && !/www\./i.test(line)) return line;
  return inlineMarkdown([{ type: 'text', value: line }]);
}

/** Whether a text is the same as Markdown, at the start of a line too. */
function isPlainLine(line: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N} ,.:;'’"“”–—-]*$/u.test(line) && !/www\./i.test(line);
}

/** A link for anywhere in a line of Markdown. */
export function linkMarkdown(text: string, url: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (isPlainLine(line) && /^https:\/\/[\w./#%-]+$/.test(url)) return `[${line}](${url})`;
  return inlineMarkdown([{ type: 'link', url, children: [{ type: 'text', value: line }] }]);
}

/** A line of text and links for anywhere in a line of Markdown. Its texts have no line ends. */
export function inlineMarkdown(children: PhrasingContent[]): string {
  return writer
    .stringify({ type: 'root', children: [{ type: 'paragraph', children }] })
    .trim()
    .replace(CLOSING, '$1\\$2');
}

/** Markdown for a table cell, where a pipe would begin another cell. */
export function escapeBars(markdown: string): string {
  return markdown.replace(/(?<!\\)\|/g, '\\|');
}

/** Hashes at the end of a heading are dropped: https://spec.commonmark.org/0.31.2/#atx-headings */
const CLOSING = /(\s)(#+)$/;

/** Whether a tree needs no conversion. Most don't, and converting to HTML and back takes three times as long. */
function isPlain(node: Nodes): boolean {
  if (node.type === 'link') return /^(https?|mailto|tel):/.test(node.url) && node.children.every(isPlain);
  return PLAIN.includes(node.type) && (!('children' in node) || node.children.every(isPlain));
}

const PLAIN: readonly string[] = [
  'root', 'paragraph', 'text', 'emphasis', 'strong', 'delete', 'inlineCode', 'break', 'list', 'listItem', 'blockquote',
] satisfies Nodes['type'][]; // prettier-ignore

/** Converts through the HTML of the page, which is sanitized and has resolved addresses. */
function byWayOfHtml(body: Body, place: BodyPlace): Root {
  const tree = bodyTree(body, { ...place, headingLevel: HEADING_LEVEL });
  return fromHtml.runSync(tree) as Root;
}
