import type { Stats } from 'node:fs';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readChecked, writeChecked } from './checksum.ts';

/** A file of a built site. */
export interface OutputFile {
  /** Its key. */
  madeOf: string;
  /** See `stampOf`. */
  stamp: string;
}

/** A folder of a built site: its key, and the files in it, below the site's folder. */
export type OutputFolder = [madeOf: string, files: readonly string[]];

/** The state of a built site. */
export interface Output {
  /** A digest of what every cacheable file depends on. */
  common: string;
  /** By their paths below the folder, with `/`. */
  files: Map<string, OutputFile>;
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

/** What no file name or key contains. JSON, with tens of thousands of files, takes several times longer. */
const GAP = '\0';

export function readOutput(path: string): Output | undefined {
  const [head, ...facts] = readChecked(path)?.split(GAP) ?? [];
  if (head === undefined) return undefined;
  const files = new Map<string, OutputFile>();
  for (let index = 0; index < facts.length; index += 3) {
    const [file = '', madeOf = '', stamp = ''] = [facts[index], facts[index + 1], facts[index + 2]];
    files.set(file, { madeOf, stamp });
  }
  return { ...(JSON.parse(head) as Omit<Output, 'files'>), files };
}

function writeOutput(path: string, { files, ...head }: Output): void {
  const facts = [JSON.stringify(head)];
  for (const [file, { madeOf, stamp }] of files) facts.push(file, madeOf, stamp);
  writeChecked(path, facts.join(GAP));
}

/** Compares every file of a site with its state, except a Git repository in the folder. */
export function compareWithDisk(folder: string, output: Output | undefined): Differences {
  const missing = new Map(output?.files);
  const foreign: string[] = [];
  const look = (below: string): void => {
    for (const name of readdirSync(`${folder}/${below}`)) {
      const file = below + name;
      if (file === '.git') continue;
      const stats = lstatSync(`${folder}/${file}`);
      if (stats.isDirectory()) look(`${file}/`);
      else if (!output?.files.has(file)) foreign.push(file);
      else if (stats.isFile() && missing.get(file)?.stamp === stampOf(stats)) missing.delete(file);
    }
  };
  if (existsSync(folder)) look('');
  return { stale: [...missing.keys()], foreign };
}

/** By which a file is known that nobody touched: its size in bytes, and its modification time in milliseconds. */
export function stampOf({ size, mtimeMs }: Stats): string {
  return `${size} ${mtimeMs}`;
}

/** The path of a new file in the prepared folder. */
export function pathBelow(prepared: string, file: string): string {
  return join(prepared, SITE, file);
}

/** Records that the prepared folder is complete. @param removed files that the new site no longer has */
export function writeJournal(prepared: string, output: Output, removed: readonly string[]): void {
  writeOutput(join(prepared, STATE), output);
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
