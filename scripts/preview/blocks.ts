import type {
  BlockContent,
  Blockquote,
  Code,
  Heading,
  List,
  Paragraph,
  PhrasingContent,
  RootContent,
  Table,
} from 'mdast';
import { markdownWriter } from '../../src/formats/markdown-text.ts';
import { escapeMarkup } from '../../src/formats/xml.ts';
import { visibleText } from '../../src/reader/markdown/markdown.ts';

declare module 'mdast' {
  interface StrongData {
    change?: 'added';
  }
  interface DeleteData {
    change?: 'removed';
  }
  interface LinkData {
    /** Written by us, not by the author of a text. */
    own?: true;
  }
}

/** Nodes for comments on GitHub and for the terminal. */
export type Block = BlockContent;

export type Inline = string | PhrasingContent;

export function strong(value: string): PhrasingContent {
  return { type: 'strong', children: inline([value]) };
}

export function code(value: string): PhrasingContent {
  return { type: 'inlineCode', value: value.replace(/\s+/g, ' ') };
}

export function link(url: string, text = url): PhrasingContent {
  return { type: 'link', url, data: { own: true }, children: [{ type: 'text', value: text }] };
}

export function paragraph(...pieces: readonly Inline[]): Paragraph {
  return { type: 'paragraph', children: inline(pieces) };
}

export function list(items: readonly (readonly Inline[])[]): List {
  const children = items.map((item) => ({
    type: 'listItem' as const,
    spread: false,
    children: [paragraph(...item)],
  }));
  return { type: 'list', ordered: false, spread: false, children };
}

export function heading(depth: Heading['depth'], text: string): Heading {
  return { type: 'heading', depth, children: inline([text]) };
}

/** @param rows the first one is the head */
export function table(rows: readonly (readonly string[])[]): Table {
  const cell = (text: string) => ({ type: 'tableCell' as const, children: inline([text]) });
  return { type: 'table', children: rows.map((row) => ({ type: 'tableRow' as const, children: row.map(cell) })) };
}

export function quote(...children: BlockContent[]): Blockquote {
  return { type: 'blockquote', children };
}

export function codeBlock(value: string): Code {
  return { type: 'code', value };
}

export function inline(pieces: readonly Inline[]): PhrasingContent[] {
  return pieces.map((piece) =>
    typeof piece === 'string' ? { type: 'text', value: piece.replace(/\s+/g, ' ') } : piece,
  );
}

/** Limits on the characters of each text, and on the items of each list, table and quote. */
export interface Limits {
  text: number;
  items: number;
}

const writer = markdownWriter({ resourceLink: true, fences: true });

export function writeComment(children: RootContent[]): string {
  return writer.stringify({ type: 'root', children });
}

/** Makes blocks safe on GitHub, whatever text they have: no mentions, references, pictures or HTML. */
export function commentNodes(blocks: readonly Block[], limits: Limits): RootContent[] {
  const left = blocks.length - limits.items;
  const nodes = blocks.slice(0, limits.items).flatMap((block) => safe(block, limits).flatMap(folded));
  return left > 0 ? [...nodes, paragraph(more(left))] : nodes;
}

/** Quotes longer than this many characters are folded. */
const FOLDED = 1_500;

function folded(node: RootContent): RootContent[] {
  if (node.type !== 'blockquote') return [node];
  const [head, ...body] = node.children;
  const text = visibleText({ type: 'root', children: body }).replace(/\s+/g, ' ');
  if (!head || text.length <= FOLDED) return [node];
  return [
    { type: 'blockquote', children: [head] },
    { type: 'html', value: `<details><summary>${escapeMarkup(text.slice(0, 120).toWellFormed())}…</summary>` },
    { type: 'blockquote', children: body },
    { type: 'html', value: '</details>' },
  ];
}

function safe(node: RootContent, limits: Limits): RootContent[] {
  if (node.type === 'html') return [];
  // A picture becomes its description.
  if (node.type === 'image') return safe({ type: 'text', value: `[${node.alt || 'picture'}]` }, limits);
  if (node.type === 'text') {
    // GitHub keeps the line breaks of a comment's source.
    return [{ ...node, value: neutralizeMentions(clipped(node.value, limits).replace(/\s+/g, ' ')) }];
  }
  if ('value' in node) return [{ ...node, value: clipped(node.value, limits) }];
  if (!('children' in node)) return [node];
  const all = node.children.flatMap((child: RootContent) => safe(child, limits));
  // GitHub would list a link to an issue on that issue.
  if (node.type === 'link' && !node.data?.own && /(^|\.)github\.com$/i.test(URL.parse(node.url)?.hostname ?? '')) {
    return [...all, ...inline([' (', code(node.url), ')'])];
  }
  const left = all.length - limits.items;
  const note = REMAINING[node.type]?.(more(left));
  return [{ ...node, children: note && left > 0 ? [...all.slice(0, limits.items), note] : all } as RootContent];
}

/** The note in place of what is left out. */
const REMAINING: Readonly<Partial<Record<string, (text: string) => RootContent | undefined>>> = {
  blockquote: (text) => paragraph(text),
  list: (text) => list([[text]]).children[0],
  table: (text) => table([[text]]).children[0],
};

function more(count: number): string {
  return `And ${count} more.`;
}

function clipped(text: string, { text: most }: Limits): string {
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed()}…`;
}

/** Invisible; keeps GitHub from reading the characters on both sides as one token. */
const ZERO_WIDTH_SPACE = '\u200b';

/**
 * Text in which GitHub finds no mention (`@acme`), reference (`#1`, `GH-1`) or emoji (`:smile:`).
 * @see https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
function neutralizeMentions(text: string): string {
  return text
    .replace(/[@#]/g, `$&${ZERO_WIDTH_SPACE}`)
    .replace(/\b(GH)(?=-\d)/gi, `$1${ZERO_WIDTH_SPACE}`)
    .replace(/(github\.com)(?=\/)/gi, `$1${ZERO_WIDTH_SPACE}`)
    .replace(/:(?=[a-z+-][\w+-]*:)/gi, `:${ZERO_WIDTH_SPACE}`);
}
