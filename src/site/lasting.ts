import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KEPT } from './kept.ts';
import { readPack, writePack } from './pack.ts';

/** A file of the site that every build makes the same of, until what it is made of changes. */
export interface LastingFile {
  /** Below the site's folder, with `/`. */
  file: string;
  /** Changes with everything that the file depends on. */
  key: string;
  /** What it holds, where that takes no page of Astro’s. */
  text?: () => string;
}

/** Such files, by the name of the pack that keeps them together for the next build. */
export type LastingFiles = ReadonlyMap<string, readonly LastingFile[]>;

const PACKS = `${KEPT}/pages`;
/** What the incidents that were read are called until they are whole. */
const HALF_WRITTEN = 'incidents.';

/**
 * Puts what an earlier build kept of files that have not changed into a folder.
 * @returns the files that are there now
 */
export function takeOver(lasting: LastingFiles, outDir: string): Set<string> {
  const taken = new Set<string>();
  for (const [name, wanted] of lasting) {
    const keys = new Map(wanted.map(({ file, key }) => [file, key]));
    for (const { file, key, bytes } of readPack(join(PACKS, name))) {
      if (keys.get(file) !== key) continue;
      putFile(join(outDir, file), bytes);
      taken.add(file);
    }
  }
  return taken;
}

/** Keeps the files of a pack for the next build. */
export function keepPack(name: string, files: readonly LastingFile[], bytesOf: (file: string) => Buffer): void {
  writePack(
    join(PACKS, name),
    files.map(({ file, key }) => ({ file, key, bytes: bytesOf(file) })),
  );
}

/** Takes away packs of which nothing is left, and what a build that was killed left half-written. */
export function forgetOthers(lasting: LastingFiles): void {
  for (const name of namesIn(PACKS)) if (!lasting.has(name)) rmSync(join(PACKS, name), { force: true });
  for (const name of namesIn(KEPT)) if (name.startsWith(HALF_WRITTEN)) rmSync(join(KEPT, name), { force: true });
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Writes a file into a folder that may not be there yet. */
export function putFile(path: string, bytes: Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}
