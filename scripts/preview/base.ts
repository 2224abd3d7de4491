import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { CommandError } from '../lib/errors.ts';
import type { Repository } from '../lib/git.ts';
import { findRepository, git } from '../lib/git.ts';
import type { CommandContext } from '../lib/context.ts';
import type { SourceFolder } from '../../src/reader/files.ts';
import { readFolder } from '../../src/reader/files.ts';
import type { FileChange } from './compare.ts';

/** What the working tree is compared with. */
export interface Base {
  /** The commit's short name. */
  commit: string;
  source: SourceFolder;
  /** What differs from it in `public/`. */
  files: FileChange[];
}

/** Where the default branch may be known as, best first. */
const DEFAULT_BRANCHES = ['origin/HEAD', 'origin/main', 'main'];

/**
 * Reads a content folder as a commit has it.
 * @param wanted a commit; left out, the one at which the default branch was left, which on it is what was last pushed
 * @throws {CommandError} when there is no repository, no commit, or no such one
 */
export async function readBase(
  folder: string,
  publicDir: string,
  after: SourceFolder,
  wanted: string | undefined,
  env: CommandContext['env'],
): Promise<Base> {
  const repository = await findRepository(folder, env);
  if (typeof repository === 'string') {
    throw new CommandError(`${repository} A preview compares with an earlier version, so it needs one.`);
  }
  const commit = wanted === undefined ? await ownBase(repository) : await commitOf(repository, wanted);
  if (commit === undefined) throw new CommandError(missing(wanted));
  const root = await realpath(await git(repository, 'rev-parse', '--show-toplevel'));
  const top: Repository = { folder: root, env };
  const place = placeIn(root, await realpath(folder)) ?? '';
  const publicPlace = placeIn(root, await realpath(publicDir).catch(() => resolve(publicDir)));
  const source = await checkedOut(top, commit, place);
  return {
    commit: await git(top, 'rev-parse', '--short', commit),
    source: {
      files: source.files,
      publicFiles: publicPlace === undefined ? after.publicFiles : await servedAt(top, commit, publicPlace),
    },
    files: publicPlace === undefined ? [] : await fileChanges(top, commit, publicPlace),
  };
}

/**
 * The published versions of maintenance files that changed since; none without a repository.
 * @param folder the content folder
 */
export async function publishedMaintenance(
  folder: string,
  env: CommandContext['env'],
): Promise<{ path: string; text: string }[]> {
  const repository = await findRepository(folder, env);
  if (typeof repository === 'string') return [];
  const commit = await ownBase(repository);
  if (commit === undefined) return [];
  const root = await realpath(await git(repository, 'rev-parse', '--show-toplevel'));
  const top: Repository = { folder: root, env };
  const place = placeIn(root, await realpath(folder)) ?? '';
  const diff = ['diff', '--name-only', '--no-renames', '--no-ext-diff', '--diff-filter=M', '-z', commit, '--'];
  const changed = parts(await git(top, '--literal-pathspecs', ...diff, `${place}maintenance`));
  return Promise.all(
    changed.map(async (path) => ({
      path: path.slice(place.length),
      text: await git(top, 'show', `${commit}:${path}`),
    })),
  );
}

function missing(wanted: string | undefined): string {
  return wanted === undefined
    ? 'The repository has no commit yet, so there is nothing to compare with.'
    : `There is no commit “${wanted}” here. In a clone that holds only the newest commits, run: git fetch --unshallow`;
}

async function ownBase(repository: Repository): Promise<string | undefined> {
  for (const branch of DEFAULT_BRANCHES) {
    const base = await git(repository, 'merge-base', branch, 'HEAD').catch(nothingThere);
    if (base) return base;
  }
  return commitOf(repository, 'HEAD');
}

async function commitOf(repository: Repository, name: string): Promise<string | undefined> {
  const found = await git(repository, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`).catch(
    nothingThere,
  );
  return found || undefined;
}

/** Git ends with 1 for what it does not find. */
function nothingThere(error: unknown): undefined {
  if (!(error instanceof CommandError)) throw error;
}

/** A folder's path in a repository with a slash at the end, empty for the whole of it; nothing when it lies elsewhere. */
function placeIn(root: string, folder: string): string | undefined {
  if (folder === root) return '';
  return folder.startsWith(root + sep)
    ? `${folder
        .slice(root.length + 1)
        .split(sep)
        .join('/')}/`
    : undefined;
}

/** The content folder of a commit, read from a copy: through an index of its own, so that nothing here changes. */
async function checkedOut({ folder, env }: Repository, commit: string, place: string): Promise<SourceFolder> {
  const copy = await mkdtemp(join(tmpdir(), 'candor-preview-'));
  try {
    const repository = { folder, env: { ...env, GIT_INDEX_FILE: join(copy, 'index') } };
    const tree = `${commit}:${place.replace(/\/$/, '')}`;
    const there = await git(repository, 'rev-parse', '--verify', '--quiet', tree).catch(nothingThere);
    if (!there) return { files: [], publicFiles: new Set() };
    await git(repository, 'read-tree', there);
    await git(repository, 'checkout-index', '--all', '--force', `--prefix=${copy}/content/`);
    return await readFolder(join(copy, 'content'), join(copy, 'public'));
  } finally {
    await rm(copy, { recursive: true });
  }
}

/** What a commit has below a folder, by the address it is served at. */
async function servedAt(repository: Repository, commit: string, place: string): Promise<Set<string>> {
  const args = ['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit, '--', ...paths(place)];
  return new Set(parts(await git(repository, '--literal-pathspecs', ...args)).map((path) => addressOf(path, place)));
}

/** What differs below a folder between a commit and the working tree, which may hold files that Git does not know yet. */
async function fileChanges(repository: Repository, commit: string, place: string): Promise<FileChange[]> {
  const diff = ['diff', '--name-status', '--no-renames', '--no-ext-diff', '-z', commit, '--', ...paths(place)];
  const facts = parts(await git(repository, '--literal-pathspecs', ...diff));
  const known = facts.flatMap((path, index): FileChange[] => {
    if (index % 2 === 0) return [];
    const kind = KINDS[facts[index - 1] ?? ''] ?? 'changed';
    return [{ kind, path: addressOf(path, place) }];
  });
  const others = ['ls-files', '--others', '--exclude-standard', '-z', '--', ...paths(place)];
  const unknown = parts(await git(repository, '--literal-pathspecs', ...others));
  return [...known, ...unknown.map((path): FileChange => ({ kind: 'added', path: addressOf(path, place) }))];
}

const KINDS: Readonly<Record<string, FileChange['kind']>> = { A: 'added', D: 'removed' };

function paths(place: string): string[] {
  return place === '' ? [] : [place];
}

function parts(list: string): string[] {
  return list.split('\0').filter(Boolean);
}

function addressOf(path: string, place: string): string {
  return `/${path.slice(place.length)}`;
}
