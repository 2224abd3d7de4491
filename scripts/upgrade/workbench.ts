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
