import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { Option } from 'commander';
import type { Progress } from '../lib/output.ts';
import type { Instant } from '../../src/core/days.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import type { FoundContent } from '../lib/content.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import { readStandardInput } from '../lib/files.ts';
import type { Answers } from './answers.ts';
import { tidyMessage } from './answers.ts';
import { approve } from './approve.ts';
import type { ChosenEvent } from './choose-event.ts';
import type { Draft } from './draft.ts';
import { presentText } from './present.ts';
import type { PostReport } from './post.ts';
import { post } from './post.ts';
import { isTerminal } from './prompts.ts';
import type { PublishOptions } from './publish.ts';
import type { Question } from './questions.ts';
import { askAll, complete } from './questions.ts';
import { runAuthoring } from '../lib/failure.ts';
import type { TemplateOptions } from './template.ts';
import { contextAt, hintsOnScheduled, publishTime, schedule } from './schedule.ts';
import { preparedWords, translateDraft, withFiles } from './translate.ts';
import { howToSay, messageOf, readWords } from './template.ts';
import { IMPACTS } from '../../src/core/vocabulary.ts';

/** What `--commit` and its like are on every command that writes. */
export function withPublishing(command: Command): Command {
  return command
    .option('--commit', 'commit only this change')
    .option('--no-commit', 'write the file without offering to commit')
    .option('--push', 'commit and push, which publishes it')
    .option('--wait', 'the same, and wait until the page shows it')
    .addOption(
      new Option('--pull-request', 'push the change to a new branch and open a pull request').conflicts([
        'commit',
        'push',
        'wait',
      ]),
    )
    .option('--dry-run', 'show the result without writing it')
    .option('--json', 'print the result as JSON, without asking questions');
}

/** What is said to customers. */
export function withMessage(command: Command): Command {
  return command
    .addOption(
      new Option('-m, --message <text>', 'the message to customers, in Markdown; - reads standard input').conflicts(
        'messageFile',
      ),
    )
    .option('--message-file <file>', 'a file with the message; - reads standard input');
}

/** The prepared messages of `content/templates/`. */
function withTemplates(command: Command): Command {
  return command
    .addOption(
      new Option('--template <name>', 'the name of a template in content/templates/').conflicts([
        'message',
        'messageFile',
      ]),
    )
    .option('--set <blank=text>', 'the text for a blank in the template; can be repeated', collect);
}

/** What any open update may say beside its message. */
export function withPromises(command: Command): Command {
  return command
    .option('--next <time>', 'time of the next update, such as 30m or 14:30')
    .option('--expected-fix <time>', 'time by which you expect a fix, such as 2h or 14:30');
}

/** For what may be published later. */
export function withSchedule(command: Command): Command {
  return command.addOption(
    new Option(
      '--publish-at <time>',
      'write it to content/scheduled/, from where it is published at this time',
    ).conflicts('at'),
  );
}

/** What the front matter of a new file may say beside its title. */
export function withFrontMatter(command: Command): Command {
  return command
    .option('--area <area>', 'an affected region or group of customers; can be repeated', collect)
    .option('--reference <ticket>', 'your own ticket number')
    .addOption(new Option('--impact <impact>', 'the impact (default: worst component status)').choices([...IMPACTS]));
}

/** Collects an option that may be repeated. */
export function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

/** Below the help of every command that takes times. */
export const TIMES_HELP = `
Times can be 30m, 2h, "20 minutes ago", 14:30 (in the page's time zone), "tomorrow 02:00",
or the form used in files: "2026-11-20 14:30 UTC".`;

/** What the commands that write to customers have in common on the command line. */
export type AuthoringOptions = Answers &
  TemplateOptions &
  PublishOptions & { messageFile?: string; publishAt?: string };

/** One command that writes an update, or a new file with its first. */
interface AuthoringCommand<Options extends AuthoringOptions> {
  name: string;
  description: string;
  words: readonly (readonly [name: string, description: string])[];
  /** Adds the options of its own; those of `--message` and of publishing stand on all of them. */
  options: (command: Command) => Command;
  /** Further ones that it shares with some. */
  shared?: readonly ((command: Command) => Command)[];
  /**
   * Finds out what is to be written where.
   * @param asks whether there is somebody to ask
   */
  plan: (words: readonly string[], options: Options, context: CommandContext, asks: boolean) => Promise<Plan>;
}

/** What is to be written where. */
export interface Plan {
  found: FoundContent;
  kind: StatusEvent['kind'];
  /** The event that gets an update, as it is in its file; nothing for a new file. */
  target?: Pick<ChosenEvent, 'event' | 'text' | 'hints'>;
  /** What was said already. */
  given: AuthoringOptions;
  /** The only status that it can write, where there is one. */
  status?: string;
  /** What is asked for if it was not said, in this order. */
  questions: readonly Question[];
  /** Whether nothing is asked: blanks for which nothing was said say what they usually do. */
  isQuick?: boolean;
  draft: (answers: Answers) => Draft;
  /** @returns warnings */
  approve?: (found: FoundContent, draft: Draft) => Diagnostic[];
  /** Sentences on what is written. */
  hints?: (answers: Answers) => readonly string[];
}

/** Registers a command: what was said is completed, drafted, read as the page reads it, shown, and written. */
export function registerAuthoring<Options extends AuthoringOptions>(
  program: Command,
  context: CommandContext,
  { name, description, words, options: withOwn, shared = [], plan }: AuthoringCommand<Options>,
): void {
  const command = program.command(name).description(description);
  for (const word of words) command.argument(...word);
  [withOwn, withMessage, withTemplates, ...shared, withPublishing].forEach((add) => add(command));
  command.addHelpText('after', TIMES_HELP).action(() => {
    const options = command.opts<Options>();
    return runAuthoring(context, options, async (progress) => {
      const asks = !options.json && isTerminal();
      const at = options.publishAt === undefined ? undefined : await publishTime(options.publishAt, context);
      // What is published later is written, and read, as of then.
      const planned = await plan(command.args, options, at === undefined ? context : contextAt(at, context), asks);
      return write(planned, asks && !planned.isQuick, options, context, progress, at);
    });
  });
}

/** The argument for the message, behind that for the id. */
export const MESSAGE_ARGUMENT = ['[message...]', 'what you tell customers, in quotes; the id may be left out'] as const;

/** @throws {CommandError} when there is another message already */
export function withArgument<Options extends AuthoringOptions>(options: Options, message: string | undefined): Options {
  if (message === undefined) return options;
  const { message: option, messageFile, template } = options;
  if (![option, messageFile, template].every((one) => one === undefined)) {
    throw new CommandError(`“${message}” would be a second message. Leave out one of them.`);
  }
  return { ...options, message };
}

async function write(
  plan: Plan,
  asks: boolean,
  options: AuthoringOptions,
  context: CommandContext,
  progress: Progress,
  at: Instant | undefined,
): Promise<PostReport> {
  const { found, kind, target, questions, draft } = plan;
  if (target && !options.json) context.out(`${presentText(target.event, found)}\n`);
  const words = readWords(plan.given, { kind, found, event: target?.event }, plan.status);
  // In a new file there is no status yet that an update could repeat.
  const template = target || words.template?.status !== 'update' ? words.template : undefined;
  const status = plan.status ?? plan.given.status ?? template?.status;
  const said = { ...plan.given, ...(status !== undefined && { status }) };
  const message = { ...(await readMessage(plan.given)), ...messageOf(words, said, !asks) };
  const given: Answers = { ...said, ...message };
  const approved = (answers: Answers) => {
    const drafted = draft(answers);
    const prepared = preparedWords(words, answers);
    const translated = plan.approve
      ? { files: [], hints: [] }
      : translateDraft(prepared, drafted, found, target?.event);
    const after = withFiles(found, translated.files);
    const warnings = plan.approve?.(after, drafted) ?? approve(after, drafted, target?.event);
    return { draft: drafted, warnings, translated };
  };
  const needed = {
    ...(questions.includes('title') && { title: 'a title' }),
    ...(questions.includes('message') && { message: howToSay(words, said) }),
    ...(questions.includes('scheduled') && { scheduled: '--scheduled' }),
    ...(questions.includes('until') && given.for === undefined && { until: '--until or --for' }),
  };
  const ask = () => askAll(given, questions, { words, check: approved });
  const answers = await complete<Answers>(given, needed, asks ? ask : undefined);
  const { translated, ...ready } = approved(answers);
  const waiting = target ? hintsOnScheduled(target.event, found) : [];
  const hints = [...(target?.hints ?? []), ...waiting, ...(plan.hints?.(answers) ?? []), ...translated.hints];
  const change = { ...ready, translations: translated.files, hints, ...(target && { before: target.text }) };
  return post(at === undefined ? change : schedule(change, at, found), options, found, context, progress);
}

/** The message from its options; nothing when none of them was given. `-` is the standard input. */
export async function readMessage({ message, messageFile }: AuthoringOptions): Promise<{ message?: string }> {
  const source = message === '-' ? '-' : messageFile;
  const text = source === undefined ? message : await readText(source);
  if (text === undefined) return {};
  const tidy = tidyMessage(text);
  if (tidy === '') throw new CommandError('The message is empty. Write what customers notice and what you are doing.');
  return { message: tidy };
}

async function readText(source: string): Promise<string> {
  if (source === '-') return (await readStandardInput()).toString('utf8');
  return readFile(source, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`The message cannot be read from ${source} (${error.code}).`);
  });
}
