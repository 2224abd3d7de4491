import { claim, slug } from '../import/slug.ts';
import { AuthorError } from './author-error.ts';
import type { Repository } from './git.ts';
import { commit, git, run } from './git.ts';

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
  commit: string;
  opened: boolean;
  address?: string;
}

/**
 * Finds out whether a pull request can be made at all, before anything is written.
 * @param name what it is about, for the name of the branch
 * @throws {AuthorError} when there is no branch or nowhere to push to
 */
export async function planBranch(repository: Repository, name: string): Promise<BranchPlan> {
  const base = await git(repository, 'symbolic-ref', '--quiet', '--short', 'HEAD').catch(() => {
    throw new AuthorError('No branch is checked out. Switch to the one that is published, and start again.');
  });
  await git(repository, 'rev-parse', '--verify', '--quiet', 'HEAD').catch(() => {
    throw new AuthorError('The repository has no commit yet, so that a pull request has nothing to go into.');
  });
  const remotes = (await git(repository, 'remote')).split('\n').filter(Boolean);
  const { out: configured } = await run('git', ['config', `branch.${base}.remote`], repository.folder, repository.env);
  const remote = [configured.trim(), 'origin', ...remotes].find((one) => remotes.includes(one));
  if (!remote) throw new AuthorError('The repository has no remote, so there is nowhere to open a pull request.');
  const refs = await git(repository, 'for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads', 'refs/remotes');
  const taken = new Set(refs.split('\n').map((ref) => ref.replace(`${remote}/`, '')));
  return { base, remote, branch: claim(`status/${slug(name, 100)}`, taken) };
}

/**
 * Commits paths on a branch of their own, pushes it and opens a pull request through `gh`. What was checked out
 * before is checked out again afterwards, also after a failure.
 * @param say takes a sentence on the state of things after each step
 */
export async function openPullRequest(
  repository: Repository,
  plan: BranchPlan,
  paths: readonly string[],
  message: string,
  say: (state: string) => void,
): Promise<PullRequest> {
  const { base, branch, remote } = plan;
  await git(repository, 'switch', '--quiet', '--create', branch);
  let hash: string;
  try {
    hash = await commit(repository, paths, message);
  } catch (error) {
    await git(repository, 'switch', '--quiet', base);
    await git(repository, 'branch', '--quiet', '-D', branch);
    throw error;
  }
  say(
    `The change is committed on the branch ${branch}, which is not pushed; git push ${remote} ${branch} tries again.`,
  );
  try {
    await git(repository, 'push', '--quiet', '--set-upstream', remote, branch);
  } finally {
    await git(repository, 'switch', '--quiet', base);
  }
  say(`The change is pushed on the branch ${branch}; no pull request is open yet.`);
  const title = message.split('\n')[0] ?? message;
  const args = ['pr', 'create', '--base', base, '--head', branch, '--title', title, '--body', ''];
  const env = { ...repository.env, GH_PROMPT_DISABLED: '1' };
  const { code, out } = await run('gh', args, repository.folder, env);
  const opened = code === 0;
  const remoteUrl = await git(repository, 'remote', 'get-url', remote);
  const address = opened ? out.trim().split('\n').at(-1) : compareAddress(remoteUrl, base, branch);
  return { ...plan, commit: hash, opened, ...(address && { address }) };
}

/** The page on which a pull request can be opened by hand; nothing for a remote that is no GitHub or GitLab. */
export function compareAddress(remoteUrl: string, base: string, branch: string): string | undefined {
  const match =
    /^(?:https?:\/\/(?:[^@/]*@)?|ssh:\/\/(?:[^@/]*@)?|[^@/]*@)([^/:]+)(?::\d+)?[/:](.+?)(?:\.git)?\/?$/.exec(remoteUrl);
  const [, host = '', path = ''] = match ?? [];
  const [from, to] = [branch, base].map((name) => name.split('/').map(encodeURIComponent).join('/'));
  if (/github/i.test(host)) return `https://${host}/${path}/compare/${to}...${from}?expand=1`;
  if (!/gitlab/i.test(host)) return undefined;
  const query = new URLSearchParams({
    'merge_request[source_branch]': branch,
    'merge_request[target_branch]': base,
  });
  return `https://${host}/${path}/-/merge_requests/new?${query}`;
}
