import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

/** What a build is made by. */
const CODE = ['astro.config.mjs', 'package.json', 'package-lock.json', 'public', 'scripts', 'src', 'tsconfig.json'];

/**
 * Copies the project without its content, with links to what is installed, so that what builds keep for each other
 * lies in the copy.
 * @param folder is made
 */
export function copyProject(folder: string): void {
  for (const name of CODE) {
    cpSync(name, join(folder, name), { recursive: true, filter: (path) => basename(path) !== '__tests__' });
  }
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync('node_modules')) {
    if (name !== '.cache') symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  }
}
