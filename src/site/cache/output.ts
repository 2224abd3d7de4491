import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readChecked, writeChecked } from './checksum.ts';

/** A file of a built site: what it was made of, and its size and time of change as the build left it. */
export type OutputFile = [madeOf: string, size: number, changed: number];

/** What a build left in the folder of a site. */
export interface Output {
  /** What all unchanging files were made of. */
  common: string;
  /** By their paths below the folder, with `/`. */
  files: Record<string, OutputFile>;
}

/** How a folder differs from what a build left in it. */
export interface Differences {
  /** Files of the build that were changed or deleted. */
  stale: readonly string[];
  /** Files that no build put there. */
  foreign: readonly string[];
}

/**
 * What a build prepares beside the folder of a site: a folder `site` of new files, the new state of the site, and,
 * when both are whole, a journal. From then on, whoever finds it can put it in place.
 */
const [SITE, JOURNAL] = ['site', 'journal'];
/** The file that the state of a site is kept in. */
export const STATE = 'state';

export function readOutput(path: string): Output | undefined {
  const text = readChecked(path);
  return text === undefined ? undefined : (JSON.parse(text) as Output);
}

/** Looks at every file of a site, but for a repository that lies there. */
export function compareWithDisk(folder: string, output: Output | undefined): Differences {
  const missing = new Set(Object.keys(output?.files ?? {}));
  const [stale, foreign]: [string[], string[]] = [[], []];
  const look = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const file = below + entry.name;
      if (file === '.git') continue;
      if (entry.isDirectory()) {
        look(`${file}/`);
        continue;
      }
      const known = output?.files[file];
      if (!known) foreign.push(file);
      else if (isAsLeft(join(folder, file), known)) missing.delete(file);
    }
  };
  if (existsSync(folder)) look('');
  stale.push(...missing);
  return { stale, foreign };
}

function isAsLeft(path: string, [, size, changed]: OutputFile): boolean {
  const stats = lstatSync(path);
  return stats.isFile() && stats.size === size && stats.mtimeMs === changed;
}

/** Where a new file of the site is to be written, below what is prepared. */
export function placeOf(prepared: string, file: string): string {
  return join(prepared, SITE, file);
}

/** Says that everything is there that belongs to a new site. @param removed files that do not belong to it any more */
export function finishPrepared(prepared: string, output: Output, removed: readonly string[]): void {
  writeChecked(join(prepared, STATE), JSON.stringify(output));
  writeChecked(join(prepared, JOURNAL), JSON.stringify(removed));
}

/**
 * Puts what was prepared in place; nothing where it is not whole. May be done again after it was broken off.
 * @param state where the state of the site is kept
 */
export function putInPlace(prepared: string, folder: string, state: string): void {
  const journal = readChecked(join(prepared, JOURNAL));
  if (journal === undefined) return;
  const isStateHere = existsSync(join(prepared, STATE));
  // Where this is broken off, the next build trusts no file.
  if (isStateHere) rmSync(state, { force: true });
  if (existsSync(join(prepared, SITE))) moveInto(join(prepared, SITE), folder);
  for (const file of JSON.parse(journal) as string[]) remove(folder, file);
  mkdirSync(dirname(state), { recursive: true });
  if (isStateHere) move(join(prepared, STATE), state);
}

function moveInto(from: string, to: string): void {
  const [there, isFolder] = [lstatSync(to, { throwIfNoEntry: false }), lstatSync(from).isDirectory()];
  if (there?.isDirectory() && isFolder) {
    for (const name of readdirSync(from)) moveInto(join(from, name), join(to, name));
    return;
  }
  if (there && there.isDirectory() !== isFolder) rmSync(to, { recursive: true });
  move(from, to);
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    cpSync(from, to, { recursive: true, preserveTimestamps: true });
  }
}

/** Deletes a file, and the folders that are empty without it. */
function remove(folder: string, file: string): void {
  try {
    rmSync(join(folder, file));
    for (let below = dirname(file); below !== '.'; below = dirname(below)) rmdirSync(join(folder, below));
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'ENOTEMPTY'].includes(String((error as NodeJS.ErrnoException).code))) throw error;
  }
}
