import { Command } from 'commander';
import { runCommand } from '../../../scripts/commands/program.ts';
import type { CommandContext } from '../../../scripts/lib/context.ts';

export interface Outcome {
  out: string;
  err: string;
  code: number;
}

/**
 * Runs a command in this process to its end, as `scripts/cli.mjs` does in one of its own, which takes ten times as long.
 * @param folder where it runs, if not where the test does
 */
export async function callCommand(
  register: (program: Command, context: CommandContext) => void,
  args: readonly string[],
  env: CommandContext['env'],
  folder = '.',
): Promise<Outcome> {
  const said = { out: '', err: '' };
  const context = { env, out: (text: string) => (said.out += text), err: (text: string) => (said.err += text) };
  const program = new Command('candor').exitOverride().configureOutput({ writeErr: () => undefined });
  register(program, context);
  for (const command of program.commands.flatMap((one) => [one, ...one.commands]))
    command.copyInheritedSettings(program);
  const here = process.cwd();
  process.chdir(folder);
  process.exitCode = undefined;
  try {
    await runCommand(program, context, args);
    return { ...said, code: Number(process.exitCode ?? 0) };
  } finally {
    process.exitCode = undefined;
    process.chdir(here);
  }
}
