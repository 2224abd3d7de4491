import { CommandError } from '../lib/errors.ts';
import type { Repository } from '../lib/git.ts';
import { commit, git, run } from '../lib/git.ts';
import { moveBranch } from '../lib/push.ts';
import { claim, slug } from '../lib/text.ts';

/** What a pull request is made from and goes into. */
export interface BranchPlan {
  /** The branch that is checked out. */
  base: string;
  /** The branch to be made. */
  branch: string;
  remote: string;
}

/** What was reached; `address` is that of the pull request, or of the page that opens one. */
export interface PullRequest extends BranchPlan {
  opened: boolean;
  address?: string;
}

/**
 * Finds out whether a pull request can be made at all, before anything is written.
 * @param name what it is about, for the name of the branch
 * @throws {CommandError} when there is no branch or nowhere to push to
 */
export async function planBranch(repository: Repository, name: string): Promise<BranchPlan> {
  const base = await git(repository, 'symbolic-ref', '--quiet', '--short', 'HEAD').catch(() => {
    throw new CommandError('No branch is checked out. Switch to the published branch, and try again.');
  });
  await git(repository, 'rev-parse', '--verify', '--quiet', 'HEAD').catch(() => {
    throw new CommandError('The repository has no commits yet, so you cannot open a pull request.');
  });
  const remotes = (await git(repository, 'remote')).split('\n').filter(Boolean);
  const { out: configured } = await run('git', ['config', `branch.${base}.remote`], repository);
  const remote = [configured.trim(), 'origin', ...remotes].find((one) => remotes.includes(one));
  if (!remote) throw new CommandError('The repository has no remote, so you cannot open a pull request.');
  const refs = await git(repository, 'for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads', 'refs/remotes');
  const taken = new Set(refs.split('\n').map((ref) => ref.replace(`${remote}/`, '')));
  return { base, remote, branch: claim(`status/${slug(name, 100)}`, taken) };
}

/**
 * Commits paths on a branch of their own. What was checked out before is checked out again afterwards.
 * @returns the commit's short name
 */
export async function commitAside(
  repository: Repository,
  { base, branch }: BranchPlan,
  paths: readonly string[],
  message: string,
): Promise<string> {
  await git(repository, 'switch', '--quiet', '--create', branch);
  try {
    return await commit(repository, paths, message);
  } catch (error) {
    await git(repository, 'switch', '--quiet', base);
    await git(repository, 'branch', '--quiet', '-D', branch);
    throw error;
  } finally {
    await git(repository, 'switch', '--quiet', base);
  }
}

/** Moves the newest commit from the branch that is checked out to one of its own. */
export async function moveAside(repository: Repository, { base, branch }: BranchPlan): Promise<void> {
  await git(repository, 'branch', branch);
  await moveBranch(repository, base, 'HEAD~');
}

/**
 * Pushes a branch and opens a pull request through `gh`.
 * @param message of its commit
 * @param say takes a sentence on the state of things after each step
 */
export async function openPullRequest(
  repository: Repository,
  { base, branch, remote }: BranchPlan,
  message: string,
  say: (state: string) => void,
): Promise<PullRequest> {
  say(
    `The change is committed on the branch ${branch} but not pushed. To try again, run git push ${remote} ${branch}.`,
  );
  await git(repository, 'push', '--quiet', '--set-upstream', remote, branch);
  say(`The change is pushed to the branch ${branch}, but no pull request is open yet.`);
  const title = message.split('\n')[0] ?? message;
  const args = ['pr', 'create', '--base', base, '--head', branch, '--title', title, '--body', ''];
  const env = { ...repository.env, GH_PROMPT_DISABLED: '1' };
  const { code, out } = await run('gh', args, { ...repository, env });
  const opened = code === 0;
  const remoteUrl = await git(repository, 'remote', 'get-url', remote);
  const address = opened ? out.trim().split('\n').at(-1) : compareAddress(remoteUrl, base, branch);
  return { base, branch, remote, opened, ...(address && { address }) };
}

/** Where a remote is hosted: `github.com`, `acme/status`. */
function hostOf(remoteUrl: string): { host: string; path: string } | undefined {
  const match =
    /^(?:https?:\/\/(?:[^@/]*@)?|ssh:\/\/(?:[^@/]*@)?|[^@/]*@)([^/:]+)(?::\d+)?[/:](.+?)(?:\.git)?\/?$/.exec(remoteUrl);
  const [, host, path] = match ?? [];
  return host !== undefined && path !== undefined ? { host, path } : undefined;
}

/** The page on which a pull request can be opened by hand; nothing for a remote that is no GitHub or GitLab. */
export function compareAddress(remoteUrl: string, base: string, branch: string): string | undefined {
  const { host = '', path = '' } = hostOf(remoteUrl) ?? {};
  const [from, to] = [branch, base].map((name) => name.split('/').map(encodeURIComponent).join('/'));
  if (/github/i.test(host)) return `https://${host}/${path}/compare/${to}...${from}?expand=1`;
  if (!/gitlab/i.test(host)) return undefined;
  const query = new URLSearchParams({
    'merge_request[source_branch]': branch,
    'merge_request[target_branch]': base,
  });
  return `https://${host}/${path}/-/merge_requests/new?${query}`;
}

/** The page that shows deployments; nothing for a remote that is no GitHub or GitLab. */
export function deploymentsAddress(remoteUrl: string): string | undefined {
  const { host = '', path = '' } = hostOf(remoteUrl) ?? {};
  if (/github/i.test(host)) return `https://${host}/${path}/actions`;
  return /gitlab/i.test(host) ? `https://${host}/${path}/-/pipelines` : undefined;
}
