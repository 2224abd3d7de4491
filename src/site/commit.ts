import { execFileSync } from 'node:child_process';

/** The commit that a folder's repository is at; `undefined` outside of one. */
export function contentCommit(folder: string): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}
