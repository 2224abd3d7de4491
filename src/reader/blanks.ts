import type { Node } from 'unist';
import type { MarkdownBody } from './markdown.ts';
import { parseMarkdown, walk } from './markdown.ts';
import type { Position, Report } from './rules.ts';

/** A blank of a text, `{{effect}}`. */
export interface FoundBlank {
  /** What stands between the braces. */
  name: string;
  position: Position;
}

// A backslash before the first brace makes it text, as everywhere in Markdown.
const BLANK = /(?<=(?<!\\)(?:\\\\)*)\{\{([^{}]{1,100})\}\}/g;
/** What somebody might have named a blank. Braces around anything else are a text's own. */
const NAME = /^\s*\p{L}[\p{L}\p{N}_ -]*$/u;

/** The blanks of a text in its order. What stands in code or in a comment is none. */
export function findBlanks(body: MarkdownBody): FoundBlank[] {
  if (!body.lines.some((line) => line.includes('{{'))) return [];
  return proseLines(body).flatMap((line, index) =>
    [...line.matchAll(BLANK)].map((match) => ({
      name: match[1] ?? '',
      position: { line: index + body.firstLine, column: match.index + 1 },
    })),
  );
}

/**
 * A text with its blanks filled. What fills one is not looked at again, so that a value may hold braces.
 * @param values by the name of the blank; one without a value stays as it is
 */
export function fillBlanks(text: string, values: ReadonlyMap<string, string>): string {
  const body = parseMarkdown(text, 1);
  const lines = [...body.lines];
  for (const { name, position } of findBlanks(body).reverse()) {
    const line = lines[position.line - 1] ?? '';
    const value = values.get(name);
    if (value === undefined) continue;
    const start = position.column - 1;
    lines[position.line - 1] = line.slice(0, start) + value + line.slice(start + name.length + 4);
  }
  return lines.join('\n');
}

/** Reports every blank that was left in a text which customers will read. */
export function checkBlanks(body: MarkdownBody, report: Report): void {
  for (const { name, position } of findBlanks(body)) {
    if (!NAME.test(name)) continue;
    const reason = `${notFilled(name)} Write what it stands for; if customers are to read the braces, put them in code.`;
    report('blank-left', position, reason);
  }
}

/** Reports a blank that was left in a title. */
export function checkTitle(title: string, position: Position, report: Report): void {
  const [, name] = [...title.matchAll(BLANK)].find(([, inner]) => NAME.test(inner ?? '')) ?? [];
  if (name !== undefined) report('blank-left', position, `${notFilled(name)} Write what it stands for.`);
}

function notFilled(name: string): string {
  return `The blank “${name.trim()}” was not filled in.`;
}

/** The lines of a body, as long as they are, with spaces in the place of code and comments. */
function proseLines(body: MarkdownBody): string[] {
  const lines = [...body.lines];
  walk(body.tree, (node) => {
    if (node.type === 'code' || node.type === 'inlineCode') cover(node, lines, /[^]*/);
    if (node.type === 'html') cover(node, lines, /<!--[^]*?-->/g);
  });
  return lines;
}

/** Puts spaces in the place of what matches in the source of a node. */
function cover({ position }: Node, lines: string[], what: RegExp): void {
  if (!position) return;
  const { start, end } = position;
  const source = lines.slice(start.line - 1, end.line);
  const before = (source[0] ?? '').slice(0, start.column - 1);
  const after = (source.at(-1) ?? '').slice(end.column - 1);
  const all = source.join('\n');
  const inner = all.slice(before.length, all.length - after.length);
  const covered = before + inner.replace(what, (text) => text.replace(/[^\n]/g, ' ')) + after;
  lines.splice(start.line - 1, source.length, ...covered.split('\n'));
}
