import type { Command } from 'commander';
import { Option } from 'commander';
import { IMPACTS } from '../../src/core/vocabulary.ts';

/** What `--commit` and its like are on every command that writes. */
export function withPublishing(command: Command): Command {
  return command
    .option('--commit', 'commit what was written, and nothing else')
    .option('--no-commit', 'write, and do not offer a commit')
    .addOption(
      new Option('--pull-request', 'push it on a branch of its own and open a pull request').conflicts('commit'),
    )
    .option('--dry-run', 'show what would be written, and write nothing')
    .option('--json', 'print the outcome as JSON, and ask nothing');
}

/** What is said to customers. */
export function withMessage(command: Command): Command {
  return command
    .addOption(
      new Option('-m, --message <text>', 'what you tell customers, in Markdown; - for the standard input').conflicts(
        'messageFile',
      ),
    )
    .option('--message-file <file>', 'a file that holds it; - for the standard input');
}

/** The prepared messages of `content/templates/`. */
export function withTemplates(command: Command): Command {
  return command
    .addOption(
      new Option('--template <name>', 'a prepared message, by its name in content/templates/').conflicts([
        'message',
        'messageFile',
      ]),
    )
    .option('--set <blank=text>', 'what a blank of the template says; may be repeated', collect);
}

/** What any open update may say beside its message. */
export function withPromises(command: Command): Command {
  return command
    .option('--next <time>', 'when you will speak again, as 30m or 14:30')
    .option('--expected-fix <time>', 'when you expect it to work, as 2h or 14:30');
}

/** What the front matter of a new file may say beside its title. */
export function withFrontMatter(command: Command): Command {
  return command
    .option('--area <area>', 'a region or kind of customers that is affected; may be repeated', collect)
    .option('--reference <ticket>', 'your own ticket')
    .addOption(
      new Option('--impact <impact>', 'how bad it is; left out, it follows the components').choices([...IMPACTS]),
    );
}

/** Collects an option that may be repeated. */
export function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

/** Below the help of every command that takes times. */
export const TIMES_HELP = `
Times are written as 30m, 2h, "20 minutes ago", 14:30 (in the page's time zone), "tomorrow 02:00",
or as in the files: "2026-11-20 14:30 UTC".`;
