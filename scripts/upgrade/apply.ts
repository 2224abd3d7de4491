import type { Progress } from '../lib/output.ts';
import type { Project, Workbench } from './project.ts';
import { git, withoutSkips } from '../lib/git.ts';
import { REPLACED } from './candor.ts';

const HANDED_OVER = 'refs/candor/upgrade';

/**
 * Commits a tree of the workbench in the project's repository. Its branch and its files stay as they are.
 * @returns the commit
 */
export async function commitOf(
  bench: Workbench,
  { repository, head }: Project,
  tree: string,
  message: readonly string[],
): Promise<string> {
  // A commit without a parent: Git fetches trees only with one, and a shallow one would make the project shallow.
  const carrier = await git(bench.repository, 'commit-tree', tree, '-m', 'Upgrade');
  await git(bench.repository, 'update-ref', HANDED_OVER, carrier);
  const quietly = ['--quiet', '--no-tags', '--no-auto-gc', '--no-recurse-submodules', '--no-write-fetch-head'];
  await git(repository, 'fetch', ...quietly, '--', bench.gitDir, HANDED_OVER);
  const signs = await git(repository, 'config', '--type=bool', '--default=false', '--get', 'commit.gpgSign');
  const paragraphs = message.flatMap((text) => ['-m', withoutSkips(text)]);
  return git(repository, 'commit-tree', ...(signs === 'true' ? ['-S'] : []), '-p', head, ...paragraphs, tree);
}

/**
 * Moves the branch and the files of the project to a commit made from it. Git looks first whether something that is
 * not committed is in the way, and then touches nothing.
 * @throws {CommandError} with Git's reason; `progress` says what state the files are in
 */
export async function moveTo({ repository }: Project, commit: string, progress: Progress): Promise<void> {
  const before = await fileState(repository);
  const untouched = progress.state;
  progress.state = halfway(commit);
  const carefully = ['--no-autostash', '--no-overwrite-ignore', '--no-verify-signatures'];
  try {
    await git(repository, 'merge', '--ff-only', '--quiet', '--no-stat', ...carefully, commit);
  } catch (error) {
    if ((await fileState(repository)) === before) progress.state = untouched;
    throw error;
  }
}

/** Where the branch is, and all that is not committed. */
async function fileState(repository: Project['repository']): Promise<string> {
  const status = await git(repository, 'status', '--porcelain', '-z', '--untracked-files=all');
  return `${await git(repository, 'rev-parse', 'HEAD')} ${status}`;
}

/** What to do after an interruption in the middle. */
function halfway(commit: string): string {
  const paths = REPLACED.map((path) => `"${path}"`).join(' ');
  const restore = (from: string) => `git restore --source=${from} --staged --worktree -- ${paths}`;
  return `Only some of the files may have been replaced; content/ and public/ did not change. To finish, run:

  ${restore(commit)}
  git reset --soft ${commit}

To undo it instead, run the first of these two lines, then:

  ${restore('HEAD')}`;
}
