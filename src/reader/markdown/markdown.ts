import type { Nodes, Root } from 'mdast';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import { markdownToMdast } from 'satteri';
import type { Processor } from 'unified';
import type { Node } from 'unist';
import type { Position } from '../rules.ts';

/** GitHub's flavour of Markdown. */
const markdown = remark().use(remarkGfm).use(fastParser).freeze();

/** Where the fast parser’s tree is not remark’s: unquoted attributes of HTML, footnotes in links, letters that Unicode added late. */
const REMARK_ONLY = /<(?!!--|https?:|mailto:)|\[\^|[\u{10000}-\u{10FFFF}]/u;

/** A body of a file: its tree, its lines, and how to say where something of it stands in the file. */
export interface MarkdownBody {
  tree: Root;
  lines: readonly string[];
  /** The line of the file that the body begins on. */
  firstLine: number;
}

export function parseMarkdown(text: string, firstLine: number): MarkdownBody {
  return { tree: markdown.parse(text), lines: text.split('\n'), firstLine };
}

/**
 * Has remark parse with the parser that Astro brings, which is forty times as fast as its own and gives the same trees
 * for the examples of CommonMark and GFM, and with its own where it does not.
 */
function fastParser(this: Processor): void {
  const { parser: own } = this;
  this.parser = (text, file) => {
    if (own && REMARK_ONLY.test(text)) return own(text, file);
    return markdownToMdast(text, { features: { frontmatter: false } }) as Root;
  };
}

/** Where a node begins in the file. */
export function positionOf(node: Node, body: MarkdownBody): Position {
  const start = node.position?.start;
  return { line: (start?.line ?? 1) + body.firstLine - 1, column: start?.column ?? 1 };
}

/** The text that a reader sees, without marks and comments. */
export function visibleText(node: Nodes): string {
  if (node.type === 'html') return '';
  if (node.type === 'break') return '\n';
  if ('value' in node) return node.value;
  if ('alt' in node) return node.alt ?? '';
  return 'children' in node ? node.children.map((child) => visibleText(child)).join('') : '';
}

/** Removes invisible characters that word processors and chats leave behind. */
export function withoutInvisible(text: string): string {
  return text.replace(/[\u00AD\u200B-\u200F\u2060\uFEFF]/g, '');
}

/** Calls for every node below a root, parents first. */
export function walk(node: Nodes, visit: (node: Nodes) => void): void {
  visit(node);
  if ('children' in node) for (const child of node.children) walk(child, visit);
}
