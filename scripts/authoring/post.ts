import { readFile } from 'node:fs/promises';
import { AuthorError } from '../lib/errors.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { headingWord } from '../../src/reader/events/headings.ts';
import type { CommandContext } from '../lib/context.ts';
import type { FoundContent } from '../lib/content.ts';
import { placeOf } from '../lib/content.ts';
import type { Draft } from './draft.ts';
import { updateText } from './edit.ts';
import { writeWhole } from '../lib/files.ts';
import { idFrom, stageOf } from './choose-event.ts';
import type { Published, PublishOptions } from './publish.ts';
import { publish } from './publish.ts';
import type { Progress } from './run.ts';
import { withoutSkips } from '../lib/git.ts';
import { startOf } from '../../src/core/ledger.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import { rhythmOf } from '../../src/core/promises.ts';
import { writeDuration } from './draft.ts';
import type { TemplateOptions } from './template.ts';
import { minuteOf } from '../../src/core/human-time.ts';

/** The options that hold what is said to customers. */
export interface MessageOptions {
  message?: string;
  messageFile?: string;
}

/** The message as it is written into a file; nothing when none of its options was given. `-` is the standard input. */
export async function readMessage({ message, messageFile }: MessageOptions): Promise<{ message?: string }> {
  const source = message === '-' ? '-' : messageFile;
  const text = source === undefined ? message : await readText(source);
  if (text === undefined) return {};
  const tidy = tidyMessage(text);
  if (tidy === '') throw new AuthorError('The message is empty. Say what customers notice, and what is being done.');
  return { message: tidy };
}

/** With `\n` line ends, and without empty lines around it. */
export function tidyMessage(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[\t ]*\n)+/, '')
    .trimEnd();
}

async function readText(source: string): Promise<string> {
  if (source === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  }
  return readFile(source, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new AuthorError(`The message cannot be read from ${source} (${error.code}).`);
  });
}

/** What a command prints as JSON about an update that it wrote, or would write. */
export interface PostReport extends Published {
  id: string;
  file: string;
  status: string;
  at: string;
  /** The lines that come into the file. */
  added: string;
  warnings: readonly Diagnostic[];
}

/** A draft that the reader has approved. */
export interface Post {
  draft: Draft;
  title: string;
  /** The file as it was; nothing for a new one. */
  before?: string;
  warnings: readonly Diagnostic[];
  hints?: readonly string[];
}

/** Takes one approved file as far as the options say. */
export async function post(
  { draft, title, before, warnings, hints = [] }: Post,
  options: PublishOptions,
  found: FoundContent,
  context: CommandContext,
  progress: Progress,
): Promise<PostReport> {
  const { path, text, update, lines } = draft;
  const place = placeOf(found, path);
  const added = before === undefined ? text.trimEnd() : (lines ?? updateText(update));
  const change = {
    shown: [{ place: before === undefined ? `${place} (new)` : place, lines: added }],
    warnings,
    hints: [...hints, ...(found.content.exampleNow === undefined ? [] : [EXAMPLE_HINT])],
    write: () => writeWhole(place, text, before),
    written: `${place} is written.`,
    paths: [path],
    message: commitMessage(update.word, title, path),
    name: `${idFrom(path)} ${update.word}`,
  };
  const published = await publish(change, options, found.folder, context, progress);
  const at = new Date(update.at).toISOString();
  return { id: idFrom(path), file: place, status: update.word, at, added, warnings, ...published };
}

const LONGEST_SUBJECT = 72;
const EXAMPLE_HINT =
  'This is the page of the example company, whose clock stands still. npm run init begins a page of your own.';

/** A subject that says what is said, and the file. */
export function commitMessage(word: string, title: string, path: string): string {
  const subject = withoutSkips(`${headingWord(word)}: ${title}`);
  const letters = [...subject];
  const short =
    letters.length <= LONGEST_SUBJECT
      ? subject
      : `${letters
          .slice(0, LONGEST_SUBJECT - 1)
          .join('')
          .trimEnd()}…`;
  return `${short}\n\n${idFrom(path)}\n`;
}

/** The template that `--no-news` takes its words from, and its blank for what is still being done. */
const HOLDING = 'holding';
const DOING = 'doing';

const NO_NEWS_TEMPLATE = `---
for: both
status: update
blanks:
  doing:
    investigating: We're still looking for the cause.
    identified: We're still working on the fix.
    monitoring: We're still checking that it stays fixed.
---

Nothing has changed since our last update. {{doing}}`;

/**
 * The options that `--no-news` stands for: the holding template, and a promise by the page's rhythm.
 * @param doing what is still being done; left out, the template says it by the status
 * @throws {AuthorError} when the event is not open, or there is no holding template
 */
export function noNews(
  doing: string | undefined,
  { set = [], next }: TemplateOptions & { next?: string },
  event: StatusEvent,
  found: FoundContent,
): Required<TemplateOptions> & { next: string } {
  const { source, content, now } = found;
  if (doing !== undefined && /^\S+$/.test(doing)) {
    throw new AuthorError(
      `--no-news would publish “${doing}” as what is still being done. Say that in a sentence; an id stands before --no-news.`,
    );
  }
  const stage = stageOf(event, now);
  if (stage !== 'open') {
    const reason = stage === 'over' ? 'is over' : 'has not begun';
    throw new AuthorError(`“${event.id}” ${reason}, so nobody waits for news of it.`);
  }
  const path = `templates/${HOLDING}.md`;
  if (!source.files.some((file) => file.path === path)) {
    const place = placeOf(found, path);
    throw new AuthorError(
      `--no-news takes its words from ${place}, which is missing. Say it with --message, or add the file, such as:\n\n${NO_NEWS_TEMPLATE}\n`,
    );
  }
  const at = minuteOf(now);
  return {
    template: HOLDING,
    set: doing === undefined ? set : [...set, `${DOING}=${doing}`],
    next: next ?? writeDuration(rhythmOf(event.impact, startOf(event), at, content.site.promises)),
  };
}
