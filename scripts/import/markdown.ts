import { cleanLine, cleanText } from '../lib/text.ts';
import type { Element, ElementContent, Root as HtmlRoot, RootContent } from 'hast';
import type { Heading, Nodes, Root } from 'mdast';
import rehypeParse from 'rehype-parse';
import rehypeRaw from 'rehype-raw';
import rehypeRemark from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import {
  breakLines,
  type CharacterReference,
  CODE,
  guardLines,
  isBlock,
  lineBreak,
  type Newline,
  TABLE_PARTS,
  textNode,
  visibleText,
} from './markdown-lines.ts';
import { AUTOLINKS, markdownWriter } from '../../src/formats/markdown-text.ts';

const ADDRESS = /https?:\/\/[^\s<>"“”]{1,2000}/gi;

/**
 * The address a link may lead to, made absolute with `base`; nothing unless it is http, https or mailto.
 */
function safeAddress(href: string, base: string | undefined): string | undefined {
  const trimmed = href.trim();
  if (!trimmed || trimmed.startsWith('#') || !URL.canParse(trimmed, base)) return undefined;
  const url = new URL(trimmed, base);
  if (!['http:', 'https:', 'mailto:'].includes(url.protocol)) return undefined;
  return URL.canParse(trimmed) ? trimmed : url.href;
}

/** The text with every bare http or https address as a link to itself. */
function linkAddresses(text: string): ElementContent[] {
  if (!/https?:\/\//i.test(text)) return [{ type: 'text', value: text }];
  const nodes: ElementContent[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailingPunctuation(match[0]);
    if (!URL.canParse(address)) continue;
    nodes.push(textNode(text.slice(end, match.index)), linkNode(address, [textNode(address)]));
    end = match.index + address.length;
  }
  nodes.push(textNode(text.slice(end)));
  return nodes.filter((node) => node.type !== 'text' || node.value !== '');
}

function linkNode(href: string, children: ElementContent[]): Element {
  return { type: 'element', tagName: 'a', properties: { href }, children };
}

/** A sentence's own punctuation does not belong to the address, nor does a bracket that it does not open. */
function withoutTrailingPunctuation(address: string): string {
  let trimmed = address;
  for (;;) {
    const last = trimmed.at(-1) ?? '';
    const unopened = last === ')' && count(trimmed, ')') > count(trimmed, '(');
    if (!/[.,;:!?'’*_~\]}|…]/.test(last) && !unopened) return trimmed;
    trimmed = trimmed.slice(0, -1);
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/**
 * HTML in messages is mixed with text that only looks like it: `a Worker named <worker-name>`, `<Gather>`,
 * `latency <5s`. A browser would swallow such words. Here a tag counts as one only when its name is an
 * element that a message can hold, or another one that is closed; everything else is text.
 */

const SHOWN = new Set(
  (
    'a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del ' +
    'details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ' +
    'menu nav nobr ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead ' +
    'time tr tt u ul var wbr'
  ).split(' '),
);

/** Elements whose content a browser does not show as text. */
const HIDDEN: ReadonlySet<string> = new Set(
  (
    'applet audio base canvas embed frame frameset head iframe input link math meta noembed noframes noscript object ' +
    'param script select source style svg template textarea title track video'
  ).split(' '),
);

const VOID = new Set('base embed frame input link meta param source track'.split(' '));

const WRAPPERS = new Set('body button data fieldset form hgroup html label legend output picture search'.split(' '));

const MARKUP = /<!--[\s\S]*?-->|<\/?([a-zA-Z][^\s/>]*)(?:"[^"]*"|'[^']*'|[^'">])*>|</g;

/** The HTML with `&lt;` for every `<` that begins no tag of a message. `names` are those that were made text. */
function escapeUnknownTags(html: string): { html: string; names: string[] } {
  if (!html.includes('<')) return { html, names: [] };
  const names = new Set<string>();
  const lower = html.toLowerCase();
  const escape = (source: string): string =>
    source.replace(MARKUP, (markup: string, name: string | undefined) => {
      if (markup.startsWith('<!--')) return markup;
      if (name === undefined) return '&lt;';
      if (isTag(name.toLowerCase(), lower)) return markup;
      names.add(name);
      return `&lt;${escape(markup.slice(1))}`;
    });
  return { html: escape(html), names: [...names] };
}

/** `lower` is the whole text in lower case. Names with a colon come from word processors: `<o:p>`. */
function isTag(name: string, lower: string): boolean {
  if (SHOWN.has(name) || name.includes(':')) return true;
  return (HIDDEN.has(name) || WRAPPERS.has(name)) && (VOID.has(name) || lower.includes(`</${name}`));
}

const EMPTY = new Set('br hr wbr'.split(' '));

/** Elements that Markdown has under another name, and parts of a table that stand outside one. */
const RENAMED: Record<string, string> = {
  menu: 'ul',
  dir: 'ul',
  ...Object.fromEntries([...TABLE_PARTS].map((part) => [part, 'div'])),
};

interface Context {
  /** What relative addresses start from. */
  base: string | undefined;
  notes: BodyNote[];
  inLink: boolean;
  inCode: boolean;
  inTable: boolean;
  inCell: boolean;
}

/** A copy of the tree that holds only what Markdown can say; the rest goes to `notes`. */
function simplify(tree: HtmlRoot, base: string | undefined, notes: BodyNote[]): HtmlRoot {
  const context = { base, notes, inLink: false, inCode: false, inTable: false, inCell: false };
  return { type: 'root', children: simplifyAll(tree.children, context) };
}

function simplifyAll(nodes: readonly RootContent[], context: Context): ElementContent[] {
  return nodes.flatMap((node) => simplifyNode(node, context));
}

function simplifyNode(node: RootContent, context: Context): ElementContent[] {
  if (node.type === 'text') {
    const value = cleanText(node.value);
    return context.inLink || context.inCode ? [textNode(value)] : linkAddresses(value);
  }
  if (node.type === 'comment') {
    context.notes.push({ kind: 'comment-left-out', detail: node.value });
    return [];
  }
  if (node.type !== 'element') return [];
  if (HIDDEN.has(node.tagName)) {
    context.notes.push({ kind: 'element-left-out', detail: describe(node) });
    return [];
  }
  if (node.tagName === 'img') return image(node, context);
  if (node.tagName === 'a') return link(node, context);
  return element(node, context);
}

function element(node: Element, context: Context): ElementContent[] {
  const { tagName } = node;
  const children = simplifyAll(node.children, {
    ...context,
    inCode: context.inCode || CODE.has(tagName),
    inTable: context.inTable || tagName === 'table',
    inCell: context.inCell || tagName === 'td' || tagName === 'th',
  });
  if (context.inCell && isBlock(node)) return oneLine(node, children);
  if (tagName === 'table') return table(node, children);
  if (TABLE_PARTS.has(tagName) && context.inTable) return [{ ...node, children }];
  if (children.length === 0 && !EMPTY.has(tagName)) return [];
  if (CODE.has(tagName) && children.every(isBlank)) return [textNode(' ')];
  if (!isBlock(node) && children.some(isBlock)) return children;
  return [{ ...node, tagName: RENAMED[tagName] ?? tagName, children }];
}

/** A cell of a Markdown table is one line. */
function oneLine(node: Element, children: ElementContent[]): ElementContent[] {
  const code = cleanLine(children.map(visibleText).join(''));
  const content: ElementContent[] =
    node.tagName === 'pre' ? [{ ...node, tagName: 'code', children: [textNode(code)] }] : children;
  return [lineBreak(), ...content, lineBreak()];
}

/** A caption has no place in a Markdown table: it stands above. */
function table(node: Element, children: ElementContent[]): ElementContent[] {
  const isCaption = (child: ElementContent): child is Element =>
    child.type === 'element' && child.tagName === 'caption';
  const captions = children.filter(isCaption).map((caption) => ({ ...caption, tagName: 'p' }));
  const rows = children.filter((child) => !isCaption(child));
  return rows.length > 0 ? [...captions, { ...node, children: rows }] : captions;
}

function link(node: Element, context: Context): ElementContent[] {
  const href = cleanLine(String(node.properties.href ?? ''));
  const address = context.inLink ? undefined : safeAddress(href, context.base);
  const children = simplifyAll(node.children, { ...context, inLink: context.inLink || address !== undefined });
  if (address !== undefined && children.length > 0) return [linkNode(address, children)];
  if (href) context.notes.push({ kind: 'link-became-text', detail: href });
  return children;
}

/** Candor shows images from its own `public/` only, so others are linked to. */
function image(node: Element, context: Context): ElementContent[] {
  const source = cleanLine(String(node.properties.src ?? ''));
  const address = context.inLink ? undefined : safeAddress(source, context.base);
  const words = cleanLine(String(node.properties.alt ?? '')) || 'Image';
  context.notes.push({ kind: 'image-became-link', detail: source });
  return [address === undefined ? textNode(words) : linkNode(address, [textNode(words)])];
}

function isBlank(node: ElementContent): boolean {
  return node.type === 'text' && node.value.trim() === '';
}

function describe(node: Element): string {
  const source = node.properties.src ?? node.properties.data;
  return source === undefined ? `<${node.tagName}>` : `<${node.tagName}> ${String(source)}`;
}

const characterReference = Object.assign((node: CharacterReference): string => node.value, { peek: () => '&' });

/** Two braces begin a blank of a template, so the first is escaped. */
const unsafe = [...AUTOLINKS, { character: '{', after: String.raw`(?=\{)` }];

/** Lists of messages use `*`, so that a list of labels, which uses `-`, never joins one. */
const processor = markdownWriter({ bullet: '*', bulletOther: '+', unsafe, handlers: { characterReference } });

/** Markdown for a tree, without the line end at its end. */
function stringifyMarkdown(tree: Root): string {
  return processor.stringify(tree).trim();
}

const htmlParser = unified().use(rehypeParse, { fragment: true }).freeze();
const markdownParser = unified().use(remarkParse).use(remarkGfm).freeze();
const markdownToHtml = unified().use(remarkRehype, { allowDangerousHtml: true }).use(rehypeRaw).freeze();
const htmlToMarkdown = unified().use(rehypeRemark).freeze();

/** Headings of the first and second level belong to Candor. */
const HIGHEST_HEADING = 3;

export interface Body {
  /** Markdown of GitHub's flavour that shows the same text, free of lines that Candor would read as data. */
  markdown: string;
  notes: BodyNote[];
}

/**
 * A message as Candor writes it. The source is HTML as people type it into a form: mostly plain text, its
 * newlines meant as they stand. `base` is the address that relative links start from.
 */
export function htmlToBody(source: string, base?: string): Body {
  const { html, names } = escapeUnknownTags(cleanText(source));
  const notes: BodyNote[] = names.map((name) => ({ kind: 'tag-kept-as-text', detail: `<${name}>` }));
  return orPlain(html, notes, () => {
    const tree = simplify(htmlParser.parse(html), base, notes);
    return finish(tree, tree.children.some(isBlock) ? 'space' : 'break', notes);
  });
}

/** The same for a message that is Markdown of GitHub's flavour, HTML in it included. */
export function markdownToBody(source: string, base?: string): Body {
  const text = cleanText(source);
  const notes: BodyNote[] = [];
  return orPlain(text, notes, () => {
    const html = markdownToHtml.runSync(markdownParser.parse(text)) as HtmlRoot;
    return finish(simplify(html, base, notes), 'space', notes);
  });
}

/** What `convert` gives or, where tags nest too deep for that, the text without any. */
function orPlain(html: string, notes: BodyNote[], convert: () => Body): Body {
  try {
    return convert();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const text = html.replace(/<[^>]*>/g, ' ');
    return finish(simplify(htmlParser.parse(text), undefined, []), 'break', [
      ...notes,
      { kind: 'markup-left-out', detail: text.slice(0, 80) },
    ]);
  }
}

function finish(tree: HtmlRoot, newline: Newline, notes: BodyNote[]): Body {
  const markdown = htmlToMarkdown.runSync(breakLines(tree, newline)) as Root;
  if (lowerHeadings(markdown)) notes.push({ kind: 'heading-level-changed', detail: 'headings' });
  guardLines(markdown);
  return { markdown: stringifyMarkdown(markdown), notes };
}

/** Moves all headings down alike, so that the highest one is of the third level. Whether it did. */
function lowerHeadings(tree: Root): boolean {
  const headings = [...headingsIn(tree)];
  const shift = HIGHEST_HEADING - Math.min(HIGHEST_HEADING, ...headings.map(({ depth }) => depth));
  for (const heading of headings) heading.depth = Math.min(6, heading.depth + shift) as Heading['depth'];
  return shift > 0;
}

function* headingsIn(node: Nodes): Generator<Heading> {
  if (node.type === 'heading') yield node;
  else if ('children' in node) for (const child of node.children) yield* headingsIn(child);
}

/** What could not be carried over as it was when a message became Markdown. */
type BodyNoteKind =
  | 'tag-kept-as-text'
  | 'comment-left-out'
  | 'element-left-out'
  | 'image-became-link'
  | 'link-became-text'
  | 'heading-level-changed'
  | 'markup-left-out';

interface BodyNote {
  kind: BodyNoteKind;
  /** The tag, address or text it is about. */
  detail: string;
}
