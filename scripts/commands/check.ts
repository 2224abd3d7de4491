import type { Command } from 'commander';
import { Option } from 'commander';
import { sortDiagnostics } from '../../src/core/diagnostic.ts';
import type { CommandContext } from '../context.ts';
import { driftWarning, findDrift, settledContent } from '../forms/drift.ts';
import { readContentFolder } from '../read.ts';
import type { Format } from '../reporters/index.ts';
import { FORMATS, printDiagnostics } from '../reporters/index.ts';

/** `check`: what is wrong in the content folder. Exits with 1 when there are errors. */
export function registerCheck(program: Command, { env, out }: CommandContext): void {
  program
    .command('check')
    .description('say what is wrong in the content folder, and what to write instead')
    .addOption(new Option('--format <format>', 'how to print it').choices([...FORMATS]).default('terminal'))
    .action(async ({ format }: { format: Format }) => {
      const reading = await readContentFolder(env);
      const { folder, now } = reading;
      const content = settledContent(reading);
      const drift = content ? await findDrift(folder, content, now) : [];
      const diagnostics = sortDiagnostics([...reading.diagnostics, ...driftWarning(drift)]);
      const colour = !env['NO_COLOR'] && Boolean(process.stdout.isTTY || env['FORCE_COLOR']);
      const text = printDiagnostics(diagnostics, format, { folder, colour });
      if (text) out(`${text}\n`);
      if (diagnostics.some(({ severity }) => severity === 'error')) process.exitCode = 1;
    });
}
