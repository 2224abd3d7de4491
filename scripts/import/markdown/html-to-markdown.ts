import type { Root as HtmlRoot } from 'hast';
import type { Heading, Nodes, Root } from 'mdast';
import rehypeParse from 'rehype-parse';
import rehypeRaw from 'rehype-raw';
import rehypeRemark from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { cleanText } from '../clean.ts';
import { breakLines, type Newline } from './breaks.ts';
import { guardLines } from './guard.ts';
import type { BodyNote } from './notes.ts';
import { isBlock, simplify } from './simplify.ts';
import { stringifyMarkdown } from './stringify.ts';
import { escapeUnknownTags } from './tags.ts';

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
