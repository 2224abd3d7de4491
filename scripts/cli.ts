#!/usr/bin/env node
import './lib/compile-cache.ts';
import { Command } from 'commander';
import type { CommandContext } from './lib/context.ts';
import { terminal } from './lib/output.ts';

const context = terminal(process.env);

type Register = (program: Command, context: CommandContext) => void;

/** Loaded when they are asked for: a build does not wait for prompts, nor a prompt for the importer. */
const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  new: async () => (await import('./commands/new.ts')).registerNew,
  update: async () => (await import('./commands/update.ts')).registerUpdate,
  resolve: async () => (await import('./commands/resolve.ts')).registerResolve,
  maintenance: async () => (await import('./commands/maintenance.ts')).registerMaintenance,
  init: async () => (await import('./commands/init.ts')).registerInit,
  upgrade: async () => (await import('./commands/upgrade.ts')).registerUpgrade,
  start: async () => (await import('./commands/start.ts')).registerStart,
  build: async () => (await import('./commands/build.ts')).registerBuild,
  check: async () => (await import('./commands/check.ts')).registerCheck,
  preview: async () => (await import('./commands/preview.ts')).registerPreview,
  clock: async () => (await import('./commands/clock.ts')).registerClock,
  watch: async () => (await import('./commands/watch.ts')).registerWatch,
  forms: async () => (await import('./commands/forms.ts')).registerForms,
  form: async () => (await import('./commands/form.ts')).registerForm,
  alert: async () => (await import('./commands/alert.ts')).registerAlert,
  notify: async () => (await import('./commands/notify.ts')).registerNotify,
  report: async () => (await import('./commands/report.ts')).registerReport,
  import: async () => (await import('./commands/import.ts')).registerImport,
};

const program = new Command('candor').description('A status page from Markdown.').showHelpAfterError();
const wanted = Object.entries(COMMANDS).filter(([name]) => name === process.argv[2]);
for (const [, load] of wanted.length > 0 ? wanted : Object.entries(COMMANDS)) (await load())(program, context);

try {
  await program.parseAsync();
} catch (error) {
  context.err(`${error instanceof Error ? error.message : String(error)}\n`);
  const named = await (await import('./lib/diagnostics.ts')).nameCulprits(context.env).catch(() => undefined);
  if (named) context.err(`${named}\n`);
  process.exitCode = 1;
}
