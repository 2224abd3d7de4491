import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { headingWord } from '../../src/reader/status-words.ts';
import type { CommandContext } from '../context.ts';
import type { FoundContent } from './content.ts';
import { placeOf } from './content.ts';
import type { Draft } from './draft.ts';
import { updateText } from './edit.ts';
import { writeWhole } from './file.ts';
import { idFrom } from './find-event.ts';
import type { Published, PublishOptions } from './carry-out.ts';
import { publish } from './carry-out.ts';
import type { Progress } from './run.ts';
import { withoutSkips } from '../skip-markers.ts';

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
    hints: [...hints, ...(found.content.exampleNow === undefined ? [] : [EXAMPLE])],
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
const EXAMPLE =
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
