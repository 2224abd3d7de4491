import type { Command } from 'commander';
import { Option } from 'commander';
import type { Component, Content, Instant } from '../../src/core/model.ts';
import { componentStatus } from '../../src/core/schema/event.ts';
import { line } from '../../src/core/schema/fields.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import { COMPONENT_STATUSES, IMPACTS } from '../../src/core/vocabulary.ts';
import { headingWord, wordOf } from '../../src/reader/events/headings.ts';
import { didYouMean } from '../../src/reader/yaml/suggest.ts';
import { AuthorError } from '../lib/errors.ts';
import type { TimeWords } from '../../src/core/human-time.ts';
import { readTimeWords } from '../../src/core/human-time.ts';

/**
 * A text of one line: a title, a name, a ticket.
 * @param what how to call it: `title`
 */
export function readLine(text: string, what: string): string {
  const result = line.safeParse(text);
  if (result.success) return result.data;
  if (text.trim() === '') throw new AuthorError(`The ${what} is empty.`);
  throw new AuthorError(
    `The ${what} has to be one line of text, and it holds a line break or another character that cannot be published.`,
  );
}

/**
 * An instant from words.
 * @param option the option that holds them: `--next`
 */
export function readTimeOption(text: string, option: string, words: TimeWords): Instant {
  const result = readTimeWords(text, words);
  if ('instant' in result) return result.instant;
  throw new AuthorError(`${option}: ${result.problem}`);
}

/** The status of an update, as a heading may say it. */
export function readWord(text: string, vocabulary: readonly string[]): string {
  const word = wordOf(text.replaceAll(/[_-]/g, ' '), vocabulary);
  if (word !== undefined) return word;
  throw new AuthorError(`“${text}” is not a valid status here.${didYouMean(text, vocabulary.map(headingWord))}`);
}

/**
 * Statuses from `checkout=partial_outage` or `checkout:partial outage`, by id: aliases are resolved.
 * @param bare the status of a component that is named alone; without it that is refused
 */
export function readComponents(
  pairs: readonly string[],
  components: Content['components'],
  bare?: ComponentStatus,
): Record<string, ComponentStatus> {
  const statuses: Record<string, ComponentStatus> = {};
  for (const pair of pairs) {
    const [, name = '', written] = /^([^=:]*)(?:[=:](.*))?$/s.exec(pair) ?? [];
    const { id } = findComponent(name.trim(), components);
    if (id in statuses) throw new AuthorError(`The component “${id}” is named twice.`);
    statuses[id] = readStatus(pair, written, bare);
  }
  return statuses;
}

function findComponent(name: string, components: Content['components']): Component {
  const all = [...components.values()];
  const found = components.get(name) ?? all.find(({ aliases }) => aliases.includes(name));
  if (found) return found;
  throw new AuthorError(`There is no component “${name}”.${didYouMean(name, [...components.keys()])}`);
}

function readStatus(pair: string, written: string | undefined, bare?: ComponentStatus): ComponentStatus {
  if (written === undefined && bare) return bare;
  const status = componentStatus.safeParse(written ?? '');
  if (status.success) return status.data;
  const example = `${pair.split(/[=:]/)[0]?.trim()}=partial_outage`;
  if (written === undefined) throw new AuthorError(`“${pair}” says no status. Write it as ${example}.`);
  throw new AuthorError(
    `“${written.trim()}” is not a component status.${didYouMean(written, [...COMPONENT_STATUSES])}`,
  );
}

/** Areas from repeated options, each of which may hold several separated by commas. */
export function readAreas(written: readonly string[]): string[] {
  return written
    .flatMap((text) => readLine(text, 'area').split(','))
    .map((area) => area.trim())
    .filter((area) => area !== '');
}

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
