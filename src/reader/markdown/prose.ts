import type { Code, Html, Nodes, Parent, Root, RootContent, Text } from 'mdast';
import type { Node } from 'unist';
import { labelOf } from '../events/labels.ts';
import type { MarkdownBody } from './markdown.ts';
import { positionOf, walk } from './markdown.ts';
import { missingFile } from '../rules.ts';
import type { Position, Report } from '../rules.ts';

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const DEEPEST_HTML = 200;
/** The most items of a list: writing it as HTML takes quadratic time. */
const MOST_ITEMS = 1000;
/** The deepest tree: we and the libraries use recursion. */
const DEEPEST_TREE = 150;
/** The most characters that repeated references can add to a text. */
const MOST_REPEATED = 500_000;
const SAFE_SCHEME = /^(https?|mailto|tel):/i;

/**
 * Reports links that would not work or are not safe, images from elsewhere, and comments that never end.
 * @param publicFiles paths of the files in `public/`, with a leading `/`
 */
export function checkProse(body: MarkdownBody, publicFiles: ReadonlySet<string>, report: Report): void {
  reportDepth(body, report);
  reportRepeated(body, report);
  let open = 0;
  walk(body.tree, (node) => {
    if (node.type === 'link' || node.type === 'definition') checkLink(node, node.url, body, report);
    if (node.type === 'image') checkImage(node, node.url, node.alt, body, publicFiles, report);
    if (node.type === 'text') checkText(node, body, report);
    if (node.type === 'code') checkCode(node, body, report);
    if (node.type === 'list' && node.children.length > MOST_ITEMS) {
      const reason = `The list has ${String(node.children.length)} items; the limit is ${String(MOST_ITEMS)}. Split it in two.`;
      report('nested-too-deep', positionOf(node, body), reason);
    }
    if (node.type !== 'html') return;
    checkHtml(node, body, report);
    open += (node.value.match(/<[a-z]/gi)?.length ?? 0) - (node.value.match(/<\/|<br/gi)?.length ?? 0);
    if (open > DEEPEST_HTML) {
      report(
        'nested-too-deep',
        positionOf(node, body),
        'Too many HTML elements are opened and not closed. Close or delete them.',
      );
      open = -Infinity;
    }
  });
}

function reportDepth(body: MarkdownBody, report: Report): void {
  let nodes: Nodes[] = [body.tree];
  for (let depth = 0; depth < DEEPEST_TREE && nodes.length > 0; depth += 1) {
    nodes = nodes.flatMap((node): Nodes[] => ('children' in node ? node.children : []));
  }
  const [first] = nodes;
  if (!first) return;
  report('nested-too-deep', positionOf(first, body), 'Formatting is nested too deeply here. Simplify it.');
}

/** Reports addresses that are referenced so often that the page would become too large. */
function reportRepeated(body: MarkdownBody, report: Report): void {
  const lengths = new Map<string, number>();
  walk(body.tree, (node) => {
    if (node.type === 'definition') lengths.set(node.identifier, node.url.length + (node.title?.length ?? 0));
  });
  if (lengths.size === 0) return;
  let written = 0;
  walk(body.tree, (node) => {
    if ((node.type !== 'linkReference' && node.type !== 'imageReference') || written > MOST_REPEATED) return;
    written += lengths.get(node.identifier) ?? 0;
    if (written <= MOST_REPEATED) return;
    const reason =
      'The link definitions at the end of the text are used so often that the page becomes too long. Use fewer or shorter links.';
    report('nested-too-deep', positionOf(node, body), reason);
  });
}

function checkLink(node: Nodes, url: string, body: MarkdownBody, report: Report): void {
  const position = positionOf(node, body);
  const written = url.replace(/[\u0000-\u0020]/g, '');
  if (SCHEME.test(written)) {
    if (SAFE_SCHEME.test(written)) return;
    report(
      'link-unsafe',
      position,
      `“${shortened(url)}” is not an allowed link. Use an https, http, mailto or tel URL.`,
    );
  } else if (!/^(#|\/(?![/\\]))/.test(written)) {
    const reason = `“${shortened(url)}” is a relative link, which does not work in feeds. Start with https://, or with / for a page of this site.`;
    const isHost = /^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(written);
    report('link-relative', position, reason, isHost ? lineWith(position, url, `https://${written}`, body) : undefined);
  }
}

function checkImage(
  node: Nodes,
  url: string,
  alt: string | null | undefined,
  body: MarkdownBody,
  publicFiles: ReadonlySet<string>,
  report: Report,
): void {
  const position = positionOf(node, body);
  const name = url.split('/').at(-1) || 'picture.png';
  if (!/^\/(?!\/)/.test(url)) {
    const reason = `“${shortened(url)}” is on another site. Put the image in the folder public/, so that the page loads nothing from elsewhere.`;
    const line = publicFiles.has(`/${name}`) && alt?.trim() ? lineWith(position, url, `/${name}`, body) : undefined;
    report('image-foreign', position, reason, line ?? { example: `![${alt || 'What the image shows'}](/${name})` });
  } else if (!publicFiles.has(decoded(url))) {
    const { problem, meant } = missingFile(url, publicFiles);
    const line = meant && alt?.trim() ? lineWith(position, url, encodeURI(meant), body) : undefined;
    report('image-missing', position, `${problem} Add the file, or correct the path.`, line);
  }
  if (!alt?.trim()) {
    report('image-undescribed', position, 'The image has no description. Add one for people who cannot see it.', {
      example: `![Payments per minute, falling at 09:12 UTC](${url})`,
    });
  }
}

/** Reports a comment that ends in another paragraph: Markdown does not treat it as a comment, so it would be shown. */
function checkText(node: Text, body: MarkdownBody, report: Report): void {
  if (!node.value.includes('<!--') || !/(?<!\\)<!--/.test(sourceOf(node, body))) return;
  const reason =
    'This comment does not end in the same paragraph, so it would be published. Put it on its own lines, and close it.';
  report('comment-unclosed', positionOf(node, body), reason);
}

/** Reports a block of code without a closing line, because it includes all that follows, even updates. */
function checkCode(node: Code, body: MarkdownBody, report: Report): void {
  const lines = sourceOf(node, body).split('\n');
  const fence = /^(`{3,}|~{3,})/.exec(lines[0] ?? '')?.[1];
  if (
    !fence ||
    (lines.length > 1 && new RegExp(`^[>\\s]*${fence[0] ?? ''}{${fence.length},}\\s*$`).test(lines.at(-1) ?? ''))
  )
    return;
  report(
    'code-unclosed',
    positionOf(node, body),
    `This code block is never closed, so it includes everything below. Close it with a line of ${fence} after the code.`,
  );
}

function checkHtml(node: Html, body: MarkdownBody, report: Report): void {
  const position = positionOf(node, body);
  const swallowed = node.value
    .replace(/<!--[\s\S]*?(-->|$)/g, (comment) => comment.replace(/[^\n]/g, ''))
    .split('\n')
    .findIndex((line) => /^ {0,3}##[ \t]/.test(line) || isLabel(line));
  if (swallowed > 0) {
    const reason =
      'The HTML above runs up to the next empty line and swallows this update. Add an empty line above it.';
    const line = position.line + swallowed;
    const source = body.lines[line - body.firstLine] ?? '';
    const isReadable = isLabel(source) || /^ {0,3}## .+ · \d.*(UTC|Z|[+-]\d\d:\d\d)\s*$/.test(source);
    report('html-swallows', { line, column: 1 }, reason, isReadable ? `\n${source}` : undefined);
  }
  if (/<!--(?![\s\S]*-->)/.test(node.value)) {
    const line = position.line + node.value.slice(0, node.value.lastIndexOf('<!--')).split('\n').length - 1;
    const source = (body.lines[line - body.firstLine] ?? '').trimEnd();
    const reason = 'This comment is never closed, so it hides everything below. Close it.';
    report('comment-unclosed', { ...position, line }, reason, `${source} -->`);
  }
  const shown = node.value.replace(/<!--[\s\S]*?-->/g, '');
  if (/<(img|picture|image|svg|video|audio|iframe|object|embed)\b/i.test(shown)) {
    const reason = 'This HTML element is not published. For an image, use Markdown and a file in the folder public/.';
    report('image-foreign', position, reason, { example: '![What the image shows](/picture.png)' });
  } else if (/<(script|style|template|noscript|noembed|noframes)\b/i.test(shown)) {
    const reason =
      'This HTML element and its content are not published. Delete it; styles of the page are in theme.css.';
    report('html-unpublished', position, reason);
  }
}

/** The line of a node with another address. Undefined if the line does not have the address in this form. */
function lineWith(position: Position, url: string, other: string, body: MarkdownBody): string | undefined {
  const line = body.lines[position.line - body.firstLine] ?? '';
  const start = line.indexOf(url, position.column - 1);
  return start < 0 || url === '' ? undefined : line.slice(0, start) + other + line.slice(start + url.length);
}

/** Whether a line would be a labelled line if it were not part of HTML. */
function isLabel(line: string): boolean {
  return labelOf(/^\s*(?:[-*+][ \t]+)?\*\*([^*:]{1,40}):\*\*/.exec(line)?.[1] ?? '') !== undefined;
}

function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** The source of a node. */
function sourceOf(node: Node, body: MarkdownBody): string {
  const { start, end } = node.position ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const lines = body.lines.slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1)?.slice(0, end.column - 1) ?? '';
  lines[0] = lines[0]?.slice(start.column - 1) ?? '';
  return lines.join('\n');
}

/**
 * Removes comments, positions, and nodes that become empty. Changes the nodes in place.
 */
export function cleanProse(nodes: RootContent[]): RootContent[] {
  const root: Root = { type: 'root', children: nodes };
  clean(root);
  return root.children;
}

function clean(node: Nodes): void {
  delete (node as Node).position;
  if (!('children' in node)) return;
  for (const child of node.children) {
    if (child.type === 'html') child.value = child.value.replace(/<!--[\s\S]*?-->/g, '');
    clean(child);
  }
  if (node.children.some(isEmpty)) (node as Parent).children = node.children.filter((child) => !isEmpty(child));
}

function isEmpty(node: Nodes): boolean {
  if (node.type === 'html') return node.value.trim() === '';
  return (node.type === 'paragraph' || node.type === 'list') && node.children.every(isBlank);
}

function isBlank(node: Nodes): boolean {
  return node.type === 'text' && node.value.trim() === '';
}
