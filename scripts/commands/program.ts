import { Command } from 'commander';
import type { CommandContext } from '../lib/context.ts';
import { withKeptOptions } from '../lib/npm-options.ts';
import { terminal } from '../lib/output.ts';

type Register = (program: Command, context: CommandContext) => void;

/** Loaded when they are asked for: a build does not wait for prompts, nor a prompt for the importer. */
const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  new: async () => (await import('./new.ts')).registerNew,
  update: async () => (await import('./update.ts')).registerUpdate,
  resolve: async () => (await import('./resolve.ts')).registerResolve,
  maintenance: async () => (await import('./maintenance.ts')).registerMaintenance,
  announce: async () => (await import('./announce.ts')).registerAnnounce,
  undo: async () => (await import('./undo.ts')).registerUndo,
  init: async () => (await import('./init.ts')).registerInit,
  upgrade: async () => (await import('./upgrade.ts')).registerUpgrade,
  start: async () => (await import('./start.ts')).registerStart,
  dev: async () => (await import('./dev.ts')).registerDev,
  build: async () => (await import('./build.ts')).registerBuild,
  check: async () => (await import('./check.ts')).registerCheck,
  preview: async () => (await import('./preview.ts')).registerPreview,
  clock: async () => (await import('./clock.ts')).registerClock,
  scheduled: async () => (await import('./scheduled.ts')).registerScheduled,
  watch: async () => (await import('./watch.ts')).registerWatch,
  forms: async () => (await import('./forms.ts')).registerForms,
  form: async () => (await import('./form.ts')).registerForm,
  alert: async () => (await import('./alert.ts')).registerAlert,
  notify: async () => (await import('./notify.ts')).registerNotify,
  report: async () => (await import('./report.ts')).registerReport,
  mcp: async () => (await import('./mcp.ts')).registerMcp,
  import: async () => (await import('./import.ts')).registerImport,
};

/** Runs the command that this process was started with. */
export async function main(): Promise<void> {
  const context = terminal(process.env);
  const program = new Command('candor').description('A status page from Markdown.').showHelpAfterError();
  const args = process.argv.slice(2);
  const wanted = Object.entries(COMMANDS).filter(([name]) => name === args[0]);
  for (const [, load] of wanted.length > 0 ? wanted : Object.entries(COMMANDS)) (await load())(program, context);
  await runCommand(program, context, args);
}

/** Runs a command. The one place that turns what it throws into a message and an exit code. */
export async function runCommand(program: Command, context: CommandContext, args: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(withKeptOptions(args, program, context.env), { from: 'user' });
  } catch (error) {
    const { reportFailure } = await import('../lib/failure.ts');
    process.exitCode = await reportFailure(error, context);
  }
}
