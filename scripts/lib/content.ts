import type { Instant } from '../../src/core/days.ts';
import { join } from 'node:path';
import { CATALOGS } from '../../src/i18n/words.ts';
import { readClock } from '../../src/reader/clock.ts';
import type { Reading } from '../../src/reader/content.ts';
import { readContent } from '../../src/reader/content.ts';
import type { SourceFolder } from '../../src/reader/files.ts';
import { contentFolder, isTemplate, isWords, readFolder } from '../../src/reader/files.ts';
import type { CommandContext } from './context.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { Content, StatusEvent, Translation, Update } from '../../src/core/model.ts';
import { translationFile } from '../../src/core/translations.ts';
import { TRANSLATION_FORM } from '../../src/reader/events/translation.ts';
import { normalizeText } from '../../src/reader/markdown/source.ts';
import { CommandError } from './errors.ts';

/** One reading of the content folder, for a command. */
export interface FolderReading extends Reading {
  folder: string;
  source: SourceFolder;
  now: number;
}

/** Reads the content folder from the environment. */
export async function readContentFolder(env: CommandContext['env']): Promise<FolderReading> {
  const folder = contentFolder(env);
  const source = await readFolder(folder, 'public');
  const now = readClock(env, source);
  return { folder, source, now, ...readContent(source, { now, catalogs: CATALOGS }) };
}

/** The files of the content folder, before they are parsed. */
export interface OpenedFolder {
  folder: string;
  source: SourceFolder;
  now: Instant;
}

/** The content folder, parsed. */
export interface FoundContent extends OpenedFolder {
  content: Content;
}

const SETTINGS = ['site.yml', 'components.yml', '.example', 'alerts.yml'];

/** Opens the content folder that the environment names. */
export async function openFolder(env: CommandContext['env']): Promise<OpenedFolder> {
  const folder = contentFolder(env);
  const source = await readFolder(folder, 'public');
  return { folder, source, now: readClock(env, source) };
}

/**
 * Reads the content folder that the environment names: the settings, the templates, and the events that are wanted. A large
 * history takes seconds to read, and most commands need one file of it.
 * @throws {CommandError} when `site.yml` or `components.yml` has errors
 */
export async function findContent(
  env: CommandContext['env'],
  wanted: (path: string) => boolean,
): Promise<FoundContent> {
  return findIn(await openFolder(env), wanted);
}

/** The same in a folder that is open. */
export function findIn(opened: OpenedFolder, wanted: (path: string) => boolean): FoundContent {
  const { content, diagnostics } = readOnly(opened, (path) => isTemplate(path) || wanted(path));
  if (content) return { ...opened, content };
  const wrong = diagnostics.filter(({ file, severity }) => severity === 'error' && SETTINGS.includes(file));
  throw new CommandError('Fix the errors in the page’s settings first.', {
    diagnostics: wrong,
  });
}

/** What a file says. */
interface FileReading {
  /** Several if a maintenance recurs, earliest first. */
  events: readonly StatusEvent[];
  /** Every update in the file, oldest first. */
  updates: readonly Update[];
  /** Of the file, by language. */
  translations: ReadonlyMap<string, Translation>;
  diagnostics: Diagnostic[];
}

/**
 * Reads a text as if it were in a file, with its problems.
 * @param reported the file whose problems to report, if it is a translation of that one
 */
export function readAs(found: OpenedFolder, path: string, text: string, reported = path): FileReading {
  const files = [...found.source.files.filter((file) => file.path !== path), { path, text: normalizeText(text) }];
  const source = { ...found.source, files };
  const { content, diagnostics } = readOnly({ ...found, source }, (one) => one === path || isTranslationOf(one, path));
  const all = [...(content?.incidents ?? []), ...(content?.maintenance ?? [])];
  // Beside it, files with a dot in their id look like its translations.
  const events = all.filter(({ file }) => file === path).reverse();
  return {
    events,
    updates: events.flatMap(({ updates }): readonly Update[] => updates).sort((a, b) => a.at - b.at),
    translations: new Map(
      [...(content?.translations ?? [])].flatMap(([locale, byFile]) => {
        const translation = byFile.get(path);
        return translation ? [[locale, translation] as const] : [];
      }),
    ),
    diagnostics: diagnostics.filter(({ file }) => file === reported),
  };
}

/** Whether a path is that of a translation of a file, by its name. */
export function isTranslationOf(path: string, original: string): boolean {
  const [, stem, locale = ''] = TRANSLATION_FORM.exec(path) ?? [];
  return stem !== undefined && translationFile(original, locale) === path;
}

/** The path of a file including the content folder. */
export function placeOf({ folder }: Pick<OpenedFolder, 'folder'>, path: string): string {
  return join(folder, path);
}

function readOnly({ source, now }: Pick<OpenedFolder, 'source' | 'now'>, wanted: (path: string) => boolean) {
  const files = source.files.filter(({ path }) => SETTINGS.includes(path) || isWords(path) || wanted(path));
  return readContent({ ...source, files }, { now, catalogs: CATALOGS });
}
