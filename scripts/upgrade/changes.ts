import { git } from '../author/git.ts';
import { EXAMPLE, OFFERED, REPLACED } from './places.ts';
import type { Project } from './project.ts';
import { filesBelow } from './tree.ts';
import type { Workbench } from './workbench.ts';

/** Paths below the project's folder. */
export interface Changes {
  added: readonly string[];
  changed: readonly string[];
  removed: readonly string[];
}

/** What differs between two trees. */
export async function changesBetween({ repository }: Workbench, before: string, after: string): Promise<Changes> {
  return readNameStatus(await git(repository, 'diff-tree', '-r', '-z', '--no-renames', '--name-status', before, after));
}

/** Reads what `git diff-tree -z --no-renames --name-status` prints. */
export function readNameStatus(text: string): Changes {
  const parts = text.split('\0');
  const entries = parts.flatMap((part, at) => (at % 2 === 1 ? [{ status: parts[at - 1] ?? '', path: part }] : []));
  const of = (wanted: (status: string) => boolean) =>
    entries.filter(({ status }) => wanted(status)).map(({ path }) => path);
  return {
    added: of((status) => status === 'A'),
    changed: of((status) => status !== 'A' && status !== 'D'),
    removed: of((status) => status === 'D'),
  };
}

/** Files of a version that would lie in the owner's places and that the owner does not have. */
export async function offeredFiles(bench: Workbench, project: string, release: string): Promise<string[]> {
  const [mine, theirs] = [await filesBelow(bench, project, OFFERED), await filesBelow(bench, release, OFFERED)];
  return theirs.filter((path) => !mine.includes(path) && !EXAMPLE.test(path));
}

/** Files that were changed in this repository since some commit of it. */
export interface OwnChanges {
  since: string;
  paths: readonly string[];
}

/** Beginning of the message of every upgrade. */
export const UPGRADED = 'Upgrade Candor to ';

/**
 * What was changed of the project's own files since the last upgrade or, before the first, since the first commit.
 * Nothing where the history does not say.
 */
export async function ownChanges({ repository, head, shallow }: Project): Promise<OwnChanges | undefined> {
  const last = await git(repository, 'rev-list', '-1', '--basic-regexp', `--grep=^${UPGRADED}`, head);
  const roots = last || shallow ? [] : (await git(repository, 'rev-list', '--max-parents=0', head)).split('\n');
  const since = last || (roots.length === 1 ? roots[0] : undefined);
  if (!since) return undefined;
  const args = ['diff', '--name-only', '-z', '--no-renames', '--relative', since, head, '--', ...REPLACED];
  return { since, paths: (await git(repository, ...args)).split('\0').filter(Boolean) };
}
