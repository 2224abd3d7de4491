/** A problem in a file of `content/`. Field names follow `vfile-message`. */
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
  /** Whole lines to write, at the place that `edit` says. */
  expected?: string;
  /** Where to write `expected`. By default, it replaces the lines from `line` to `endLine`. */
  edit?: Edit;
  /** The last line that `expected` replaces. By default, `line`. */
  endLine?: number;
  /** An example of the right form, if the meaning is unclear. Not to be pasted. */
  example?: string;
}

/** `above` or `below` the line, at the `end` of the file, all with empty lines around; or as the new path of the file. */
export type Edit = 'above' | 'below' | 'end' | 'rename';

const ADVICE: Readonly<Record<Edit | 'replace', string>> = {
  replace: 'Write:',
  above: 'Add above this line:',
  below: 'Add below this line:',
  end: 'Add at the end of the file:',
  rename: 'Move the file to:',
};

/** What to write to fix a problem: an instruction and the text. */
export function adviceOf({ expected, edit, example }: Diagnostic): { how: string; text: string } | undefined {
  if (expected !== undefined) return { how: ADVICE[edit ?? 'replace'], text: expected };
  return example === undefined ? undefined : { how: 'For example:', text: example };
}

export function isError({ severity }: Pick<Diagnostic, 'severity'>): boolean {
  return severity === 'error';
}

/** Sorts by file, line, column and rule, so that the same content always gives the same list. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.ruleId, b.ruleId),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
