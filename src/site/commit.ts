import { execFileSync } from 'node:child_process';
import { NEUTRAL } from '../core/git-settings.ts';

/** The commit that a folder's repository is at; `undefined` outside of one. */
export function contentCommit(folder: string): string | undefined {
  try {
    return execFileSync('git', [...NEUTRAL, 'rev-parse', 'HEAD'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}
