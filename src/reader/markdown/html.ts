import { INLINE, BLOCKS } from './html-elements.ts';
import type { Root, RootContent } from 'hast';
import type { Nodes as MarkdownNodes } from 'mdast';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize from 'rehype-sanitize';
import type { Options as ToHtml } from 'rehype-stringify';
import rehypeStringify from 'rehype-stringify';
import type { Options as ToHtmlTree } from 'remark-rehype';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import type { Options as Schema } from 'rehype-sanitize';
import type { Body } from '../../core/model.ts';
import type { RenderOptions } from './html-adapt.ts';
import { adaptTree } from './html-adapt.ts';

const CELL: NonNullable<Schema['attributes']>[string] = [
  ['align', 'left', 'center', 'right'],
  ['colSpan', /^[1-9]\d?$/],
  ['rowSpan', /^[1-9]\d?$/],
];

/** What may be in the text, whatever HTML its author wrote. */
const HTML_SCHEMA: Schema = {
  tagNames: [...INLINE, ...BLOCKS, 'a', 'br', 'del', 'img', 'input'],
  attributes: {
    '*': ['id'],
    a: ['href', 'title', 'ariaDescribedBy', 'ariaLabel', 'dataFootnoteRef', 'dataFootnoteBackref'],
    abbr: ['title'],
    details: ['open'],
    img: ['src', 'alt', 'title', ['width', /^\d{1,4}$/], ['height', /^\d{1,4}$/]],
    input: [['type', 'checkbox'], 'checked'],
    ol: [['start', /^-?\d{1,9}$/]],
    section: ['dataFootnotes'],
    td: CELL,
    th: CELL,
  },
  // Addresses are judged afterwards, as a browser would read them.
  protocols: {},
  strip: ['script', 'style', 'template', 'iframe', 'object', 'noembed', 'noframes', 'noscript'],
  clobberPrefix: '',
  required: {},
};

export type { RenderOptions } from './html-adapt.ts';

/**
 * An update's text as HTML without anything that could run, load from elsewhere or clash with the page around it.
 * Links and images that begin with `/` are below `root`; what else is not absolute loses its link and keeps its text.
 */
export function renderBody(body: Body, options: RenderOptions): string {
  const html = plain.stringify(bodyTree(body, options));
  return html.replace(/[ \t]+$/gm, '').trim();
}

/** The tree of that HTML. */
export function bodyTree(body: Body, options: RenderOptions): Root {
  return { type: 'root', children: adaptTree(cleanTree(body), options) };
}

/** An update's text without any markup, on one line: for descriptions. Footnotes are left out. */
export function bodyText(body: Body): string {
  return shownText(cleanTree(body).children).replace(/\s+/g, ' ').trim();
}

const TO_HTML_TREE: ToHtmlTree = {
  allowDangerousHtml: true,
  clobberPrefix: '',
  footnoteLabelTagName: 'h1',
  footnoteLabelProperties: {},
  footnoteBackLabel: (index, mention) => `${String(index + 1)}${mention > 1 ? `-${String(mention)}` : ''}`,
};

const TO_HTML: ToHtml = { characterReferences: { useNamedReferences: true } };

const plain = unified()
  .use(remarkRehype, TO_HTML_TREE)
  .use(rehypeSanitize, HTML_SCHEMA)
  .use(rehypeStringify, TO_HTML)
  .freeze();
const withHtml = unified().use(remarkRehype, TO_HTML_TREE).use(rehypeRaw).use(rehypeSanitize, HTML_SCHEMA).freeze();

const cleaned = new WeakMap<Body, Root>();

/** Feeds take it twice, as HTML and without markup. */
function cleanTree(body: Body): Root {
  const tree = cleaned.get(body) ?? (hasHtml(body) ? withHtml : plain).runSync(body);
  cleaned.set(body, tree);
  return tree;
}

function hasHtml(node: MarkdownNodes): boolean {
  return node.type === 'html' || ('children' in node && node.children.some(hasHtml));
}

function shownText(nodes: readonly RootContent[]): string {
  return nodes.map(shownTextOf).join('');
}

function shownTextOf(node: RootContent): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element') return '';
  const { tagName, properties } = node;
  if (properties.dataFootnotes !== undefined || properties.dataFootnoteRef !== undefined) return '';
  if (tagName === 'img') return typeof properties.alt === 'string' ? properties.alt : '';
  if (tagName === 'input' && properties.type) return properties.checked ? '☑' : '☐';
  const inside = shownText(node.children);
  return BLOCKS.includes(tagName) || tagName === 'br' ? ` ${inside} ` : inside;
}
