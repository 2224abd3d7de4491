import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { CACHE } from '../../src/site/cache/bundle.ts';

/** What a build is made by. */
const CODE = ['astro.config.mjs', 'package.json', 'package-lock.json', 'public', 'scripts', 'src', 'tsconfig.json'];

/** What npm put into `node_modules`; others keep what they made there. */
const INSTALLED = /^(?!\.)|^\.(bin|package-lock\.json)$/;

/**
 * Copies the project without its content, with links to what is installed, so that what builds keep for each other
 * lies in the copy.
 * @param folder is made
 */
export function copyProject(folder: string): void {
  for (const name of CODE) {
    cpSync(name, join(folder, name), { recursive: true, filter: (path) => basename(path) !== '__tests__' });
  }
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  for (const name of readdirSync('node_modules')) {
    if (INSTALLED.test(name)) symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  }
}

/** Deletes what builds keep for each other. Node keeps its compiled code. */
export async function forgetBuilds(folder: string): Promise<void> {
  for (const name of [CACHE, 'dist']) await rm(join(folder, name), { recursive: true, force: true });
}
