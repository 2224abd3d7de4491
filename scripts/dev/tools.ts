import { execSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

/** Installs what is rarely run, when it is first used and after its lock file has changed. */
const changed = (path: string) => statSync(join(import.meta.dirname, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (changed('node_modules/.package-lock.json') < changed('package-lock.json')) {
  execSync('npm ci --no-audit --no-fund', { cwd: import.meta.dirname, stdio: 'inherit' });
}
