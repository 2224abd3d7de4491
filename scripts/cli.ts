import { Command } from 'commander';
import { registerBuild } from './commands/build.ts';
import { registerCheck } from './commands/check.ts';
import { registerImport } from './commands/import.ts';
import type { CommandContext } from './context.ts';

const context: CommandContext = {
  env: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};

const program = new Command('candor').description('A status page from Markdown.').showHelpAfterError();
registerBuild(program, context);
registerCheck(program, context);
registerImport(program, context);

try {
  await program.parseAsync();
} catch (error) {
  context.err(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
