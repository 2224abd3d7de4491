import type { Element, ElementContent, Root, RootContent } from 'hast';
import { cleanLine, cleanText } from '../clean.ts';
import { linkAddresses, linkNode, safeAddress, textNode } from './links.ts';
import type { BodyNote } from './notes.ts';
import { HIDDEN } from './tags.ts';

/** Elements that stand on lines of their own. */
const BLOCK = new Set(
  (
    'address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 ' +
    'h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table ul'
  ).split(' '),
);

const TABLE_PARTS = new Set('caption thead tbody tfoot tr td th'.split(' '));
const CODE = new Set('code kbd pre samp tt var'.split(' '));
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

export function isBlock(node: { type: string; tagName?: string }): boolean {
  return node.type === 'element' && (BLOCK.has(node.tagName ?? '') || TABLE_PARTS.has(node.tagName ?? ''));
}

/** A copy of the tree that holds only what Markdown can say; the rest goes to `notes`. */
export function simplify(tree: Root, base: string | undefined, notes: BodyNote[]): Root {
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
  const apart: Element = { type: 'element', tagName: 'br', properties: {}, children: [] };
  return [apart, ...content, { ...apart }];
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

function visibleText(node: ElementContent): string {
  if (node.type === 'text') return node.value;
  return node.type === 'element' ? node.children.map(visibleText).join('') : '';
}

function isBlank(node: ElementContent): boolean {
  return node.type === 'text' && node.value.trim() === '';
}

function describe(node: Element): string {
  const source = node.properties.src ?? node.properties.data;
  return source === undefined ? `<${node.tagName}>` : `<${node.tagName}> ${String(source)}`;
}
