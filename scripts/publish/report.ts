import type { Day } from '../../src/core/days.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { escapeMarkdown } from '../../src/formats/markdown-text.ts';
import { asBlock } from '../lib/output.ts';
import type { Version } from './history.ts';
import { plural } from '../lib/text.ts';

/** Changes as diagnostics, for whoever prints those: where, what is shown instead and why, and what to write. */
export function changeDiagnostics(changes: readonly Change[]): Diagnostic[] {
  return changes.map((change) => ({ column: 1, ruleId: 'last-good', severity: 'error', ...said(change) }));
}

/**
 * Changes for the summary of a job, in Markdown.
 * @param built what was built, as a sentence
 */
export function changeSummary(changes: readonly Change[], folder: string, built: string): string {
  if (changes.length === 0) return `${built} Everything in ${folder}/ is published as written.\n`;
  const list = changes.map((change) => {
    const { file, line, reason, example } = said(change);
    const write = example === undefined ? '' : `\n\n${asBlock(example).replace(/^/gm, '  ')}`;
    return `- **${escapeMarkdown(`${folder}/${file}`)}**, line ${line}: ${escapeMarkdown(reason)}${write}`;
  });
  const head = `${built} The page is up to date except for the following, until you correct it.`;
  return `${head}\n\n${list.join('\n')}\n`;
}

function said(change: Change): Pick<Diagnostic, 'file' | 'line' | 'reason' | 'example'> {
  switch (change.kind) {
    case 'older':
      return inFile(change, `The page shows this file as it was at ${versionText(change.version)}.`);
    case 'partial': {
      const from = change.version ? `, with the version from ${versionText(change.version)}` : '';
      const shown = `The page shows this file as far as it can be read${from}, and says that something may be wrong.`;
      return inFile(change, shown);
    }
    case 'certain':
      return inFile(change, 'The page shows this file as it stands.');
    case 'left-out':
      return inFile(change, 'The page does not show this file.');
    case 'words':
      return inFile(change, 'Where this file has errors, the page has the words that are shipped.');
    case 'untranslated':
      return inFile(change, 'The page shows this incident or maintenance in its main language.');
    case 'retired':
      return inComponents(
        `${filesSay(change.files)} “${change.name}”, which is no longer listed. The page shows it as retired on ${change.retired}. ` +
          'If it has a new id, add the old one there as an alias. Otherwise, list it again with the day it was retired.',
        `aliases: [${change.name}]`,
      );
    case 'alias':
      return inComponents(
        `${filesSay(change.files)} “${change.name}”, which was an alias of “${change.owner}”. The page still treats it as one.`,
        `aliases: [${change.name}]`,
      );
    case 'postponed':
      return inComponents(
        `${filesSay(change.files)} “${change.name}” after the day it was retired. The page shows it as retired on ${change.retired}.`,
        `retired: ${change.retired}`,
      );
    case 'pictures':
      return inFile(
        change,
        'A picture of this file is no longer in public/. The page shows its description. Add the picture again, or remove it from the text.',
      );
    case 'languages':
      return inFile(
        { ...change, file: 'components.yml' },
        'The page shows the names that it can, in the languages of “locales” in site.yml.',
      );
    case 'logo':
      return inFile(
        { file: 'site.yml', line: change.line },
        'The logo or icon is no longer in public/, so the page does without it. Add the file again, or delete the line.',
      );
  }
}

/** @param shown what the page shows instead; what is wrong comes after it */
function inFile(
  { file, line, reason }: { file: string; line: number; reason?: string },
  shown: string,
): ReturnType<typeof said> {
  return { file, line, reason: reason === undefined ? shown : `${shown} ${reason}` };
}

function versionText({ commit, committed }: Version): string {
  return `${formatTime(committed)} (${commit.slice(0, 7)})`;
}

function inComponents(reason: string, example: string): ReturnType<typeof said> {
  return { file: 'components.yml', line: 1, reason, example };
}

/** `400 files name`; one file is named itself. */
function filesSay(files: readonly string[]): string {
  return plural(files.length, `The file ${files[0]} names`, `${files.length} files name`);
}

/** How what is published differs from what the content folder says. Paths are below that folder. */
export type Change =
  /** An older version of a file is published. `line` and `reason` say what is wrong with the newest. */
  | { kind: 'older'; file: string; line: number; reason: string; version: Version }
  /** A file is published as far as it can be read; with `version`, together with that version. */
  | { kind: 'partial'; file: string; line: number; reason: string; version?: Version }
  /** A file is published as it stands, since its errors leave nothing uncertain. */
  | { kind: 'certain'; file: string; line: number; reason: string }
  /** A file that is neither an incident nor maintenance is not published. */
  | { kind: 'left-out'; file: string; line: number; reason: string }
  /** Of the owner's words, only those without an error are published. */
  | { kind: 'words'; file: string; line: number; reason: string }
  /** A translation is not published. */
  | { kind: 'untranslated'; file: string; line: number; reason: string }
  /** A component that is no longer listed is published as a retired one. */
  | { kind: 'retired'; name: string; retired: Day; files: readonly string[] }
  /** An alias that is no longer listed is published all the same. */
  | { kind: 'alias'; name: string; owner: string; files: readonly string[] }
  /** A component is published as retired later than it says. */
  | { kind: 'postponed'; name: string; retired: Day; files: readonly string[] }
  /** Pictures that are no longer in `public/` are published as their descriptions. */
  | { kind: 'pictures'; file: string; line: number }
  /** Names of components are not in the languages of the page. */
  | { kind: 'languages'; line: number; reason: string }
  /** The logo or the icon is no longer in `public/`, and the page does without it. */
  | { kind: 'logo'; line: number };
