import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readChecked, writeChecked } from './checksum.ts';

/** A file of a built site: its key, size in bytes and modification time in milliseconds. */
export type OutputFile = [madeOf: string, size: number, changed: number];

/** A folder of a built site: its key, and the files in it, below the site's folder. */
export type OutputFolder = [madeOf: string, files: readonly string[]];

/** The state of a built site. */
export interface Output {
  /** A digest of what every cacheable file depends on. */
  common: string;
  /** By their paths below the folder, with `/`. */
  files: Record<string, OutputFile>;
  /** Folders whose files are made together, by their paths: what they are made of, and their files. */
  folders: Record<string, OutputFolder>;
}

/** How a folder differs from the state that a build recorded. */
export interface Differences {
  /** Files that were changed or deleted since. */
  stale: readonly string[];
  /** Files that no build wrote. */
  foreign: readonly string[];
}

/**
 * A prepared folder holds a folder `site` of new files, the new state and, once both are complete, a journal. A later
 * build that finds a journal can move the files into place.
 */
const [SITE, JOURNAL] = ['site', 'journal'];
/** The name of the state file. */
export const STATE = 'state';

export function readOutput(path: string): Output | undefined {
  const text = readChecked(path);
  return text === undefined ? undefined : (JSON.parse(text) as Output);
}

/** Compares every file of a site with its state, except a Git repository in the folder. */
export function compareWithDisk(folder: string, output: Output | undefined): Differences {
  const missing = new Set(Object.keys(output?.files ?? {}));
  const [stale, foreign]: [string[], string[]] = [[], []];
  const look = (below: string): void => {
    for (const entry of readdirSync(`${folder}/${below}`, { withFileTypes: true })) {
      const file = below + entry.name;
      if (file === '.git') continue;
      if (entry.isDirectory()) {
        look(`${file}/`);
        continue;
      }
      const known = output?.files[file];
      if (!known) foreign.push(file);
      else if (isAsLeft(`${folder}/${file}`, known)) missing.delete(file);
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

/** The path of a new file in the prepared folder. */
export function pathBelow(prepared: string, file: string): string {
  return join(prepared, SITE, file);
}

/** Records that the prepared folder is complete. @param removed files that the new site no longer has */
export function writeJournal(prepared: string, output: Output, removed: readonly string[]): void {
  writeChecked(join(prepared, STATE), JSON.stringify(output));
  writeChecked(join(prepared, JOURNAL), JSON.stringify(removed));
}

/**
 * Moves a prepared site into place, if it is complete. Can be repeated after an interruption.
 * @param state the path of the state file
 */
export function putInPlace(prepared: string, folder: string, state: string): void {
  const journal = readChecked(join(prepared, JOURNAL));
  if (journal === undefined) return;
  const isStateHere = existsSync(join(prepared, STATE));
  // If this is interrupted, the next build must not trust any file.
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

/** Deletes a file and the folders that it leaves empty. */
function remove(folder: string, file: string): void {
  try {
    rmSync(join(folder, file));
    for (let below = dirname(file); below !== '.'; below = dirname(below)) rmdirSync(join(folder, below));
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'ENOTEMPTY'].includes(String((error as NodeJS.ErrnoException).code))) throw error;
  }
}
