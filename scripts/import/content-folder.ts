import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SourceFolder } from '../../src/reader/files.ts';
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

/** Writes files below a folder, by path with `/`. */
export async function writeAll(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const folders = new Set([...files.keys()].map((path) => dirname(join(folder, path))));
  for (const path of folders) await mkdir(path, { recursive: true });
  await inTurns([...files], ([path, text]) => writeFile(join(folder, path), text));
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

async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
  }
  return results;
}
