import type { Position, Report } from './rules.ts';

// What XML 1.0 and HTML forbid: control characters, and code points that are no characters.
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/u;
// Parsers of YAML and Markdown take time that grows with the square of these; nobody writes so much by hand.
const LONGEST_LINE = 20_000;
const DEEPEST_PREFIX = 100;
const NESTING = /^(?:[>\t ]|(?:[-*+]|\d{1,9}[.)])[\t ])*/;
const CONFLICT = /^(<{7}|>{7}|\|{7})( |$)/m;

/** Text with `\n` line ends only and without a byte order mark, so that lines and columns are those of an editor. */
export function normalizeText(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

/**
 * Reports what no part of a file may hold. Returns whether the rest is worth reading: among the marks of a
 * merge conflict every further message would be noise.
 */
export function checkText(text: string, report: Report): boolean {
  const control = FORBIDDEN.exec(text);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    report(
      'control-character',
      positionAt(text, control.index),
      `The character U+${code} cannot be published. Delete it.`,
    );
  }
  const conflict = CONFLICT.exec(text);
  if (conflict) {
    const reason =
      'A merge conflict was left in this file. Keep one of the two versions and delete the lines of marks.';
    report('merge-conflict', positionAt(text, conflict.index), reason);
  }
  const sprawling = checkLines(text, report);
  return !control && !conflict && !sprawling;
}

/** Reports lines that could hold up a build; says whether there are some. */
function checkLines(text: string, report: Report): boolean {
  const lines = text.split('\n');
  const long = lines.findIndex((line) => line.length > LONGEST_LINE);
  if (long >= 0) {
    const reason = `The line has ${lines[long]?.length} characters, and at most ${LONGEST_LINE} are read. Break it.`;
    report('line-too-long', { line: long + 1, column: 1 }, reason);
  }
  const deep = lines.findIndex((line) => (NESTING.exec(line)?.[0].length ?? 0) > DEEPEST_PREFIX);
  if (deep >= 0) {
    report(
      'nested-too-deep',
      { line: deep + 1, column: 1 },
      'Lists or quotations nest too deep here to be read. Indent less.',
    );
  }
  return long >= 0 || deep >= 0;
}

/** Line and column of an offset in a text. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}
