import type { PhrasingContent, Root, RootContent } from 'mdast';
import { isNearlyLabel, isStatusAlone, lookalikeAt } from './lookalikes.ts';

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

function visibleText(node: PhrasingContent): string {
  if ('children' in node) return node.children.map(visibleText).join('');
  return 'value' in node ? node.value : '';
}
