import type { Progress } from '../lib/output.ts';
import type { Instant } from '../../src/core/days.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { EVENT_FOLDERS, eventAddress, eventIdOf } from '../../src/core/events.ts';
import { headingWord } from '../../src/reader/events/headings.ts';
import type { FoundContent } from '../lib/content.ts';
import { placeOf } from '../lib/content.ts';
import type { CommandContext } from '../lib/context.ts';
import { writeTogether } from '../lib/files.ts';
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
  /** Files in other languages that get it too. */
  translations?: readonly string[];
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
  /** When it is published, if that is later. */
  later?: Instant;
}

/** Takes one approved file as far as the options say. */
export async function post(
  { draft, before, warnings, hints = [], translations = [], later }: Post,
  options: PublishOptions,
  found: FoundContent,
  context: CommandContext,
  progress: Progress,
): Promise<PostReport> {
  const { path, title, text, update, lines } = draft;
  const place = placeOf(found, path);
  const { site } = found.content;
  const files = [{ path, text, before }, ...translations];
  const added = before === undefined ? text.trimEnd() : (lines ?? updateText(update));
  const change = {
    shown: [
      { place: shownPlace(found, { path, before }), lines: added },
      ...translations.map((one) => ({ place: shownPlace(found, one), lines: one.lines })),
    ],
    warnings,
    hints: [...hints, ...(found.content.exampleNow === undefined ? [] : [EXAMPLE_HINT])],
    write: () => writeTogether(files.map((file) => ({ ...file, path: placeOf(found, file.path) }))),
    written: `Wrote ${new Intl.ListFormat('en').format(files.map((file) => placeOf(found, file.path)))}.`,
    paths: files.map((file) => file.path),
    message: commitMessage(update.word, title, path),
    name: `${eventIdOf(path)} ${update.word}`,
    page: {
      url: site.url,
      zone: site.time_zone,
      address: eventAddress(site.url, {
        kind: path.includes(`${EVENT_FOLDERS.incident}/`) ? 'incident' : 'maintenance',
        id: eventIdOf(path),
      }),
      ...(later !== undefined && { later }),
    },
  };
  const published = await publish(change, options, found.folder, context, progress);
  const at = new Date(update.at).toISOString();
  const others = translations.map((one) => placeOf(found, one.path));
  return {
    id: eventIdOf(path),
    file: place,
    status: update.word,
    at,
    added,
    ...(others.length > 0 && { translations: others }),
    warnings,
    ...published,
  };
}

function shownPlace(found: FoundContent, { path, before }: { path: string; before?: string | undefined }): string {
  return `${placeOf(found, path)}${before === undefined ? ' (new)' : ''}`;
}

const LONGEST_SUBJECT = 72;
const EXAMPLE_HINT = 'This is the example page, which is frozen in time. To set up your own page, run npm run init.';

/** Before the id of what a commit is about: `undo` finds it by this. */
export const TRAILER = 'Candor-Post';

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
  return `${short}\n\n${TRAILER}: ${eventIdOf(path)}\n`;
}
