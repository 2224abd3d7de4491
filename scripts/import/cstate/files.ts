import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { ImportError } from '../import-error.ts';

/** A file of a cState repository. */
export interface CstateFile {
  /** Below the folder that was named, with `/`. */
  path: string;
  text: string;
}

/** What is read of a cState repository, and what lies beside it. */
export interface CstateFiles {
  configuration: CstateFile[];
  /** Pages of the content folder: incidents and others. */
  pages: CstateFile[];
  /** Files that are not read, by path. */
  others: string[];
}

const CONFIGURATION = /^(?:config|hugo)\.(?:ya?ml|toml|json)$/i;
const SPLIT_CONFIGURATION = /^config\/_default\/[^/]+\.(?:ya?ml|toml|json)$/i;
const PAGE = /\.(?:md|markdown|mdown)$/i;
/** What Hugo makes, what others made, and what is no content. */
const SKIPPED = /^(?:\.git|node_modules|themes|public|resources|layouts|static|assets|archetypes|i18n|data|_?cstate)$/;
const AT_ONCE = 64;

/**
 * Reads a cState repository, or a folder of its incidents; then the configuration is looked for above it.
 * @throws {ImportError} when there is nothing of the kind
 */
export async function readCstateFiles(source: string): Promise<CstateFiles> {
  const found = await stat(source).catch(() => undefined);
  if (!found?.isDirectory()) {
    const what = found ? 'is a file' : 'is not there';
    throw new ImportError(
      `${source} ${what}. Name the folder of a cState repository: the one with config.yml and content/.\n` +
        'Nothing was written.',
    );
  }
  const root = await rootOf(source);
  const paths = (await walk(root, '')).sort();
  const within = `${relative(root, source).replaceAll('\\', '/')}/`.replace(/^\//, '');
  const isConfiguration = (path: string) => CONFIGURATION.test(path) || SPLIT_CONFIGURATION.test(path);
  const pages = pagesAmong(paths, within);
  if (pages.length === 0) {
    throw new ImportError(
      `There is no incident of cState's in ${source}. Expected are Markdown files such as content/issues/2026-01-10-outage.md.\n` +
        'Nothing was written.',
    );
  }
  return {
    configuration: await readAll(root, paths.filter(isConfiguration)),
    pages: await readAll(root, pages),
    others: paths.filter((path) => !isConfiguration(path) && !pages.includes(path)),
  };
}

/** Pages lie below a folder `content`; where there is none, everywhere but at the top beside a configuration. */
function pagesAmong(paths: readonly string[], within: string): string[] {
  const all = paths.filter(
    (path) => PAGE.test(path) && path.startsWith(within) && !/^readme\.md$/i.test(basename(path)),
  );
  const content = all.filter((path) => /(?:^|\/)content\//.test(path));
  return content.length > 0 ? content : all;
}

/** The folder that holds the configuration: the source itself, or one above its `content`. */
async function rootOf(source: string): Promise<string> {
  let folder = source;
  for (let level = 0; level < 4; level += 1) {
    const names = await readdir(folder);
    const isRoot = names.some((name) => CONFIGURATION.test(name)) || names.includes('config');
    if (isRoot) return folder;
    if (level === 0 && names.includes('content')) return folder;
    folder = dirname(folder);
  }
  return source;
}

async function walk(root: string, below: string): Promise<string[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  const lists = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isFile()) return [path];
      if (!entry.isDirectory() || entry.name.startsWith('.')) return [];
      return below === '' && SKIPPED.test(entry.name) ? [] : walk(root, path);
    }),
  );
  return lists.flat();
}

async function readAll(root: string, paths: readonly string[]): Promise<CstateFile[]> {
  const files: CstateFile[] = [];
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const some = paths.slice(start, start + AT_ONCE);
    files.push(
      ...(await Promise.all(some.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })))),
    );
  }
  return files;
}
