import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { CommandError } from '../lib/errors.ts';
import type { Repository } from '../lib/git.ts';
import { git, run } from '../lib/git.ts';
import { enumerate, REPLACED } from './candor.ts';

/** The project that is to be upgraded, as its last commit has it. */
export interface Project {
  repository: Repository;
  head: string;
  /** The folder that it lies in, seen from the top of its repository: `` or `status/`. */
  prefix: string;
  /** The tree of that folder. */
  tree: string;
  /** Where Git keeps the objects of the repository. */
  objects: string;
  /** Where Git keeps note of the commits whose parents are missing; only in a shallow clone. */
  shallow?: string;
}

/**
 * Opens the project in a folder.
 * @throws {CommandError} when it is not in Git, no branch is checked out, or something to be replaced is not committed
 */
export async function openProject(folder: string, env: Repository['env']): Promise<Project> {
  const repository = { folder, env };
  const { code, out, err } = await run('git', ['rev-parse', '--show-prefix'], repository);
  if (code === 127) throw new CommandError('Git is not installed. The upgrade needs it so that you can undo it.');
  if (code !== 0)
    throw new CommandError(/not a git repository/i.test(err) ? NOT_IN_GIT : `Git does not work here: ${err}`);
  const prefix = out.trim();
  const head = await git(repository, 'rev-parse', '--verify', '--quiet', 'HEAD^{commit}').catch(() => {
    throw new CommandError(`The repository has no commit yet. ${HOW_TO_COMMIT}`);
  });
  await git(repository, 'symbolic-ref', '--quiet', 'HEAD').catch(() => {
    throw new CommandError('No branch is checked out. Switch to the published branch, and try again.');
  });
  const unsaved = await unsavedChanges(repository);
  if (unsaved.length > 0) {
    throw new CommandError(
      `The upgrade would overwrite changes that are not committed: ${enumerate(unsaved)}. ` +
        'Commit them, or discard them with git restore --staged --worktree FILE.',
    );
  }
  const tree = await git(repository, 'rev-parse', '--verify', '--quiet', `${head}:${prefix}`).catch(() => {
    throw new CommandError(`The folder ${folder} is not committed. ${HOW_TO_COMMIT}`);
  });
  const places = ['--git-path', 'objects', '--git-path', 'shallow'];
  const lines = (await git(repository, 'rev-parse', '--path-format=absolute', ...places)).split('\n');
  const [objects = '', shallow = ''] = lines;
  return { repository, head, prefix, tree, objects, ...(existsSync(shallow) && { shallow }) };
}

const HOW_TO_COMMIT = 'Run git add --all and git commit, and start again.';
const NOT_IN_GIT =
  'This folder is not in a Git repository. The upgrade needs one so that you can undo it. ' +
  `Run git init first. ${HOW_TO_COMMIT.replace('Run', 'Then run')}`;

/** Tracked files that an upgrade would touch and that differ from the last commit. */
async function unsavedChanges(repository: Repository): Promise<string[]> {
  const args = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=no', '--', ...REPLACED];
  const entries = (await git(repository, ...args)).split('\0').filter(Boolean);
  return entries.map((entry) => entry.slice('XY '.length));
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

/** What a tree of Git holds at a path. */
interface TreeEntry {
  mode: string;
  type: string;
  id: string;
  path: string;
}

/** What a tree holds at these paths; those that it does not have are left out. */
export async function entriesAt(
  { repository }: Workbench,
  tree: string,
  paths: readonly string[],
): Promise<TreeEntry[]> {
  const list = await git(repository, '--literal-pathspecs', 'ls-tree', '-z', '--full-tree', tree, '--', ...paths);
  return list
    .split('\0')
    .filter(Boolean)
    .map((line) => {
      const [facts = '', path = ''] = line.split('\t', 2);
      const [mode = '', type = '', id = ''] = facts.split(' ');
      return { mode, type, id, path };
    });
}
