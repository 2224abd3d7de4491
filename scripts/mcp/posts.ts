import type { Option } from 'commander';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { collect, withPublishing } from '../authoring/pipeline.ts';
import type { CommandContext } from '../lib/context.ts';
import { reportFailure } from '../lib/failure.ts';

/** Adds a command that writes to customers. */
export type Register = (program: Command, context: CommandContext) => void;

/** How far a post goes is not for its options to say, and an assistant has no files to read from. */
const WITHHELD = new Set([...withPublishing(new Command()).options.map(nameOf), 'message-file']);

/** A single hyphen would read standard input, which is the protocol. */
const text = z.string().refine((value) => value !== '-', 'Write the text itself.');

/** What the commands take: their argument and options, in one flat object that every client can show to whoever approves it. */
export function postSchema(registers: readonly Register[], context: CommandContext) {
  const { commands } = programOf(registers, context);
  const uses = commands.flatMap((command) => [
    { name: 'subject', type: text, of: command.name(), what: command.registeredArguments[0]?.description ?? '' },
    ...command.options
      .map((option) => ({ name: nameOf(option), type: typeOf(option), of: command.name(), what: meaningOf(option) }))
      .filter(({ name }) => !WITHHELD.has(name)),
  ]);
  const shape = [...Map.groupBy(uses, ({ name }) => name)].map(([name, same]) => {
    const meanings = [...Map.groupBy(same, ({ what }) => what)];
    const description = meanings.map(([what, those]) => `${those.map(({ of }) => of).join(', ')}: ${what}`).join('; ');
    return [name, same[0]?.type.optional().describe(description)] as const;
  });
  const descriptions = commands.map((command) => `${command.name()}: ${command.description()}`).join('; ');
  const command = z.enum(commands.map((one) => one.name())).describe(descriptions);
  return z.strictObject({ command, ...(Object.fromEntries(shape) as Record<string, z.ZodOptional>) });
}

function nameOf({ long }: Pick<Option, 'long'>): string {
  return long?.replace(/^--/, '') ?? '';
}

function typeOf({ required, optional, argChoices, parseArg }: Option): z.ZodType {
  if (optional) return z.union([z.boolean(), text]);
  if (!required) return z.boolean();
  return argChoices ? z.enum(argChoices) : parseArg === collect ? z.array(text) : text;
}

/** `<id=status> an affected component`. How to repeat an option, or to read it from elsewhere, is for terminals. */
function meaningOf({ flags, description }: Option): string {
  const [form = ''] = /[<[].*/.exec(flags) ?? [];
  return `${form} ${description.replace(/; (can be repeated|- reads standard input)$/, '')}`.trim();
}

/** Runs the command of a post in this process. @param way `--dry-run`, `--pull-request` or `--push` */
export async function runPost(
  registers: readonly Register[],
  { command, subject, ...said }: Readonly<Record<string, unknown>>,
  way: string,
  context: CommandContext,
): Promise<void> {
  const options = Object.entries(said).flatMap(([name, value]) =>
    [value].flat().flatMap((one) => (one === true ? [`--${name}`] : one === false ? [] : [`--${name}=${String(one)}`])),
  );
  const args = [String(command), way, ...options, ...(subject === undefined ? [] : ['--', String(subject)])];
  await programOf(registers, context).parseAsync(args, { from: 'user' });
}

function programOf(registers: readonly Register[], context: CommandContext): Command {
  const program = new Command('candor')
    .exitOverride()
    .configureOutput({ writeOut: context.out, writeErr: context.err });
  for (const register of registers) register(program, context);
  return program;
}

/** Without colours, workflow commands, and questions that nobody sees. */
const PLAIN = { FORCE_COLOR: undefined, GITHUB_ACTIONS: undefined, GIT_TERMINAL_PROMPT: '0', GH_PROMPT_DISABLED: '1' };

/** What was done, and what a person would have read in a terminal meanwhile. */
export interface Outcome<Value> {
  value?: Value;
  said: string;
  failed: boolean;
}

/** Does something that a command does. Never throws: an error is said. */
export async function hear<Value>(
  { env }: CommandContext,
  work: (context: CommandContext) => Promise<Value>,
): Promise<Outcome<Value>> {
  let said = '';
  const say = (part: string): void => void (said += part);
  const context = { env: { ...env, ...PLAIN }, out: say, err: say };
  const outcome: { value?: Value } = {};
  try {
    outcome.value = await work(context);
  } catch (error) {
    process.exitCode = 1;
    if (!(error instanceof CommanderError)) await reportFailure(error, context);
  }
  const failed = process.exitCode !== undefined;
  process.exitCode = undefined;
  // A message of Git may repeat the address of a remote, with an account in it.
  return { ...outcome, said: said.replace(/\b([a-z][a-z+]*:\/\/)[^\s/@]*@/gi, '$1').trim(), failed };
}
