import { LABELS } from '../../src/core/labels.ts';
import type { Element, ElementContent, Root as HtmlRoot, Text } from 'hast';
import type { PhrasingContent, Root, RootContent } from 'mdast';
import { distance } from 'fastest-levenshtein';
import { INCIDENT_WORDS, MAINTENANCE_WORDS } from '../../src/core/vocabulary.ts';

/** Elements that stand on lines of their own. */
const BLOCK = new Set(
  (
    'address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 ' +
    'h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table ul'
  ).split(' '),
);

export const TABLE_PARTS = new Set('caption thead tbody tfoot tr td th'.split(' '));
export function isBlock(node: { type: string; tagName?: string }): boolean {
  return node.type === 'element' && (BLOCK.has(node.tagName ?? '') || TABLE_PARTS.has(node.tagName ?? ''));
}

export function textNode(value: string): Text {
  return { type: 'text', value };
}

/** What one newline of a message means: a line break where it was typed as text, a space where it only wraps HTML. */
export type Newline = 'break' | 'space';

const ONE_LINE = new Set(['caption', 'dt', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'summary', 'td', 'th']);
/** Elements whose text stays as it stands. */
export const CODE = new Set('code kbd pre samp tt var'.split(' '));

/** Line breaks between two pieces of text: those that are tags, and newlines. */
interface Gap {
  tags: number;
  newlines: number;
}

/** The tree with newlines as `<br>`, and a paragraph wherever two breaks meet. */
export function breakLines(tree: HtmlRoot, newline: Newline): HtmlRoot {
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
  if (CODE.has(tagName)) return [node];
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
  if (node.type !== 'element' || CODE.has(node.tagName)) return node;
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

export function lineBreak(): Element {
  return { type: 'element', tagName: 'br', properties: {}, children: [] };
}

function paragraph(children: ElementContent[]): Element {
  return { type: 'element', tagName: 'p', properties: {}, children };
}

const LABEL_WORDS = Object.values(LABELS).map(({ label }) => label.toLowerCase());
const STATUS_WORDS = [...new Set<string>([...INCIDENT_WORDS, ...MAINTENANCE_WORDS])].map((word) =>
  word.replace('_', ' '),
);

const LABEL = /^(?<lead>[^\p{L}\p{N}]*)(?<words>\p{L}[\p{L} ]{1,24}?)[\s*_]*[:：]/u;
const STATUS_THEN_TIME =
  /^(?<lead>[^\p{L}\p{N}]*)(?<word>\p{L}[\p{L} _-]{1,24}?)(?<between>[^\p{L}\p{N}]*|\s+at\s+[^\p{L}\p{N}]*)\d/u;
const TIME_THEN_STATUS =
  /^(?<lead>[^\p{L}\p{N}]*)\d{4}\D.*[·—–|:,-][\s*_]*(?<word>\p{L}[\p{L} ]{1,24}?)[^\p{L}\p{N}]*$/u;
const CONFLICT = /^\s*(?:<{7}|>{7}|\|{7})/;

/** Whether Candor would read these words as a label, or take them for a misspelt one. */
function isNearlyLabel(words: string): boolean {
  return isNear(words, LABEL_WORDS);
}

/**
 * The place in a line of text of one character that must not stand there plainly, because Candor would take
 * the line for a labelled line ("Next update: 10:00"), for an update's heading ("Resolved - 2026-11-20 …") or
 * for a mark of a merge conflict. Nothing for a line that is only text.
 */
export function lookalikeAt(line: string): number | undefined {
  if (CONFLICT.test(line)) return line.search(/\S/);
  const label = LABEL.exec(line);
  if (label && isNearlyLabel(label.groups?.['words'] ?? '')) return label[0].length - 1;
  const status = STATUS_THEN_TIME.exec(line)?.groups;
  if (status && isNear(status['word'] ?? '', STATUS_WORDS)) return signAfter(status);
  const timed = TIME_THEN_STATUS.exec(line)?.groups;
  if (timed && isNear(timed['word'] ?? '', STATUS_WORDS)) return (timed['lead'] ?? '').length;
  return undefined;
}

/** Whether a line of the body's own headings says a status and nothing else. */
export function isStatusAlone(line: string): boolean {
  return isNear(line.replace(/[^\p{L} ]/gu, ''), STATUS_WORDS);
}

/** The sign that parts status and time, else the status's first letter. */
function signAfter({ lead = '', word = '', between = '' }: Record<string, string>): number {
  const sign = between.search(/[^\s\p{L}*_]/u);
  return sign === -1 ? lead.length : lead.length + word.length + sign;
}

/** A little more generous than the reader, which lets a third of the letters differ. */
function isNear(text: string, known: readonly string[]): boolean {
  const written = text
    .trim()
    .replace(/[\s_-]+/g, ' ')
    .toLowerCase();
  return known.some((word) => distance(written, word) <= Math.ceil(word.length / 3));
}

/**
 * A character written as a reference, `&#58;`. Rendered it is the character itself; in the file it keeps
 * Candor from reading the line as data.
 */
export interface CharacterReference {
  type: 'characterReference';
  value: string;
}

declare module 'mdast' {
  interface PhrasingContentMap {
    characterReference: CharacterReference;
  }
  interface RootContentMap {
    characterReference: CharacterReference;
  }
}

interface Phrasing {
  children: PhrasingContent[];
}

/**
 * Disarms every line of text that Candor would take, or nearly take, for an update's heading or for a labelled
 * line. What a reader sees stays the same.
 */
export function guardLines(tree: Root): void {
  guardAll(tree.children);
}

function guardAll(nodes: readonly RootContent[]): void {
  for (const node of nodes) {
    if (node.type === 'paragraph' || node.type === 'heading') guardPhrasing(node, node.type === 'heading');
    else if (node.type === 'code') node.value = node.value.replace(/^(?=<{7}|>{7}|\|{7})/gm, ' ');
    else if ('children' in node) guardAll(node.children);
  }
}

function guardPhrasing(parent: Phrasing, isHeading: boolean): void {
  unwrapBoldLabels(parent);
  for (const line of linesOf(parent)) {
    const text = line.map((leaf) => leaf.text).join('');
    const at = isHeading && isStatusAlone(text) ? text.search(/\p{L}/u) : lookalikeAt(text);
    if (at !== undefined) writeAsReference(line, at);
  }
}

/** Bold is what makes a label; no reference hides it, because readers of Markdown resolve them. */
function unwrapBoldLabels(parent: Phrasing): void {
  for (let index = 0; index < parent.children.length; index += 1) {
    const node = parent.children[index];
    const previous = parent.children[index - 1];
    const beginsLine = !previous || previous.type === 'break' || isBlankText(previous);
    if (!beginsLine || (node?.type !== 'strong' && node?.type !== 'emphasis')) continue;
    if (isNearlyLabel(visibleText(node).replace(/[:：].*$/s, ''))) parent.children.splice(index--, 1, ...node.children);
  }
}

/** A piece of the text of a line, and where it hangs. */
interface Leaf {
  parent: Phrasing;
  node: PhrasingContent;
  text: string;
}

function linesOf(parent: Phrasing): Leaf[][] {
  const lines: Leaf[][] = [[]];
  const collect = (node: Phrasing): void => {
    for (const child of node.children) {
      if (child.type === 'break') lines.push([]);
      else if ('children' in child) collect(child);
      else if ('value' in child) lines.at(-1)?.push({ parent: node, node: child, text: child.value });
    }
  };
  collect(parent);
  return lines;
}

function writeAsReference(line: readonly Leaf[], at: number): void {
  let start = 0;
  for (const { parent, node, text } of line) {
    const offset = at - start;
    start += text.length;
    if (offset >= text.length) continue;
    if (node.type !== 'text') return;
    const code = text.codePointAt(offset) ?? 0;
    const parts: PhrasingContent[] = [
      { type: 'text', value: text.slice(0, offset) },
      { type: 'characterReference', value: `&#${code};` },
      { type: 'text', value: text.slice(offset + String.fromCodePoint(code).length) },
    ];
    const kept = parts.filter((part) => part.type !== 'text' || part.value !== '');
    parent.children.splice(parent.children.indexOf(node), 1, ...kept);
    return;
  }
}

function isBlankText(node: PhrasingContent): boolean {
  return node.type === 'text' && node.value.trim() === '';
}

/** The text of a node of HTML or of Markdown. */
export function visibleText(node: ElementContent | PhrasingContent): string {
  if ('children' in node) return node.children.map(visibleText).join('');
  return 'value' in node ? node.value : '';
}
