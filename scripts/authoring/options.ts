import type { Command } from 'commander';
import { Option } from 'commander';
import { IMPACTS } from '../../src/core/vocabulary.ts';

/** What `--commit` and its like are on every command that writes. */
export function withPublishing(command: Command): Command {
  return command
    .option('--commit', 'commit only this change')
    .option('--no-commit', 'write the file without offering to commit')
    .addOption(
      new Option('--pull-request', 'push the change to a new branch and open a pull request').conflicts('commit'),
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
export function withTemplates(command: Command): Command {
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
