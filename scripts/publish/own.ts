import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { isError } from '../../src/core/diagnostic.ts';
import { readContent } from '../../src/reader/content.ts';
import type { SourceFile } from '../../src/reader/files.ts';
import type { History } from './history.ts';
import type { TrialContext } from './newest.ts';
import type { Change } from './report.ts';
import { olderTexts } from './settings.ts';

/**
 * The owner's style sheet and pages, each in its newest version without an error. One that has none is left out.
 * @param own without translations
 */
export async function settleOwn(
  own: readonly SourceFile[],
  history: History,
  context: TrialContext,
): Promise<{ files: SourceFile[]; changes: Change[] }> {
  const files: SourceFile[] = [];
  const changes: Change[] = [];
  for (const file of own) {
    const error = errorOf(file, context);
    if (!error) {
      files.push(file);
      continue;
    }
    const wrong = { file: file.path, line: error.line, reason: error.reason };
    const older = await olderOf(file, history, context);
    if (older) files.push({ path: file.path, text: older.text });
    changes.push(older ? { kind: 'older', ...wrong, version: older.version } : { kind: 'left-out', ...wrong });
  }
  return { files, changes };
}

async function olderOf({ path }: SourceFile, history: History, context: TrialContext) {
  for await (const older of olderTexts(history, path)) if (!errorOf({ path, text: older.text }, context)) return older;
  return undefined;
}

function errorOf(file: SourceFile, { site, components, words, publicFiles, ...options }: TrialContext) {
  const settings = [{ path: 'site.yml', text: site }, { path: 'components.yml', text: components }, ...words];
  const { diagnostics } = readContent({ files: [...settings, file], publicFiles }, options);
  return diagnostics.find((one: Diagnostic) => isError(one) && one.file === file.path);
}
