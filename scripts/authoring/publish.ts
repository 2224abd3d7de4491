import type { Progress } from '../lib/output.ts';
import { claim, slug } from '../lib/text.ts';
import { realpath } from 'node:fs/promises';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { CommandContext } from '../lib/context.ts';
import { printDiagnostics } from '../lib/diagnostics.ts';
import { CommandError } from '../lib/errors.ts';
import type { Repository } from '../lib/git.ts';
import { commit, findRepository, git, run } from '../lib/git.ts';
import { printable } from '../../src/core/printable.ts';
import type { Choice } from './prompts.ts';
import { askOne, isTerminal } from './prompts.ts';

/** What a pull request is made from and goes into. */
interface BranchPlan {
  /** The branch that is checked out. */
  base: string;
  /** The branch to be made. */
  branch: string;
  remote: string;
}

/** What was reached; `address` is that of the pull request, or of the page that opens one. */
interface PullRequest extends BranchPlan {
  commit: string;
  opened: boolean;
  address?: string;
}

/**
 * Finds out whether a pull request can be made at all, before anything is written.
 * @param name what it is about, for the name of the branch
 * @throws {CommandError} when there is no branch or nowhere to push to
 */
async function planBranch(repository: Repository, name: string): Promise<BranchPlan> {
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
 * Commits paths on a branch of their own, pushes it and opens a pull request through `gh`. What was checked out
 * before is checked out again afterwards, also after a failure.
 * @param say takes a sentence on the state of things after each step
 */
async function openPullRequest(
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
    `The change is committed on the branch ${branch} but not pushed. To try again, run git push ${remote} ${branch}.`,
  );
  try {
    await git(repository, 'push', '--quiet', '--set-upstream', remote, branch);
  } finally {
    await git(repository, 'switch', '--quiet', base);
  }
  say(`The change is pushed to the branch ${branch}, but no pull request is open yet.`);
  const title = message.split('\n')[0] ?? message;
  const args = ['pr', 'create', '--base', base, '--head', branch, '--title', title, '--body', ''];
  const env = { ...repository.env, GH_PROMPT_DISABLED: '1' };
  const { code, out } = await run('gh', args, { ...repository, env });
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

/** The options that every command which writes has. */
export interface PublishOptions {
  /** Unset, it is offered to whoever sits at the terminal. */
  commit?: boolean;
  pullRequest?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** A change of the content that is ready to be written. */
interface Change {
  /** What is shown: the name of a file, and the lines that come into it. */
  shown: readonly { place: string; lines: string }[];
  /** What is not wrong but worth a look. */
  warnings: readonly Diagnostic[];
  /** Sentences on what could be better. */
  hints: readonly string[];
  write: () => Promise<void>;
  /** What to say once it is written. */
  written: string;
  /** Relative to the content folder. */
  paths: readonly string[];
  /** Of the commit; its first line is the title of a pull request. */
  message: string;
  /** What a branch is named after. */
  name: string;
}

/** How far a change went. */
export interface Published {
  written: boolean;
  commit?: string;
  pullRequest?: Omit<PullRequest, 'commit'>;
}

type Way = 'nothing' | 'write' | 'commit' | 'pull-request';

/** Shows a change, and takes it as far as the options or the person at the terminal want. */
export async function publish(
  change: Change,
  options: PublishOptions,
  folder: string,
  context: CommandContext,
  progress: Progress,
): Promise<Published> {
  const say: Say = options.json ? () => undefined : (text) => context.out(`${text}\n`);
  show(change, folder, say);
  const repository = await findRepository(await realpath(folder), context.env);
  const way = await chooseWay(options, repository);
  if (way === 'nothing') {
    say(options.dryRun ? 'This was a dry run. Nothing was written.' : 'Nothing was written.');
    return { written: false };
  }
  const needsGit = way === 'commit' || way === 'pull-request';
  if (needsGit && typeof repository === 'string') {
    const option = way === 'commit' ? '--commit' : '--pull-request';
    throw new CommandError(`${repository} To write the file only, leave out ${option}.`);
  }
  const plan = way === 'pull-request' ? await planBranch(repository as Repository, change.name) : undefined;

  await change.write();
  progress.state = `${change.written} It is not committed.`;
  if (typeof repository === 'string' || way === 'write') {
    say(`${change.written} ${typeof repository === 'string' ? `${repository} ${WITHOUT_GIT}` : NOT_COMMITTED}`);
    return { written: true };
  }
  if (plan) return requested(repository, plan, change, say, progress);
  const hash = await commit(repository, change.paths, change.message);
  say(`${change.written} Committed as ${hash}. Run git push to publish it.`);
  return { written: true, commit: hash };
}

type Say = (text: string) => void;

function show({ shown, warnings, hints }: Change, folder: string, say: Say): void {
  for (const { place, lines } of shown) say(`\n${place}\n\n${asAdded(lines)}\n`);
  if (warnings.length > 0) say(`${printDiagnostics(warnings, 'terminal', { folder, colour: false })}\n`);
  for (const hint of hints) say(`${hint}\n`);
}

async function requested(
  repository: Repository,
  plan: BranchPlan,
  { paths, message }: Change,
  say: Say,
  progress: Progress,
): Promise<Published> {
  const state = (text: string): void => void (progress.state = text);
  const { commit: hash, ...pullRequest } = await openPullRequest(repository, plan, paths, message, state);
  say(pullRequestText(pullRequest));
  return { written: true, commit: hash, pullRequest };
}

const WITHOUT_GIT =
  'Build the page with npm run build and publish the folder dist/, or create a repository with git init.';
const NOT_COMMITTED = 'It is not committed. Commit and push it to publish it.';

async function chooseWay(options: PublishOptions, repository: Repository | string): Promise<Way> {
  if (options.dryRun) return 'nothing';
  if (options.pullRequest) return 'pull-request';
  if (options.commit) return 'commit';
  if (options.commit === false || options.json || typeof repository === 'string' || !isTerminal()) return 'write';
  const canPush = (await git(repository, 'remote')) !== '';
  const choices: Choice<Way>[] = [
    { value: 'commit', label: 'Save and commit' },
    ...(canPush ? [{ value: 'pull-request', label: 'Save and open a pull request' } as const] : []),
    { value: 'write', label: 'Save without committing' },
    { value: 'nothing', label: 'Discard' },
  ];
  return askOne('What do you want to do?', choices);
}

function pullRequestText({ base, branch, opened, address }: Omit<PullRequest, 'commit'>): string {
  const where = `The change is on the branch ${branch}. ${base} is checked out again, without the change.`;
  if (opened) return `${where} Opened the pull request: ${address ?? ''}`;
  return address
    ? `${where} Open the pull request here: ${address}`
    : `${where} It is pushed. Open a pull request from it into ${base} where your repository is hosted.`;
}

/** Lines behind a plus. */
function asAdded(lines: string): string {
  return printable(lines.replace(/\r\n?/g, '\n').trimEnd()).replace(/^/gm, '  + ');
}
