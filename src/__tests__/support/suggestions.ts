import type { Diagnostic } from '../../core/diagnostic.ts';
import type { Reading } from '../../reader/content.ts';
import { normalizeText } from '../../reader/markdown/source.ts';

type Files = Readonly<Record<string, string>>;

/**
 * Applies every suggestion of a reading on its own, and reads again.
 * @throws if the diagnostic is still there, or if there is a new error
 */
export function checkSuggestions(files: Files, { diagnostics }: Reading, read: (files: Files) => Reading): void {
  for (const diagnostic of diagnostics.filter(({ expected }) => expected !== undefined)) {
    const after = read(applySuggestion(files, diagnostic)).diagnostics;
    const problem = problemLeft(diagnostic, diagnostics, after);
    if (problem === undefined) continue;
    const { file, line, ruleId, expected, edit = 'replace' } = diagnostic;
    throw new Error(`${ruleId} in ${file}:${line} suggests (${edit}):\n${expected}\n${problem}`);
  }
}

function problemLeft(
  diagnostic: Diagnostic,
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
): string | undefined {
  const same = (list: readonly Diagnostic[], id: string) => list.filter(({ ruleId }) => ruleId === id).length;
  if (same(after, diagnostic.ruleId) >= same(before, diagnostic.ruleId)) return `which leaves ${diagnostic.ruleId}`;
  const added = after.filter(
    ({ severity, ruleId }) => severity === 'error' && same(after, ruleId) > same(before, ruleId),
  );
  return added.length > 0 ? added.map(({ reason }) => `which is refused in its turn: ${reason}`).join('\n') : undefined;
}

/** The files after applying what a diagnostic suggests. */
export function applySuggestion(files: Files, { file, line, endLine = line, edit, expected = '' }: Diagnostic): Files {
  const text = files[file] ?? '';
  if (edit === 'rename') {
    const others = Object.entries(files).filter(([path]) => path !== file);
    return { ...Object.fromEntries(others), [expected]: text };
  }
  const lines = normalizeText(text).split('\n');
  const added = ['', ...expected.split('\n'), ''];
  if (edit === 'above') lines.splice(line - 1, 0, ...added);
  else if (edit === 'below') lines.splice(line, 0, ...added);
  else if (edit === 'end') lines.push(...added);
  else lines.splice(line - 1, endLine - line + 1, ...expected.split('\n'));
  return { ...files, [file]: lines.join('\n') };
}
