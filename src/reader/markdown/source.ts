import type { Position, Report } from '../rules.ts';

// What XML 1.0 and HTML forbid: control characters, and code points that are no characters.
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/u;
// Parsers of YAML and Markdown take time that grows with the square of these; nobody writes so much by hand.
const LONGEST_LINE = 20_000;
const DEEPEST_PREFIX = 100;
const MOST_MARKS = 4000;
/** A row of a table is as wide as its head, however short it is written. */
const MOST_CELLS = 20_000;
const NESTING = /^(?:[>\t ]|(?:[-*+]|\d{1,9}[.)])[\t ])*/;
const CONFLICT_MARKS = /^(<{7}|>{7}|\|{7}|={7})( .*)?$/gm;
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
      'This file has an unresolved merge conflict. Keep one version, and delete the other and the marker lines.';
    report('merge-conflict', positionAt(text, conflict.index), reason);
  }
  const sprawling = checkLines(text, report);
  return !control && !conflict && !sprawling;
}

/** Removes forbidden characters, merge conflict markers and comments. */
export function withoutForbidden(text: string): string {
  const published = text.replace(/<!--[\s\S]*?(-->|$)/g, (comment) => comment.replace(/[^\n]/g, ''));
  const merged = CONFLICT.test(published) ? published.replace(CONFLICT_MARKS, '') : published;
  return merged.replace(new RegExp(FORBIDDEN.source, 'gu'), '');
}

/** Reports lines that could hold up a build; says whether there are some. */
export function checkLines(text: string, report: Report): boolean {
  const lines = text.split('\n');
  const long = lines.findIndex((line) => line.length > LONGEST_LINE);
  if (long >= 0) {
    const reason = `The line has ${lines[long]?.length} characters; the limit is ${LONGEST_LINE}. Break it up.`;
    report('line-too-long', { line: long + 1, column: 1 }, reason);
  }
  const deep = lines.findIndex((line) => (NESTING.exec(line)?.[0].length ?? 0) > DEEPEST_PREFIX);
  if (deep >= 0) {
    report(
      'nested-too-deep',
      { line: deep + 1, column: 1 },
      'Lists or quotations are nested too deeply here. Indent less.',
    );
  }
  return long >= 0 || deep >= 0;
}

/**
 * Reports a paragraph with so many marks that looking for what belongs to each would hold up a build, or nest too deep;
 * says whether there is none. Code counts too: what is code shows only once it is parsed.
 * @param firstLine the line of the file that the text begins on
 */
export function checkParagraphs(text: string, firstLine: number, report: Report): boolean {
  let marks = 0;
  let rows = 0;
  let columns = 0;
  const crowded = text.split('\n').findIndex((line) => {
    const isEmpty = line.trim() === '';
    marks = isEmpty ? 0 : marks + marksIn(line);
    rows = isEmpty ? 0 : rows + 1;
    columns = isEmpty ? 0 : Math.max(columns, line.match(/\|/g)?.length ?? 0);
    return marks > MOST_MARKS || rows * columns > MOST_CELLS;
  });
  if (crowded < 0) return true;
  const what = marks > MOST_MARKS ? 'brackets, asterisks or underscores' : 'table cells';
  const reason = `There are too many ${what} here without an empty line. Split this up with empty lines.`;
  report('nested-too-deep', { line: crowded + firstLine, column: 1 }, reason);
  return false;
}

/** A bracket costs more than emphasis: its end is looked for up to the end of the paragraph. */
function marksIn(line: string): number {
  return 4 * (line.match(/[<[]/g)?.length ?? 0) + (line.match(/[*_~]/g)?.length ?? 0);
}

/** Line and column of an offset in a text. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}
