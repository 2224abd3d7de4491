import type { Progress } from '../lib/output.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { eventIdOf } from '../../src/core/events.ts';
import { headingWord } from '../../src/reader/events/headings.ts';
import type { FoundContent } from '../lib/content.ts';
import { placeOf } from '../lib/content.ts';
import type { CommandContext } from '../lib/context.ts';
import { writeWhole } from '../lib/files.ts';
import { withoutSkips } from '../lib/git.ts';
import type { Draft } from './draft.ts';
import { updateText } from './edit.ts';
import type { TranslatedFile } from './translate.ts';
import type { Published, PublishOptions } from './publish.ts';
import { publish } from './publish.ts';

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
  /** The file as it was; nothing for a new one. */
  before?: string;
  warnings: readonly Diagnostic[];
  hints?: readonly string[];
  /** Translations that get the update too. */
  translations?: readonly TranslatedFile[];
}

/** Takes one approved file as far as the options say. */
export async function post(
  { draft, before, warnings, hints = [], translations = [] }: Post,
  options: PublishOptions,
  found: FoundContent,
  context: CommandContext,
  progress: Progress,
): Promise<PostReport> {
  const { path, title, text, update, lines } = draft;
  const place = placeOf(found, path);
  const added = before === undefined ? text.trimEnd() : (lines ?? updateText(update));
  const change = {
    shown: [
      { place: before === undefined ? `${place} (new)` : place, lines: added },
      ...translations.map(({ path: other, lines: own }) => ({ place: placeOf(found, other), lines: own })),
    ],
    warnings,
    hints: [...hints, ...(found.content.exampleNow === undefined ? [] : [EXAMPLE_HINT])],
    write: async () => {
      await writeWhole(place, text, before);
      for (const one of translations) await writeWhole(placeOf(found, one.path), one.text, one.before);
    },
    written: `Wrote ${[path, ...translations.map((one) => one.path)].map((one) => placeOf(found, one)).join(' and ')}.`,
    paths: [path, ...translations.map((one) => one.path)],
    message: commitMessage(update.word, title, path),
    name: `${eventIdOf(path)} ${update.word}`,
  };
  const published = await publish(change, options, found.folder, context, progress);
  const at = new Date(update.at).toISOString();
  return { id: eventIdOf(path), file: place, status: update.word, at, added, warnings, ...published };
}

const LONGEST_SUBJECT = 72;
const EXAMPLE_HINT = 'This is the example page, which is frozen in time. To set up your own page, run npm run init.';

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
  return `${short}\n\n${eventIdOf(path)}\n`;
}
