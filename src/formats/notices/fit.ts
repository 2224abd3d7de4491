import type { Nodes, Root } from 'mdast';

const ELLIPSIS = '…';

/**
 * The text, or as many of its first words as fit, with `…` at the end.
 * @param limit for the result of `write`, in UTF-16 units
 */
export function fitText(text: string, limit: number, write: (text: string) => string = (it) => it): string {
  return fit(
    text,
    text.length,
    (length) => cutText(text, length),
    (it) => write(it).length <= limit,
  );
}

/** Like `fitText`, for a tree: it is cut before it is written, so that its markup stays complete. */
export function fitTree(tree: Root, fits: (tree: Root) => boolean): Root {
  return fit(tree, lengthOf(tree), (length) => cutTree(tree, length), fits);
}

/** Finds by bisection how much fits. Nothing if not even the first word does. */
function fit<T>(whole: T, length: number, cut: (length: number) => T, fits: (part: T) => boolean): T {
  if (fits(whole)) return whole;
  let least = 0;
  let most = length;
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(cut(middle))) least = middle;
    else most = middle - 1;
  }
  return cut(least);
}

/** At most `length` units of a text, cut after a word if possible. */
function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const start = text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
  const word = /^\s/.test(text.slice(length)) ? start : start.replace(/\s+\S*$/, '');
  return word.trimEnd() + ELLIPSIS;
}

function cutTree(tree: Root, length: number): Root {
  let left = length;
  const cut = <T extends Nodes>(node: T): T[] => {
    if (left < 0) return [];
    if ('value' in node) {
      const value = cutText(node.value, left);
      left = value === node.value ? left - value.length : -1;
      return [{ ...node, value }];
    }
    return 'children' in node ? [{ ...node, children: (node.children as Nodes[]).flatMap(cut) }] : [node];
  };
  return cut(tree)[0] ?? { type: 'root', children: [] };
}

function lengthOf(node: Nodes): number {
  if ('value' in node) return node.value.length;
  return 'children' in node ? node.children.reduce((sum, child) => sum + lengthOf(child), 0) : 0;
}

/** Letters that stand without spaces between their words. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fb\u30fc\uff01-\uff60`;
/** What stands in two columns of a terminal, as https://www.unicode.org/reports/tr11/ has it. */
const WIDE = new RegExp(String.raw`[${UNSPACED}\p{Script=Hangul}\uffe0-\uffe6]`, 'gu');
/** What no line begins with: https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end */
const NO_START = String.raw`\p{Pe}\p{Pf}\p{M}、。，．：；？！…‥・～,.:;?!%々〻ゝゞヽヾーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ`;
/** Where a word of such letters may be broken: not behind an opening bracket, nor before what begins no line. */
const BREAKS = new RegExp(`(?<![\\p{Ps}\\p{Pi}])(?![${NO_START}])(?:(?<=[${UNSPACED}])|(?=[${UNSPACED}]))`, 'u');

function columnsOf(text: string): number {
  return text.length + (text.match(WIDE) ?? []).filter((letter) => letter.length === 1).length;
}

/** The pieces between which a line may be broken, each with what parts it from the one before it. */
function piecesOf(line: string): { space: '' | ' '; text: string }[] {
  return line.split(' ').flatMap((word) => {
    const pieces = word.includes('://') ? [word] : word.split(BREAKS);
    return pieces.map((text, index) => ({ space: index === 0 ? (' ' as const) : ('' as const), text }));
  });
}

/**
 * Wraps lines at words, and between letters where a language has no spaces. New lines keep the prefix of a list item or
 * quote. Lines that start with four spaces are code and stay unchanged. Any other word that is longer than the line stays
 * whole.
 * @param width in columns of a terminal
 */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => (columnsOf(line) <= width || line.startsWith('    ') ? line : wrapLine(line, width)))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  const [, quote = '', start = '', rest = ''] = /^((?:> )*)(\s*(?:- |\d+\. )?)(.*)$/s.exec(line) ?? [];
  const below = quote + ' '.repeat(start.length);
  const lines: string[] = [];
  let current = quote + start;
  let empty = true;
  for (const { space, text } of piecesOf(rest)) {
    if (!empty && columnsOf(current + space + text) > width) {
      lines.push(current);
      current = below;
      empty = true;
    }
    current += (empty ? '' : space) + text;
    empty = false;
  }
  return [...lines, current].join('\n');
}
