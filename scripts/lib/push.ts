import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandContext } from './context.ts';
import { readContentFolder } from './content.ts';
import { CommandError } from './errors.ts';
import type { Repository } from './git.ts';
import { git, run } from './git.ts';
import { randomPauses, retry } from './retry.ts';

/** How often a push is tried when others are faster. */
export const PUSH_TRIES = 12;
/** Milliseconds, growing with each try. */
const PAUSE = 250;

/** The pauses between these tries. */
export const pushPauses = (): number[] => randomPauses(PUSH_TRIES - 1, PAUSE);

/** Works in a copy of a commit that nobody else works in. */
export async function inCopy<T>(
  repository: Repository,
  commit: string,
  work: (copy: Repository) => Promise<T>,
): Promise<T> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'candor-copy-')));
  try {
    await git(repository, 'worktree', 'add', '--quiet', '--force', '--detach', folder, commit);
    return await work({ ...repository, folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
    await git(repository, 'worktree', 'prune');
  }
}

/** What a push goes to. */
interface Target {
  remote: string;
  branch: string;
  /** The commit that the branch has to be at, or an empty text for one that is not there; left out, it only goes forward. */
  expected?: string;
}

/**
 * Pushes what is checked out.
 * @returns `beaten` when somebody else was faster, `refused` when the branch is protected
 */
export async function push(
  copy: Repository,
  { remote, branch, expected }: Target,
): Promise<'done' | 'beaten' | 'refused'> {
  const target = `refs/heads/${branch}`;
  const lease = expected === undefined ? [] : [`--force-with-lease=${target}:${expected}`];
  const args = ['push', '--porcelain', ...lease, remote, `HEAD:${target}`];
  const { code, out, err } = await run('git', args, copy);
  if (code === 0) return 'done';
  const text = `${out}\n${err}`;
  if (/\[rejected\]|cannot lock ref|failed to update ref|fetch first|stale info/i.test(text)) return 'beaten';
  if (expected === undefined && /protected|GH006|GH013|rule violations|hook declined/i.test(text)) return 'refused';
  throw new CommandError(`git push failed: ${err || out.trim()}`);
}

/**
 * Makes sure that files are fine as they are in a copy. Only these: what others broke before is theirs, and must not
 * silence this.
 * @param paths below the content folder
 * @throws {CommandError} with diagnostics
 */
export async function refuseErrors(paths: readonly string[], env: CommandContext['env']): Promise<void> {
  const { diagnostics } = await readContentFolder(env);
  const errors = diagnostics.filter(({ severity, file }) => severity === 'error' && paths.includes(file));
  if (errors.length > 0)
    throw new CommandError('The change has errors, so it is not published.', { diagnostics: errors });
}

/** Where the branch that is checked out is pushed to. */
export interface Upstream {
  /** The branch that is checked out. */
  local: string;
  remote: string;
  /** The branch of the remote. */
  branch: string;
  /** The remote's main branch, if that is another one: a push does not publish. */
  main?: string;
  /** Commits that are not pushed yet. */
  ahead: number;
}

/** Finds where the branch that is checked out is pushed to, or a sentence that says why there is no such place. */
export async function findUpstream(repository: Repository): Promise<Upstream | string> {
  const ask = async (...args: string[]) => (await run('git', args, repository)).out.trim();
  const local = await ask('symbolic-ref', '--quiet', '--short', 'HEAD');
  if (local === '') return 'No branch is checked out, so nothing can be pushed.';
  if ((await ask('remote')) === '') return 'The repository has no remote, so nothing can be pushed.';
  const remote = await ask('config', `branch.${local}.remote`);
  const branch = (await ask('config', `branch.${local}.merge`)).replace(/^refs\/heads\//, '');
  if (remote === '' || remote === '.' || branch === '') {
    return `The branch ${local} has no upstream. Run git push -u once to set it.`;
  }
  const main = (await ask('symbolic-ref', '--quiet', '--short', `refs/remotes/${remote}/HEAD`)).slice(
    remote.length + 1,
  );
  const ahead = Number(await ask('rev-list', '--count', `${trackingRef({ remote, branch })}..HEAD`));
  return { local, remote, branch, ahead, ...(main !== '' && main !== branch && { main }) };
}

/** The remote's branch as it was last fetched. */
export function trackingRef({ remote, branch }: Pick<Upstream, 'remote' | 'branch'>): string {
  return `refs/remotes/${remote}/${branch}`;
}

/** What became of commits that were to be pushed. */
export type BranchPush =
  /**
   * @property commit the newest one, as it is on the remote
   * @property stuck why the branch could not follow its commits, which were put behind those of others
   */
  | { how: 'done'; commit: string; stuck?: string }
  | { how: 'refused' }
  /** @property files those that others changed in the same place */
  | { how: 'conflict'; files: readonly string[] };

/**
 * Pushes the branch that is checked out. When somebody else was faster, its commits are put behind theirs in a copy, and
 * the branch follows: what is not committed stays as it is.
 * @param check refuses, by throwing, what the commits give together with those of others
 * @throws {CommandError} when the remote does not take it, or `check` throws. Then the branch is as it was
 */
export async function pushBranch(
  repository: Repository,
  upstream: Upstream,
  check: (copy: Repository) => Promise<void>,
): Promise<BranchPush> {
  const { remote, branch } = upstream;
  const own = await git(repository, 'rev-parse', 'HEAD');
  const first = await push(repository, upstream);
  if (first !== 'beaten') return { how: first, commit: own };
  const tracking = trackingRef(upstream);
  const attempt = async (): Promise<BranchPush | 'beaten'> => {
    await git(repository, 'fetch', '--quiet', '--no-tags', remote, `+refs/heads/${branch}:${tracking}`);
    return inCopy(repository, tracking, async (copy) => {
      const files = await pick(copy, `${tracking}..${own}`);
      if (files) return { how: 'conflict', files };
      await check(copy);
      const how = await push(copy, upstream);
      if (how !== 'done') return how === 'beaten' ? how : { how };
      const commit = await git(copy, 'rev-parse', 'HEAD');
      const stuck = await moveBranch(repository, upstream.local, commit).then(
        () => undefined,
        (error: CommandError) => error.message,
      );
      return { how, commit, ...(stuck !== undefined && { stuck }) };
    });
  };
  const result = await retry(attempt, { wait: (one) => (one === 'beaten' ? 0 : undefined), pauses: pushPauses() });
  if (result !== 'beaten') return result;
  throw new CommandError(`Somebody else pushed to ${branch} first, ${PUSH_TRIES} times in a row. Run git push.`);
}

/** Puts commits on top of a copy. @returns the files that stand in the way, if any do */
export async function pick(copy: Repository, range: string): Promise<string[] | undefined> {
  const { code } = await run('git', ['cherry-pick', range], copy);
  return code === 0 ? undefined : conflicts(copy);
}

/** The files in which Git could not join two changes. */
export async function conflicts(copy: Repository): Promise<string[]> {
  return (await git(copy, 'diff', '--name-only', '--diff-filter=U')).split('\n').filter(Boolean);
}

/**
 * Moves the branch that is checked out, and leaves all files with changes of their own as they are, staged or not.
 * @throws {CommandError} when one of them would have to be overwritten. Then nothing has moved
 */
export async function moveBranch(repository: Repository, branch: string, commit: string): Promise<void> {
  await git(repository, 'switch', '--quiet', '--no-track', '-C', branch, commit);
}
