import { realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { contentFolder } from '../../src/reader/files.ts';
import { CommandError } from './errors.ts';
import type { Repository } from './git.ts';
import { authenticated, commit, findRepository, git } from './git.ts';
import type { CommandContext } from './context.ts';
import type { GitHub } from './github.ts';
import { findPullRequest, requestReview, startWorkflow } from './github.ts';
import { inCopy, push, PUSH_TRIES, pushPauses, refuseErrors } from './push.ts';
import { retry } from './retry.ts';

/** Where a change is made: a copy of the newest commit that nobody else works in. */
export interface WorkingCopy {
  /** The repository's folder. */
  root: string;
  /** The environment with `STATUS_CONTENT` for this copy. */
  env: CommandContext['env'];
  /** The newest commit of the branch that is reviewed, if it is there. */
  reviewed?: string;
}

/** A change as it was made. */
export interface Change {
  /** Relative to the repository's folder; files that are gone included. */
  paths: readonly string[];
  /** Of the commit; its first line is the title of a pull request. */
  message: string;
  /** Whether customers see it, so that the page has to be built again. */
  publishes: boolean;
  /**
   * Whether it goes in at once, or somebody is to look at it first. `keep` puts it on the branch of the review and asks
   * nobody, and so does `push only` where the branch is protected.
   */
  way: 'push' | 'push only' | 'review' | 'keep';
  /** Of the pull request, which is also opened when the branch is protected. Markdown. */
  body: string;
  /** Users and teams, as `@ada` and `@acme/leads`. */
  reviewers: readonly string[];
}

/** A change that is to come into the repository. */
interface Proposal {
  /** The branch on which it is reviewed. */
  branch: string;
  /** Makes it; nothing when there is nothing to do. Called again, from the newest commit, when somebody else was faster. */
  change: (copy: WorkingCopy) => Promise<Change | undefined>;
}

/** How a change was pushed. */
export type PushResult =
  | { how: 'nothing' }
  | { how: 'pushed' | 'kept'; commit: string }
  /** @property url the pull request, or the page on which to open it by hand, with the reason */
  | { how: 'review'; commit: string; url: string; why?: string };

/**
 * Brings a change into the branch that this workflow runs on. It is made in a copy of the newest commit, checked,
 * committed and pushed; when another push came first, it is made again from there, so that nothing of either is lost.
 * Where the branch is protected it becomes a pull request. Then the deployment and the watch are started, since a push
 * with a workflow's own token starts nothing.
 * @throws {CommandError} with diagnostics, when `check` refuses what was written
 * @throws {CommandError} when Git or GitHub refuses
 */
export async function commitAndPush(proposal: Proposal, github: GitHub, context: CommandContext): Promise<PushResult> {
  const env = authenticated(context.env);
  const folder = await realpath(contentFolder(env));
  const found = await findRepository(folder, env);
  if (typeof found === 'string') throw new CommandError(found);
  const repository = { folder: await git(found, 'rev-parse', '--show-toplevel'), env };
  const base = github.ref;
  if (base === undefined) {
    throw new CommandError('To push a change, set GITHUB_REF_NAME in the environment, as in a workflow.');
  }
  const place = relative(repository.folder, folder);
  let isProtected = false;
  const attempt = () =>
    inWorkingCopy(repository, base, proposal.branch, async (copy, reviewed) => {
      const root = copy.folder;
      const own = { ...env, STATUS_CONTENT: join(root, place) };
      const made = await proposal.change({ root, env: own, ...(reviewed !== undefined && { reviewed }) });
      if (!made) return undefined;
      await refuseErrors(
        made.paths.map((path) => relative(place, path)),
        own,
      );
      const hash = await commit(copy, made.paths, made.message);
      const way = isProtected ? INSTEAD[made.way] : made.way;
      const isPush = way === 'push' || way === 'push only';
      const pushed = await push(
        copy,
        isPush
          ? { remote: 'origin', branch: base }
          : { remote: 'origin', branch: proposal.branch, expected: reviewed ?? '' },
      );
      if (pushed === 'refused') isProtected = true;
      return { ...made, way, hash, pushed };
    });
  const wait = (one: Awaited<ReturnType<typeof attempt>>) => (one && one.pushed !== 'done' ? 0 : undefined);
  const outcome = await retry(attempt, { wait, pauses: pushPauses() });
  if (!outcome) return { how: 'nothing' };
  if (outcome.pushed === 'done') return afterPush(outcome, proposal.branch, base, github);
  throw new CommandError(`Somebody else pushed to ${base} first, ${PUSH_TRIES} times in a row. Run it again.`);
}

/** What to do with a change if the branch is protected. */
const INSTEAD = { push: 'review', 'push only': 'keep', review: 'review', keep: 'keep' } as const;

async function afterPush(
  { way, hash, publishes, message, body, reviewers }: Change & { hash: string },
  branch: string,
  base: string,
  github: GitHub,
): Promise<PushResult> {
  if (way === 'keep') return { how: 'kept', commit: hash };
  if (way !== 'review') {
    if (publishes) await startWorkflows(github);
    return { how: 'pushed', commit: hash };
  }
  const title = message.split('\n')[0] ?? '';
  try {
    const { html_url: url } = await requestReview(github, { branch, body, reviewers }, base, title);
    return { how: 'review', commit: hash, url };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const path = [base, branch].map((name) => name.split('/').map(encodeURIComponent).join('/')).join('...');
    const why = `${error.message} The change is on the branch ${branch}, but no pull request is open. To let workflows open one, allow it under Settings → Actions → General.`;
    return { how: 'review', commit: hash, url: `${github.page}/compare/${path}?expand=1`, why };
  }
}

/** @throws {CommandError} when the deployment cannot be started; the schedule makes up for a watch that cannot */
async function startWorkflows(github: GitHub): Promise<void> {
  await startWorkflow(github, 'deploy.yml');
  await startWorkflow(github, 'watch.yml').catch((error: unknown) => {
    if (!(error instanceof CommandError)) throw error;
  });
}

/** Works in a copy of the newest commit of a branch. */
async function inWorkingCopy<T>(
  repository: Repository,
  branch: string,
  reviewed: string,
  work: (copy: Repository, reviewed: string | undefined) => Promise<T>,
): Promise<T> {
  // A pattern, since a branch that is not there would fail the whole.
  const refs = [branch, `${reviewed}*`].map((name) => `+refs/heads/${name}:refs/remotes/origin/${name}`);
  await git(repository, 'fetch', '--quiet', '--no-tags', '--prune', 'origin', ...refs);
  const tip =
    (await git(repository, 'for-each-ref', '--format=%(objectname)', `refs/remotes/origin/${reviewed}`)) || undefined;
  return inCopy(repository, `refs/remotes/origin/${branch}`, (copy) => work(copy, tip));
}

/**
 * Whether a pull request is open that makes just this of some files.
 * @param files paths below the repository's folder, without a text for those that go
 */
export async function isOffered(
  files: readonly { path: string; text: string | undefined }[],
  { root, env, reviewed }: WorkingCopy,
  branch: string,
  github: GitHub,
): Promise<boolean> {
  if (reviewed === undefined) return false;
  for (const { path, text } of files) {
    const there = await git({ folder: root, env }, 'cat-file', 'blob', `${reviewed}:${path}`).catch(() => undefined);
    if (there?.trimEnd() !== text?.trimEnd()) return false;
  }
  return (await findPullRequest(github, branch)) !== undefined;
}
