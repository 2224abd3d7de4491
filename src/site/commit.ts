import { execFileSync } from 'node:child_process';
import { NEUTRAL } from '../core/git-settings.ts';

/** The commit that a folder's repository is at; `undefined` outside of one. */
export function contentCommit(folder: string): string | undefined {
  try {
    const options = { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] } as const;
    return execFileSync('git', [...NEUTRAL, 'rev-parse', 'HEAD'], options)
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}
