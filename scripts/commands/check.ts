import type { Command } from 'commander';
import { Option } from 'commander';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { sortDiagnostics } from '../../src/core/diagnostic.ts';
import type { Content } from '../../src/core/model.ts';
import { CATALOGS } from '../../src/i18n/words.ts';
import { readContent } from '../../src/reader/content.ts';
import { normalizeText } from '../../src/reader/markdown/source.ts';
import type { CommandContext } from '../lib/context.ts';
import { usesColour } from '../lib/output.ts';
import { driftWarning, findDrift, settledContent } from '../forms/sync.ts';
import { editedWindows, publishedMaintenance } from '../preview/sides.ts';
import type { FolderReading } from '../lib/content.ts';
import { readContentFolder } from '../lib/content.ts';
import { untranslatedText } from '../lib/untranslated.ts';
import { printable } from '../../src/core/printable.ts';
import { scheduledIn, scheduledLine } from '../lib/scheduled.ts';
import { missingTranslations } from '../../src/core/translations.ts';
import type { Format } from '../lib/diagnostics.ts';
import { FORMATS, printDiagnostics } from '../lib/diagnostics.ts';

/** `check`: what is wrong in the content folder. Exits with 1 when there are errors. */
export function registerCheck(program: Command, { env, out }: CommandContext): void {
  program
    .command('check')
    .description('check the content folder, and suggest corrections')
    .addOption(new Option('--format <format>', 'output format').choices([...FORMATS]).default('terminal'))
    .action(async ({ format }: { format: Format }) => {
      const reading = await readContentFolder(env);
      const { folder, now } = reading;
      const content = settledContent(reading);
      const drift = content ? await findDrift(folder, content, now, { events: false }) : [];
      const edited = content ? await editedSincePublished(reading, content, env) : [];
      const diagnostics = sortDiagnostics([...reading.diagnostics, ...driftWarning(drift), ...edited]);
      const text = printDiagnostics(diagnostics, format, { folder, colour: usesColour(env) });
      if (text) out(`${text}\n`);
      const coming =
        format === 'terminal' ? scheduledIn(reading).map((one) => `Will be published: ${scheduledLine(one)}.`) : [];
      if (coming.length > 0) out(`\n${printable(coming.join('\n'))}\n`);
      const untranslated = format === 'terminal' && reading.content ? missingTranslations(reading.content, now) : [];
      if (untranslated.length > 0) out(`\n${untranslatedText(untranslated, folder)}\n`);
      if (diagnostics.some(({ severity }) => severity === 'error')) process.exitCode = 1;
    });
}

/** Windows of published maintenance that were edited since. */
async function editedSincePublished(
  { folder, source, now }: FolderReading,
  content: Content,
  env: CommandContext['env'],
): Promise<Diagnostic[]> {
  const published = await publishedMaintenance(folder, env);
  if (published.length === 0) return [];
  const paths = new Set(published.map(({ path }) => path));
  const files = source.files.filter(({ path }) => !/^(incidents|maintenance)\//.test(path) && !paths.has(path));
  const old = [...files, ...published.map(({ path, text }) => ({ path, text: normalizeText(text) }))];
  const before = readContent({ ...source, files: old }, { now, catalogs: CATALOGS }).content;
  return before ? editedWindows(before, content, source, now) : [];
}
