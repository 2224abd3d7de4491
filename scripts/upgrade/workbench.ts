import { nameRepository } from './plan.ts';
import type { Release } from './release.ts';
import { KEPT } from './candor.ts';
import type { Repository } from '../lib/git.ts';
import type { Project } from './project.ts';
import { git } from '../lib/git.ts';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
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

/** All files of a tree below some paths. */
export async function filesBelow({ repository }: Workbench, tree: string, paths: readonly string[]): Promise<string[]> {
  const args = ['ls-tree', '-r', '-z', '--name-only', '--full-tree', tree, '--'];
  const list = await git(repository, '--literal-pathspecs', ...args, ...paths);
  return list.split('\0').filter(Boolean);
}

/** The tree of a version, but with what the owner keeps as it is in the project's own tree. */
export async function upgradedTree(bench: Workbench, project: Project, release: Release): Promise<string> {
  const { repository } = bench;
  await git(repository, 'read-tree', release.tree);
  await nameRepository(bench, project, release);
  await takeOut(bench, KEPT);
  for (const { mode, type, id, path } of await entriesAt(bench, project.tree, KEPT)) {
    if (type === 'tree') await git(repository, 'read-tree', `--prefix=${path}/`, id);
    else await git(repository, 'update-index', '--add', '--cacheinfo', `${mode},${id},${path}`);
  }
  return git(repository, 'write-tree');
}

/** The tree of the project's whole repository, with another tree in the project's place. */
export async function wholeTree(bench: Workbench, { head, prefix }: Project, tree: string): Promise<string> {
  if (prefix === '') return tree;
  await git(bench.repository, 'read-tree', head);
  await takeOut(bench, [prefix]);
  await git(bench.repository, 'read-tree', `--prefix=${prefix}`, tree);
  return git(bench.repository, 'write-tree');
}

async function takeOut({ repository }: Workbench, paths: readonly string[]): Promise<void> {
  const args = ['rm', '-r', '--cached', '--force', '--quiet', '--ignore-unmatch', '--'];
  await git(repository, '--literal-pathspecs', ...args, ...paths);
}
