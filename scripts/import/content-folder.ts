import { readMark } from '../lib/import-mark.ts';
import type { Mark } from '../lib/import-mark.ts';
import { claim, slug } from '../lib/text.ts';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SourceFolder } from '../../src/reader/files.ts';
import { CommandError } from '../lib/errors.ts';
import { writeWhole } from '../lib/files.ts';
import type { ImportedEvent } from './model.ts';
import { PLURALS } from './report.ts';
import { inTurns } from './source-files.ts';
import { utcDay } from '../lib/times.ts';

/** What an import needs to know of the content folder before it writes. */
export interface ExistingContent {
  site?: string;
  components?: string;
  /** Files of incidents/ and maintenance/, by path. */
  events: ExistingFile[];
  /** Whether the examples that Candor comes with are still there. */
  example: boolean;
}

/** Reads a content folder; one that is not there is empty. */
export async function readExisting(folder: string): Promise<ExistingContent> {
  const [site, components, example, ...lists] = await Promise.all([
    readIfThere(join(folder, 'site.yml')),
    readIfThere(join(folder, 'components.yml')),
    readIfThere(join(folder, '.example')),
    listMarkdown(folder, 'incidents'),
    listMarkdown(folder, 'maintenance'),
  ]);
  const events = await inTurns(lists.flat().sort(), async (path): Promise<ExistingFile> => {
    const text = await readFile(join(folder, path), 'utf8');
    const mark = readMark(text);
    return { path, text, ...(mark && { mark }) };
  });
  return {
    ...(site !== undefined && { site }),
    ...(components !== undefined && { components }),
    events,
    example: example !== undefined,
  };
}

/**
 * As much of a content folder as says whether the examples are there, and with them what now is.
 * @throws {CommandError} when it is no folder
 */
export async function exampleOf(folder: string): Promise<SourceFolder> {
  const found = await stat(folder).catch(whenMissing(undefined));
  if (found && !found.isDirectory()) throw new CommandError(`${folder} is a file. Choose a folder for the import.`);
  const text = await readIfThere(join(folder, '.example'));
  return { files: text === undefined ? [] : [{ path: '.example', text }], publicFiles: new Set() };
}

/**
 * Writes files below a folder, by path with `/`, each whole.
 * @param existing what was read there before
 * @throws {CommandError} when the disk refuses, or somebody has changed a file since; it says how far it came
 */
export async function writeAll(
  folder: string,
  files: ReadonlyMap<string, string>,
  existing: ExistingContent,
): Promise<void> {
  const before = new Map(existing.events.map(({ path, text }) => [path, text]));
  if (existing.site !== undefined) before.set('site.yml', existing.site);
  if (existing.components !== undefined) before.set('components.yml', existing.components);
  let written = 0;
  const write = async ([path, text]: [string, string]): Promise<void> => {
    await writeWhole(join(folder, path), text, before.get(path));
    written += 1;
  };
  try {
    // What the others stand on comes first.
    const [settings, events] = [[...files].filter(isSetting), [...files].filter((file) => !isSetting(file))];
    for (const file of settings) await write(file);
    await inTurns(events, write);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(`${error.message}\n${howFar(written, files.size)}`);
  }
}

function isSetting([path]: [string, string]): boolean {
  return path === 'site.yml' || path === 'components.yml';
}

function howFar(written: number, all: number): string {
  if (written === 0) return 'Nothing was written.';
  return `Wrote ${written} of ${all} files. Fix the problem, then run the same command again to write the rest.`;
}

async function listMarkdown(folder: string, name: string): Promise<string[]> {
  const paths = await readdir(join(folder, name), { recursive: true }).catch(whenMissing([] as string[]));
  return paths.map((path) => `${name}/${path.replaceAll('\\', '/')}`).filter((path) => /\.md$/i.test(path));
}

function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(whenMissing(undefined));
}

function whenMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}

/** Leaves room for the day and a number within the 150 characters that a file's name may have. */
const LENGTH = 80;

/** A file of incidents/ or maintenance/ that is there already. */
export interface ExistingFile {
  /** Below the content folder, with `/`. */
  path: string;
  text: string;
  mark?: Mark;
}

/** Where an event is written, or the file that stands in its way. */
type Target = { path: string; existing?: ExistingFile } | { conflict: string };

/**
 * A path for every event, by identity: that of an earlier import, else one made of its day and title. Equal
 * names take `-2`, oldest first; a name that a file from elsewhere has is a conflict.
 */
export function assignPaths(
  source: string,
  events: readonly ImportedEvent[],
  files: readonly ExistingFile[],
): Map<ImportedEvent, Target> {
  const own = new Map<string, ExistingFile>();
  for (const file of files) if (file.mark?.source === source) own.set(file.mark.identity, file);
  const foreign = new Map(files.filter(({ mark }) => !mark).map(({ path }) => [idOf(path), path]));
  const taken = new Set(files.filter(({ mark }) => mark).map(({ path }) => idOf(path)));
  const targets = new Map<ImportedEvent, Target>();
  for (const event of [...events].sort((a, b) => a.start - b.start || compare(a.identity, b.identity))) {
    const existing = own.get(event.identity.replace(/\s/g, '_'));
    const wanted = wantedName(event);
    const conflict = foreign.get(wanted);
    if (existing) targets.set(event, { path: existing.path, existing });
    else if (conflict) targets.set(event, { conflict });
    else targets.set(event, { path: `${PLURALS[event.kind]}/${wanted.slice(0, 4)}/${claim(wanted, taken)}.md` });
  }
  return targets;
}

function wantedName(event: ImportedEvent): string {
  const words = slug(event.title, LENGTH) || slug(`${event.kind} ${event.identity}`, LENGTH);
  return `${utcDay(event.start)}-${words}`;
}

function idOf(path: string): string {
  return basename(path).replace(/\.md$/i, '').toLowerCase();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
