import type { ListItem, Nodes, PhrasingContent, Root, RootContent, Table } from 'mdast';
import { oneLine, plainCharacters } from './chat-text.ts';

/** The markup of a chat. Functions take plain text, or text that is already converted. */
export interface Markup {
  /** Escapes plain text of one line. */
  text: (plain: string) => string;
  strong: (inner: string) => string;
  emphasis: (inner: string) => string;
  deleted: (inner: string) => string;
  /** @param plain of one line */
  code: (plain: string) => string;
  /** @param plain with its lines */
  codeBlock: (plain: string) => string;
  /** @param label plain text of one line; the address itself where nothing else is said */
  link: (label: string, address: string) => string;
  /** Before each line. */
  quote: string;
  bullet: string;
  lineBreak: string;
}

/** Writes a body from `plainMarkdown` in the markup of a chat. */
export function writeBody(tree: Root, markup: Markup): string {
  return blocks(tree.children, markup);
}

function blocks(nodes: readonly RootContent[], markup: Markup): string {
  const texts = nodes.map((node) => block(node, markup).trimEnd());
  return texts.filter((text) => text.trim() !== '').join('\n\n');
}

function block(node: RootContent, markup: Markup): string {
  switch (node.type) {
    case 'heading':
      return marked(markup.strong, inline(node.children, { ...markup, strong: (inner) => inner }));
    case 'paragraph':
      return inline(node.children, markup);
    case 'blockquote':
      return blocks(node.children, markup).replace(/^/gm, markup.quote);
    case 'list': {
      const first = node.ordered ? (node.start ?? 1) : undefined;
      return node.children
        .map((child, index) => item(child, first === undefined ? markup.bullet : `${String(first + index)}. `, markup))
        .join('\n');
    }
    case 'code':
      return markup.codeBlock(plainCharacters(node.value));
    case 'table':
      return table(node, markup);
    case 'thematicBreak':
      return markup.text('—');
    default:
      return 'children' in node ? blocks(node.children, markup) : inline([node as PhrasingContent], markup);
  }
}

function item({ children, checked }: ListItem, mark: string, markup: Markup): string {
  const box = typeof checked === 'boolean' ? (checked ? '☑ ' : '☐ ') : '';
  const inner = box + blocks(children, markup).replace(/\n\n/g, '\n');
  return mark + inner.replace(/\n/g, `\n${' '.repeat(Math.max(mark.length, 2))}`);
}

/** Chats have no tables: a row is a line. */
function table({ children }: Table, markup: Markup): string {
  return children
    .map((row) => row.children.map((cell) => inline(cell.children, markup)).join(' · '))
    .join(markup.lineBreak);
}

function inline(nodes: readonly PhrasingContent[], markup: Markup): string {
  return nodes
    .map((node) => phrase(node, markup))
    .join('')
    .trim();
}

function phrase(node: PhrasingContent, markup: Markup): string {
  switch (node.type) {
    case 'text':
      return markup.text(plainCharacters(node.value).replace(/\s+/g, ' '));
    case 'strong':
      return marked(markup.strong, phrases(node.children, markup));
    case 'emphasis':
      return marked(markup.emphasis, phrases(node.children, markup));
    case 'delete':
      return marked(markup.deleted, phrases(node.children, markup));
    case 'inlineCode':
      return markup.code(oneLine(node.value));
    case 'break':
      return markup.lineBreak;
    case 'link':
      return link(oneLine(labelOf(node)), node.url, markup);
    case 'image':
      return node.alt ? link(oneLine(node.alt), node.url, markup) : '';
    default:
      return 'children' in node ? phrases(node.children, markup) : '';
  }
}

/** A link with a normalised address, in which only the chat's own characters need an escape. */
function link(label: string, url: string, markup: Markup): string {
  const address = URL.parse(url)?.href ?? oneLine(url);
  return markup.link(label === '' || label === url ? address : label, address);
}

function phrases(nodes: readonly PhrasingContent[], markup: Markup): string {
  return nodes.map((node) => phrase(node, markup)).join('');
}

/** Puts marks directly around words, because they have no effect next to spaces. Blank text gets none. */
function marked(mark: (inner: string) => string, text: string): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  return inner === '' ? text : before + mark(inner) + after;
}

function labelOf(node: Nodes): string {
  if (node.type === 'break') return ' ';
  if ('value' in node) return node.value;
  if ('alt' in node) return node.alt ?? '';
  return 'children' in node ? node.children.map(labelOf).join('') : '';
}
