import type { Element, ElementContent, Root } from 'hast';
import { textNode } from './links.ts';
import { isBlock } from './simplify.ts';

/** What one newline of a message means: a line break where it was typed as text, a space where it only wraps HTML. */
export type Newline = 'break' | 'space';

const ONE_LINE = new Set(['caption', 'dt', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'summary', 'td', 'th']);
const KEPT = new Set(['code', 'kbd', 'pre', 'samp', 'tt', 'var']);

/** Line breaks between two pieces of text: those that are tags, and newlines. */
interface Gap {
  tags: number;
  newlines: number;
}

/** The tree with newlines as `<br>`, and a paragraph wherever two breaks meet. */
export function breakLines(tree: Root, newline: Newline): Root {
  return { type: 'root', children: flow(tree.children as ElementContent[], newline, true) };
}

/** Children of an element that may hold paragraphs. `wrap` asks for paragraphs even around a single run. */
function flow(nodes: readonly ElementContent[], newline: Newline, wrap: boolean): ElementContent[] {
  const result: ElementContent[] = [];
  let run: ElementContent[] = [];
  const flush = (): void => {
    const paragraphs = splitParagraphs(run, newline);
    const inline = !wrap && paragraphs.length === 1;
    result.push(...(inline ? (paragraphs[0] ?? []) : paragraphs.map(paragraph)));
    run = [];
  };
  for (const node of nodes) {
    if (!isBlock(node)) {
      run.push(node);
      continue;
    }
    flush();
    result.push(...block(node as Element, newline));
  }
  flush();
  return result;
}

function block(node: Element, newline: Newline): ElementContent[] {
  const { tagName, children } = node;
  if (KEPT.has(tagName)) return [node];
  if (tagName === 'p' && !children.some(isBlock)) return splitParagraphs(children, newline).map(paragraph);
  if (ONE_LINE.has(tagName) && !children.some(isBlock)) return [{ ...node, children: oneLine(children, newline) }];
  return [{ ...node, children: flow(children, newline, false) }];
}

/** Runs of text separated by two or more breaks; blank ones are left out. */
function splitParagraphs(nodes: readonly ElementContent[], newline: Newline): ElementContent[][] {
  const paragraphs: ElementContent[][] = [];
  let current: ElementContent[] | undefined;
  let gap: Gap = { tags: 0, newlines: 0 };
  for (const node of nodes.flatMap((child) => splitText(child))) {
    if (isBreak(node)) gap.tags += 1;
    else if (node.type === 'text' && node.value === '\n') gap.newlines += 1;
    else if (isBlank(node) && (gap.tags > 0 || gap.newlines > 0)) continue;
    else {
      const between = meaning(gap, newline);
      if (!current || between === 'paragraph') paragraphs.push((current = []));
      else if (between === 'break') current.push(lineBreak());
      else if (between === 'space') current.push(textNode(' '));
      current.push(inside(node, newline));
      gap = { tags: 0, newlines: 0 };
    }
  }
  return paragraphs.filter((paragraph) => !paragraph.every(isBlank));
}

function meaning({ tags, newlines }: Gap, newline: Newline): 'nothing' | 'space' | 'break' | 'paragraph' {
  if (tags > 1 || newlines > 1) return 'paragraph';
  if (tags === 1) return 'break';
  return newlines === 0 ? 'nothing' : newline;
}

/** Inside emphasis or a link a paragraph cannot begin, so two breaks stay two. */
function inside(node: ElementContent, newline: Newline): ElementContent {
  if (node.type !== 'element' || KEPT.has(node.tagName)) return node;
  const children = joined(node.children, newline, [lineBreak(), lineBreak()]);
  return { ...node, children: children.length > 0 ? children : [textNode(' ')] };
}

function oneLine(nodes: readonly ElementContent[], newline: Newline): ElementContent[] {
  return joined(nodes, newline, [lineBreak()]);
}

function joined(nodes: readonly ElementContent[], newline: Newline, between: ElementContent[]): ElementContent[] {
  return splitParagraphs(nodes, newline).flatMap((part, index) => (index === 0 ? part : [...between, ...part]));
}

/** Text cut at its newlines, each of which becomes a text of its own. */
function splitText(node: ElementContent): ElementContent[] {
  if (node.type !== 'text' || !node.value.includes('\n')) return [node];
  return node.value
    .split(/[ \t]*(\n)[ \t]*/)
    .filter((part) => part !== '')
    .map(textNode);
}

function isBreak(node: ElementContent): boolean {
  return node.type === 'element' && node.tagName === 'br';
}

function isBlank(node: ElementContent): boolean {
  return isBreak(node) || (node.type === 'text' && node.value.trim() === '');
}

function lineBreak(): Element {
  return { type: 'element', tagName: 'br', properties: {}, children: [] };
}

function paragraph(children: ElementContent[]): Element {
  return { type: 'element', tagName: 'p', properties: {}, children };
}
