import { rmSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, withoutSkips } from '../lib/git.ts';
import type { Progress } from '../authoring/run.ts';
import { REPLACED } from './candor.ts';
import type { Project } from './project.ts';
import type { Repository } from '../lib/git.ts';

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
  return `Some of the files may be replaced and others not; content/ and public/ are as they were. This finishes it:

  ${restore(commit)}
  git reset --soft ${commit}

This, after the first of these two lines, takes it back instead:

  ${restore('HEAD')}`;
}

/** A repository of its own in a temporary folder, in which a version is laid out before the project is touched. */
export interface Workbench {
  repository: Repository;
  /** Where the repository lies. */
  gitDir: string;
}

/**
 * Runs work on a workbench, and takes it away afterwards. It reads the project's objects and writes none of them.
 */
export async function withWorkbench<T>(
  { repository: { folder, env }, objects, shallow }: Project,
  work: (bench: Workbench) => Promise<T>,
): Promise<T> {
  const place = await mkdtemp(join(tmpdir(), 'candor-upgrade-'));
  const remove = (): void => rmSync(place, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const [gitDir, workTree] = [join(place, 'git'), join(place, 'files')];
    await mkdir(workTree);
    const format = await git({ folder, env }, 'rev-parse', '--show-object-format');
    const repository = { folder: workTree, env: { ...env, ...benchEnvironment(gitDir, workTree) } };
    await git(repository, 'init', '--quiet', '--template=', `--object-format=${format}`);
    // Only the version's own .gitattributes may change line ends.
    for (const setting of ['core.autocrlf', 'core.safecrlf']) await git(repository, 'config', setting, 'false');
    await mkdir(join(gitDir, 'objects/info'), { recursive: true });
    await writeFile(join(gitDir, 'objects/info/alternates'), `${objects}\n`);
    if (shallow !== undefined) await copyFile(shallow, join(gitDir, 'shallow'));
    return await work({ repository, gitDir });
  } finally {
    process.off('exit', remove);
    remove();
  }
}

function benchEnvironment(gitDir: string, workTree: string): Repository['env'] {
  const who = { NAME: 'Candor', EMAIL: 'candor@localhost' };
  return {
    GIT_DIR: gitDir,
    GIT_WORK_TREE: workTree,
    GIT_INDEX_FILE: undefined,
    GIT_OBJECT_DIRECTORY: undefined,
    GIT_AUTHOR_NAME: who.NAME,
    GIT_AUTHOR_EMAIL: who.EMAIL,
    GIT_COMMITTER_NAME: who.NAME,
    GIT_COMMITTER_EMAIL: who.EMAIL,
  };
}
