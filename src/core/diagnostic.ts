/** What is wrong in a file of `content/`, as data; field names follow `vfile-message`. */
export interface Diagnostic {
  /** Path below the content folder, with `/`. */
  file: string;
  /** Counted from 1. */
  line: number;
  /** Counted from 1, in UTF-16 code units. */
  column: number;
  ruleId: string;
  severity: 'error' | 'warning';
  /** What happened and why, in full sentences. */
  reason: string;
  /** The line, or the lines, to write instead. */
  expected?: string;
}

/** By file, line, column, then rule, so that the same content always gives the same list. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.ruleId, b.ruleId),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
