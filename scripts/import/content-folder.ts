import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceFolder } from '../../src/reader/files.ts';
import { AuthorError } from '../author/author-error.ts';
import { writeWhole } from '../author/file.ts';
import type { ExistingFile } from './file-names.ts';
import { ImportError } from './import-error.ts';
import { readMark } from './mark.ts';

const AT_ONCE = 64;

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
 * @throws {ImportError} when it is no folder
 */
export async function exampleOf(folder: string): Promise<SourceFolder> {
  const found = await stat(folder).catch(whenMissing(undefined));
  if (found && !found.isDirectory()) throw new ImportError(`${folder} is a file; an import is written into a folder.`);
  const text = await readIfThere(join(folder, '.example'));
  return { files: text === undefined ? [] : [{ path: '.example', text }], publicFiles: new Set() };
}

/**
 * Writes files below a folder, by path with `/`, each whole.
 * @param existing what was read there before
 * @throws {ImportError} when the disk refuses, or somebody has changed a file since; it says how far it came
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
    if (!(error instanceof AuthorError)) throw error;
    throw new ImportError(`${error.message}\n${howFar(written, files.size)}`);
  }
}

function isSetting([path]: [string, string]): boolean {
  return path === 'site.yml' || path === 'components.yml';
}

function howFar(written: number, all: number): string {
  if (written === 0) return 'Nothing was written.';
  return `Of ${all} files ${written} are written, each of them whole. Once that is mended, the same command writes the rest.`;
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

/** Some at a time. When one fails, the others of its turn have ended before that is thrown. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    const turn = await Promise.allSettled(items.slice(start, start + AT_ONCE).map(work));
    for (const one of turn) {
      if (one.status === 'rejected') throw one.reason;
      results.push(one.value);
    }
  }
  return results;
}
