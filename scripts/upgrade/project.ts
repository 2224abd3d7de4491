import { existsSync } from 'node:fs';
import { CommandError } from '../lib/errors.ts';
import type { Repository } from '../lib/git.ts';
import { git, run } from '../lib/git.ts';
import { REPLACED, enumerate } from './candor.ts';

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
  if (code === 127) throw new CommandError('Git is not installed. Upgrade needs it to keep what it replaces.');
  if (code !== 0) throw new CommandError(/not a git repository/i.test(err) ? NOT_IN_GIT : `Git fails here: ${err}`);
  const prefix = out.trim();
  const head = await git(repository, 'rev-parse', '--verify', '--quiet', 'HEAD^{commit}').catch(() => {
    throw new CommandError(`The repository has no commit yet. ${HOW_TO_COMMIT}`);
  });
  await git(repository, 'symbolic-ref', '--quiet', 'HEAD').catch(() => {
    throw new CommandError('No branch is checked out. Switch to the branch that is published, and try again.');
  });
  const unsaved = await unsavedChanges(repository);
  if (unsaved.length > 0) {
    throw new CommandError(
      `Upgrade would replace changes that are not committed: ${enumerate(unsaved)}. ` +
        'Commit them, or drop them with git restore --staged --worktree FILE.',
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
  'This folder is in no Git repository. Upgrade needs one, so that what it replaces can be brought back. ' +
  `Run git init first. ${HOW_TO_COMMIT.replace('Run', 'Then run')}`;

/** Tracked files that an upgrade would touch and that differ from the last commit. */
async function unsavedChanges(repository: Repository): Promise<string[]> {
  const args = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=no', '--', ...REPLACED];
  const entries = (await git(repository, ...args)).split('\0').filter(Boolean);
  return entries.map((entry) => entry.slice('XY '.length));
}
