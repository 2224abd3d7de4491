import { Command } from 'commander';
import { registerBuild } from './commands/build.ts';
import { registerCheck } from './commands/check.ts';
import { registerClock } from './commands/clock.ts';
import { registerImport } from './commands/import.ts';
import { registerInit } from './commands/init.ts';
import { registerMaintenance } from './commands/maintenance.ts';
import { registerNew } from './commands/new.ts';
import { registerResolve } from './commands/resolve.ts';
import { registerUpdate } from './commands/update.ts';
import type { CommandContext } from './context.ts';

const context: CommandContext = {
  env: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};

const program = new Command('candor').description('A status page from Markdown.').showHelpAfterError();
registerNew(program, context);
registerUpdate(program, context);
registerResolve(program, context);
registerMaintenance(program, context);
registerInit(program, context);
registerBuild(program, context);
registerCheck(program, context);
registerClock(program, context);
registerImport(program, context);

try {
  await program.parseAsync();
} catch (error) {
  context.err(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
