import { git } from '../author/git.ts';
import { KEPT } from './places.ts';
import type { Project } from './project.ts';
import type { Workbench } from './workbench.ts';

/** What a tree of Git holds at a path. */
export interface TreeEntry {
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
export async function upgradedTree(bench: Workbench, project: Project, release: string): Promise<string> {
  const { repository } = bench;
  await git(repository, 'read-tree', release);
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
