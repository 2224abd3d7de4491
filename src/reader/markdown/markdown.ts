import type { Link, Nodes, Root, Text } from 'mdast';
import { remark } from 'remark';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkGfm from 'remark-gfm';
import { markdownToMdast } from 'satteri';
import type { Processor } from 'unified';
import type { Node } from 'unist';
import type { Position } from '../rules.ts';

/** GitHub's flavour of Markdown. */
const markdown = remark().use(remarkGfm).use(fastParser).freeze();
/** The same for texts whose words are not separated by spaces: `**決済（全店）**が` is bold. */
const unspaced = remark().use(remarkGfm).use(remarkCjkFriendly).freeze();

/** Letters of Chinese, Japanese and Korean, which are next to a word or an address without a space. */
const LETTER = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー`;
/** Their punctuation, which has no space before it and is in no address. */
const PUNCTUATION = String.raw`\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\uff3b\uff3d\uff5b-\uff65`;

/** Emphasis that CommonMark does not take for it, between punctuation and such a letter. */
const BESIDE_PUNCTUATION = new RegExp(
  String.raw`(?<=[\p{P}\p{S}])\*{1,3}[${LETTER}]|[${LETTER}]\*{1,3}(?=[\p{P}\p{S}])`,
  'u',
);

/** Where the fast parser’s tree is not remark’s: unquoted attributes of HTML, footnotes in links, letters that Unicode added late. */
const REMARK_ONLY = /<(?!!--|https?:|mailto:)|\[\^|[\u{10000}-\u{10FFFF}]/u;

/** The body of a file: its tree, its lines, and its position in the file. */
export interface MarkdownBody {
  tree: Root;
  lines: readonly string[];
  /** The line of the file that the body begins on. */
  firstLine: number;
}

export function parseMarkdown(text: string, firstLine: number): MarkdownBody {
  const tree = (BESIDE_PUNCTUATION.test(text) ? unspaced : markdown).parse(text);
  if (BARE_ADDRESS.test(text)) walk(tree, (node) => endBareLinks(node, text));
  return { tree, lines: text.split('\n'), firstLine };
}

/** An address in a text, to the letter or punctuation after it. A name that begins after a slash, such as `/決済`, is in it. */
const ADDRESS = new RegExp(
  String.raw`^(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[^${LETTER}${PUNCTUATION}]|(?<=[/=_-])(?!\p{Script=Hiragana})[${LETTER}]+)*`,
  'iu',
);
const BARE_ADDRESS = new RegExp(String.raw`(?:https?://|www\.)[^\s<]*?[${LETTER}${PUNCTUATION}]`, 'iu');
const NOT_IN_ADDRESS = new RegExp(`[${PUNCTUATION}]`, 'u');

/** GitHub's flavour ends an address without brackets at a space, so that it would take the rest of a sentence that has none. */
function endBareLinks(parent: Nodes, source: string): void {
  if (!('children' in parent)) return;
  for (const [index, node] of [...parent.children.entries()].reverse()) {
    const rest = node.type === 'link' ? afterAddress(node, source) : undefined;
    if (!rest) continue;
    const next = parent.children[index + 1];
    if (next?.type === 'text') next.value = rest.value + next.value;
    else (parent.children as Nodes[]).splice(index + 1, 0, rest);
  }
}

/** Shortens a link to the address it begins with. Returns what follows; nothing for a link in brackets or with a text of its own. */
function afterAddress(link: Link, source: string): Text | undefined {
  const [shown] = link.children;
  if (shown?.type !== 'text' || !source.startsWith(shown.value, link.position?.start.offset)) return undefined;
  const end = ADDRESS.exec(shown.value)?.[0].length ?? shown.value.search(NOT_IN_ADDRESS);
  const value = shown.value.slice(end);
  if (end < 1 || value === '') return undefined;
  shown.value = shown.value.slice(0, end);
  link.url = link.url.slice(0, -value.length);
  return { type: 'text', value };
}

/**
 * Makes remark use Astro's parser, which is forty times as fast and gives the same trees for the examples of CommonMark and
 * GFM. Where it does not, remark's own parser is used.
 */
function fastParser(this: Processor): void {
  const { parser: own } = this;
  this.parser = (text, file) => {
    if (own && REMARK_ONLY.test(text)) return own(text, file);
    return markdownToMdast(text, { features: { frontmatter: false } }) as Root;
  };
}

/** The position of a node in the file. */
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

/** Every address that a text links to, in its order. */
export function linksIn(body: Nodes): { node: Nodes; url: string }[] {
  const links: { node: Nodes; url: string }[] = [];
  walk(body, (node) => {
    if (node.type === 'link' || node.type === 'definition') links.push({ node, url: node.url });
  });
  return links;
}
