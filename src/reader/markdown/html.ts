import type { Element, ElementContent, Root, RootContent } from 'hast';
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

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

const INLINE = ['strong', 'em', 'b', 'i', 'u', 's', 'code', 'kbd', 'samp', 'sub', 'sup', 'abbr', 'mark', 'span'];

const TABLE = ['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th'];

const LISTS = ['ul', 'ol', 'li', 'dl', 'dt', 'dd'];

const BLOCKS = [
  ...['p', 'hr', 'pre', 'blockquote', 'div', 'section', 'details', 'summary'],
  ...HEADINGS,
  ...LISTS,
  ...TABLE,
];

/** Whether nodes show nothing: no words, and no picture with a description. */
function isBlank(nodes: readonly ElementContent[]): boolean {
  return nodes.every((node) => {
    if (node.type === 'text') return node.value.trim() === '';
    if (node.type !== 'element') return true;
    return node.tagName === 'img' ? !node.properties.alt : isBlank(node.children);
  });
}

function isBlock(node: ElementContent): boolean {
  if (node.type !== 'element') return false;
  return BLOCKS.includes(node.tagName) || node.children.some(isBlock);
}

function isElement(node: ElementContent, tagName: string): node is Element {
  return node.type === 'element' && node.tagName === tagName;
}

function element(tagName: string, properties: Element['properties'], children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}

function text(value: string): ElementContent {
  return { type: 'text', value };
}

/** The ids in one text, unique on the page. */
interface TextIds {
  /** The id property of an element. Empty if the text used the id before. */
  claim: (element: Element) => { id?: string };
  /** The id on the page for a link in the text. Undefined if the text has no such id. */
  find: (id: string) => string | undefined;
}

/** @param prefix put before every id; begins with a letter */
function textIds(tree: Root, prefix: string): TextIds {
  const known = idsIn(tree);
  const used = new Set<string>();
  const onPage = (id: string) => plainId(prefix) + id;
  return {
    claim({ properties }) {
      if (!properties.id) return {};
      const id = plainId(String(properties.id));
      if (used.has(id)) return {};
      used.add(id);
      return { id: onPage(id) };
    },
    find(written) {
      const id = plainId(written);
      return known.has(id) ? onPage(id) : undefined;
    },
  };
}

function idsIn(node: Root | Element): Set<string> {
  const ids = new Set<string>();
  const collect = (parent: Root | Element): void => {
    for (const child of parent.children) {
      if (child.type !== 'element') continue;
      if (child.properties.id) ids.add(plainId(String(child.properties.id)));
      collect(child);
    }
  };
  collect(node);
  return ids;
}

/** Normalises an id, or a link to it, to ASCII letters, digits, `-` and `_`. */
function plainId(id: string): string {
  return decoded(id).replace(/[^\w-]/gu, (character) => `_${character.codePointAt(0)?.toString(16) ?? ''}_`);
}

/** Decodes a part of an address. Unchanged if it is not valid UTF-8. */
export function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

export interface RenderOptions {
  /** Put before every id in the text, so that ids are unique on a page: the update's id and `-`. Begins with a letter. */
  idPrefix: string;
  /** Level of the heading the text stands under, 1 to 6. Headings in the text go below it and skip none. */
  headingLevel: number;
  /** Address of the site's root with a slash at the end: a path such as `/status/` for pages, an absolute one for feeds. */
  root: string;
  /** Address of the page the text stands on, which `#…` links are put behind where the text is shown elsewhere. */
  page?: string;
  /** The accessible name of tables that scroll by keyboard. Without it, tables cannot be focused. */
  tableLabel?: string;
  /** The heading of the footnotes. By default, none. */
  footnotesLabel?: string;
  /** The name of the link back to reference `1`, or `1-2` for the second one. By default, there is no link. */
  footnoteBackLabel?: (reference: string) => string;
}

interface State {
  options: RenderOptions;
  ids: TextIds;
  /** The author's levels of the headings above this place, outermost first. */
  outline: number[];
}

interface Place {
  parent: string;
  /** Whether only inline content is allowed here: in a heading, a paragraph or a summary. */
  phrasing: boolean;
  linked: boolean;
}

/** A sanitized tree with its headings, links, ids and tables fitted into a page. */
function adaptTree(tree: Root, options: RenderOptions): ElementContent[] {
  const state: State = { options, ids: textIds(tree, options.idPrefix), outline: [] };
  return adaptAll(tree.children, { parent: 'root', phrasing: false, linked: false }, state);
}

function adaptAll(nodes: readonly RootContent[], place: Place, state: State): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'text') return [node];
    return node.type === 'element' ? adapt(node, place, state) : [];
  });
}

/** Adapts an element, or returns only its children if it is not allowed here. */
function adapt(node: Element, place: Place, state: State): ElementContent[] {
  const { tagName } = node;
  if (tagName === 'img') return image(node, state);
  if (tagName === 'input') return node.properties.type ? [text(node.properties.checked ? '☑' : '☐')] : [];
  if (node.properties.dataFootnotes !== undefined) return [footnotes(node, place, state)];

  if (!isFit(node, place)) return [...adaptAll(node.children, place, state), text(' ')];

  const id = state.ids.claim(node);
  const inner: Place = {
    parent: tagName,
    phrasing: place.phrasing || ['p', 'pre', 'summary', ...HEADINGS].includes(tagName),
    linked: place.linked || tagName === 'a',
  };
  const children = adaptAll(node.children, inner, state);
  if (tagName === 'a') return link(node, id, children, place, state);
  if (INLINE.includes(tagName) && children.some(isBlock)) return children;
  if (HEADINGS.includes(tagName)) return heading(tagName, id, children, state);
  if (tagName === 'p' && isBlank(children) && !children.some((child) => isElement(child, 'img'))) return [];
  if (tagName === 'tr') return [element(tagName, id, headed(children))];
  if (tagName === 'table') return [reachable(element(tagName, id, children), state)];
  const { align, id: _, ...properties } = node.properties;
  const className = align ? { className: [`align-${String(align)}`] } : {};
  return [element(tagName, { ...properties, ...className, ...id }, itemsOnly(tagName, children))];
}

/** Whether HTML allows an element here, also after elements around it were removed. */
function isFit({ tagName, children }: Element, { parent, phrasing, linked }: Place): boolean {
  if (phrasing && BLOCKS.includes(tagName)) return false;
  if (tagName === 'li') return parent === 'ul' || parent === 'ol';
  if (tagName === 'dt' || tagName === 'dd') return parent === 'dl';
  if (tagName === 'summary') return parent === 'details';
  if (tagName !== 'details') return true;
  const first = children.find((child) => child.type === 'element' || !isBlank([child]));
  return !linked && first !== undefined && isElement(first, 'summary');
}

/** Makes everything in a list an item. */
function itemsOnly(tagName: string, children: ElementContent[]): ElementContent[] {
  const item = { ul: 'li', ol: 'li', dl: 'dd' }[tagName];
  if (!item) return children;
  const fits = (child: ElementContent) => isElement(child, item) || isElement(child, 'dt') || isBlank([child]);
  return children.map((child) => (fits(child) ? child : element(item, {}, [child])));
}

function heading(tagName: string, id: Element['properties'], children: ElementContent[], state: State) {
  if (isBlank(children)) return [];
  const depth = Number(tagName.slice(1));
  while ((state.outline.at(-1) ?? 0) >= depth) state.outline.pop();
  state.outline.push(depth);
  const level = Math.min(6, state.options.headingLevel + state.outline.length);
  return [element(`h${String(level)}`, id, children)];
}

function link(node: Element, id: Element['properties'], children: ElementContent[], place: Place, state: State) {
  const { href, title, dataFootnoteRef, dataFootnoteBackref, ariaLabel, ariaDescribedBy } = node.properties;
  const back = dataFootnoteBackref !== undefined;
  if (back && !state.options.footnoteBackLabel) return [];
  const address = place.linked ? undefined : addressOf(String(href ?? ''), state);
  if (!address) return id.id ? [element('span', id, children)] : children;
  const described =
    dataFootnoteRef !== undefined && state.options.footnotesLabel ? state.ids.find(String(ariaDescribedBy)) : undefined;
  const properties = {
    href: address,
    ...(typeof title === 'string' && { title }),
    ...(back && { className: ['footnote-back'], ariaLabel: state.options.footnoteBackLabel?.(String(ariaLabel)) }),
    ...(dataFootnoteRef !== undefined && { className: ['footnote-ref'] }),
    ...(described && { ariaDescribedBy: [described] }),
    ...id,
  };
  const shown = isBlank(children) ? [...children, text(address.replace(/^(mailto|tel):/, ''))] : children;
  return [element('a', properties, address.startsWith('tel:') ? shown.map(unbroken) : shown)];
}

/** A telephone number without line breaks. */
function unbroken(node: ElementContent): ElementContent {
  if (node.type === 'text') return text(node.value.replace(/ /g, '\u00a0').replace(/-/g, '\u2011'));
  return node.type === 'element' ? { ...node, children: node.children.map(unbroken) } : node;
}

function image(node: Element, state: State): ElementContent[] {
  const { src, alt, title, ...size } = node.properties;
  const words = typeof alt === 'string' ? alt : '';
  const address = siteAddress(String(src ?? ''), state.options.root);
  if (!address) return words ? [text(words)] : [];
  const named = words && typeof title === 'string' ? { title } : {};
  return [
    element('img', { src: address, alt: words, ...named, ...size, loading: 'lazy', ...state.ids.claim(node) }, []),
  ];
}

/** Header cells in a row without data cells are for columns, others for their row. Empty ones are not header cells. */
function headed(cells: ElementContent[]): ElementContent[] {
  const scope = cells.some((cell) => isElement(cell, 'td')) ? 'row' : 'col';
  return cells.map((cell) => {
    if (!isElement(cell, 'th')) return cell;
    if (isBlank(cell.children)) return { ...cell, tagName: 'td' };
    return { ...cell, properties: { scope, ...cell.properties } };
  });
}

/** Makes wide tables scroll by keyboard. Not a region, because several with one name would be indistinguishable landmarks. */
function reachable(table: Element, { options: { tableLabel } }: State): Element {
  if (tableLabel === undefined) return table;
  return element('div', { className: ['table'], role: 'group', tabIndex: 0, ariaLabel: tableLabel }, [table]);
}

function footnotes(node: Element, place: Place, state: State): Element {
  const label = state.options.footnotesLabel;
  const children = node.children.flatMap((child): ElementContent[] => {
    if (!isElement(child, 'h1')) return [child];
    return label ? [{ ...child, children: [text(label)] }] : [];
  });
  const inner = { ...place, parent: 'section' };
  return element('section', { className: ['footnotes'] }, adaptAll(children, inner, state));
}

/** The address of a link. Undefined if it is not allowed. */
function addressOf(href: string, state: State): string | undefined {
  const { options } = state;
  if (href.startsWith('#')) {
    const id = state.ids.find(href.slice(1));
    return id && `${options.page ?? ''}#${id}`;
  }
  const url = URL.parse(href);
  if (!url) return siteAddress(href, options.root);
  return ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol) ? url.href : undefined;
}

/** The address below `root` of a path that begins with `/`. Undefined for others, such as `//host`. */
function siteAddress(path: string, root: string): string | undefined {
  if (!path.startsWith('/')) return undefined;
  const url = URL.parse(path, 'http://site.invalid');
  return url?.host === 'site.invalid' ? root + (url.pathname + url.search + url.hash).replace(/^\/+/, '') : undefined;
}

const CELL: NonNullable<Schema['attributes']>[string] = [
  ['align', 'left', 'center', 'right'],
  ['colSpan', /^[1-9]\d?$/],
  ['rowSpan', /^[1-9]\d?$/],
];

/** The allowed HTML. */
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
  // Addresses are checked later, in the way that a browser reads them.
  protocols: {},
  strip: ['script', 'style', 'template', 'iframe', 'object', 'noembed', 'noframes', 'noscript'],
  clobberPrefix: '',
  required: {},
};

/**
 * An update's text as safe HTML: it runs nothing, loads nothing from elsewhere, and does not conflict with the page around
 * it. Links and images that begin with `/` are below `root`. Other relative links become text.
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

const cleaned = new WeakMap<Body['children'], Root>();

/** Cached, because feeds need it twice, as HTML and as plain text. */
function cleanTree(body: Body): Root {
  const tree = cleaned.get(body.children) ?? (hasHtml(body) ? withHtml : plain).runSync(body);
  cleaned.set(body.children, tree);
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
