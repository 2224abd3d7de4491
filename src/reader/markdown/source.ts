import type { Position, Report } from '../rules.ts';

// Characters that XML 1.0 and HTML forbid: control characters and noncharacters.
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/u;
// YAML and Markdown parsers take quadratic time for these. Nobody writes this much by hand.
const LONGEST_LINE = 20_000;
const DEEPEST_PREFIX = 100;
const MOST_MARKS = 4000;
/** The most cells of a table. Each row has as many cells as the head, even if it is written with fewer. */
const MOST_CELLS = 20_000;
const NESTING = /^(?:[>\t ]|(?:[-*+]|\d{1,9}[.)])[\t ])*/;
const CONFLICT_MARKS = /^(<{7}|>{7}|\|{7}|={7})( .*)?$/gm;
const CONFLICT = /^(<{7}|>{7}|\|{7})( |$)/m;

/** Text with `\n` line ends only and without a byte order mark, so that lines and columns are those of an editor. */
export function normalizeText(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

/**
 * Reports forbidden characters and merge conflicts. Returns whether to read the rest: with conflict markers, every further
 * message would be noise.
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

/** Reports lines that could slow down a build. Returns whether there are any. */
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
 * Reports paragraphs with so many markup characters that parsing would be too slow, or nest too deeply. Returns whether
 * there are none. Characters in code count too, because code is known only after parsing.
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

/** Counts markup characters. A bracket costs more than emphasis, because its end can be anywhere in the paragraph. */
function marksIn(line: string): number {
  return 4 * (line.match(/[<[]/g)?.length ?? 0) + (line.match(/[*_~]/g)?.length ?? 0);
}

/** Line and column of an offset in a text. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}
