import type { Command, Option } from 'commander';
import type { CommandContext } from './context.ts';
import { CommandError } from './errors.ts';

/** npm has options of these names itself, so they may come from a file of settings. */
const OF_NPM = ['--force', '--json', '--message', '--yes'];

/**
 * The command line with the options that npm kept for itself, since no `--` stands before them. npm hands them over in the
 * environment, and leaves the value of one, if a space stands before it, among the other words.
 * @throws {CommandError} when nobody can tell which value belongs to which option
 * @see https://docs.npmjs.com/cli/v11/using-npm/config#environment-variables
 */
export function withKeptOptions(args: readonly string[], program: Command, env: CommandContext['env']): string[] {
  const command = program.commands.find((one) => one.name() === args[0]);
  if (!command || env['npm_lifecycle_event'] !== args[0]) return [...args];
  const kept = command.options.flatMap((option) => {
    const value = env[`npm_config_${option.name().replaceAll('-', '_')}`];
    return value && !option.negate && !OF_NPM.includes(option.long ?? '') ? [{ option, value }] : [];
  });
  const isParted = ({ option, value }: (typeof kept)[number]) => !option.isBoolean() && value === 'true';
  const parted = kept.filter(isParted);
  const words = args.filter((word) => !word.startsWith('-'));
  if (parted.length > 1 || (parted.length === 1 && words.length < 2)) {
    const names = new Intl.ListFormat('en').format(parted.map(({ option }) => option.long ?? ''));
    throw new CommandError(`npm kept ${names} for itself. Put -- before the options: npm run ${args[0]} -- …`);
  }
  const rest = parted.length === 1 ? args.toSpliced(args.lastIndexOf(words.at(-1) ?? ''), 1) : args;
  const text = ({ option, value }: { option: Option; value: string }) =>
    option.isBoolean() ? `${option.long}` : `${option.long}=${value === 'true' ? words.at(-1) : value}`;
  return [...rest, ...kept.map(text)];
}
