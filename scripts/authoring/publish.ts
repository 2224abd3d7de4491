import type { Progress } from '../lib/output.ts';
import { realpath } from 'node:fs/promises';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { CommandContext } from '../lib/context.ts';
import { printDiagnostics } from '../lib/diagnostics.ts';
import { CommandError } from '../lib/errors.ts';
import type { Repository } from '../lib/git.ts';
import { commit, findRepository, git } from '../lib/git.ts';
import type { Upstream } from '../lib/push.ts';
import { findUpstream } from '../lib/push.ts';
import { counted } from '../lib/text.ts';
import { printable } from '../../src/core/printable.ts';
import type { Choice } from './prompts.ts';
import { askNow, isTerminal } from './prompts.ts';
import type { BranchPlan, PullRequest } from './pull-request.ts';
import { commitAside, moveAside, openPullRequest, planBranch } from './pull-request.ts';
import type { Page, PushContext, Pushed } from './push.ts';
import { pushAndTell } from './push.ts';

/** The options that every command which writes has. */
export interface PublishOptions {
  /** Unset, it is offered to whoever sits at the terminal. */
  commit?: boolean;
  /** Also commits. */
  push?: boolean;
  /** Also pushes, and waits until the page shows it. */
  wait?: boolean;
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
  /** The page that will show it. */
  page: Page;
}

/** How far a change went. */
export interface Published {
  written: boolean;
  commit?: string;
  pushed?: Pushed;
  pullRequest?: PullRequest;
}

type Way = 'nothing' | 'write' | 'commit' | 'push' | 'pull-request';

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
  const upstream = typeof repository === 'string' ? repository : await findUpstream(repository);
  const way = await chooseWay(options, repository, upstream, say);
  if (way === 'nothing') {
    say(options.dryRun ? 'This was a dry run. Nothing was written.' : 'Nothing was written.');
    return { written: false };
  }
  if (way !== 'write' && typeof repository === 'string') {
    throw new CommandError(`${repository} To write the file only, leave out --${way}.`);
  }
  if (way === 'push' && typeof upstream === 'string')
    throw new CommandError(`${upstream} To commit only, use --commit.`);
  const plan = way === 'pull-request' ? await planBranch(repository as Repository, change.name) : undefined;

  await change.write();
  progress.state = `${change.written} It is not committed.`;
  if (typeof repository === 'string' || way === 'write') {
    say(`${change.written} ${typeof repository === 'string' ? `${repository} ${WITHOUT_GIT}` : NOT_COMMITTED}`);
    return { written: true };
  }
  const told = { ...context, ...options, say, progress };
  if (plan) {
    const aside = await commitAside(repository, plan, change.paths, change.message);
    return { written: true, commit: aside, ...(await request(plan, change.message, repository, told)) };
  }
  const hash = await commit(repository, change.paths, change.message);
  if (way !== 'push' || typeof upstream === 'string') {
    say(`${change.written} Committed as ${hash}. Run git push to publish it.`);
    return { written: true, commit: hash };
  }
  progress.state = `${change.written} It is committed as ${hash}, but not pushed.`;
  return { written: true, commit: hash, ...(await pushCommit(change, upstream, repository, told)) };
}

/** Pushes what is committed. Where the branch is protected, its newest commit becomes a pull request. */
export async function pushCommit(
  change: Pick<Change, 'paths' | 'page' | 'message' | 'name'>,
  upstream: Upstream,
  repository: Repository,
  told: PushContext,
): Promise<Pick<Published, 'pushed' | 'pullRequest'>> {
  const pushed = await pushAndTell(change, upstream, repository, told);
  if (pushed) return { pushed };
  told.say(`${upstream.branch} is protected, so the change needs a pull request.`);
  // Whoever runs this in a script must not take it for published.
  process.exitCode = 1;
  const plan = await planBranch(repository, change.name);
  await moveAside(repository, plan);
  return request(plan, change.message, repository, told);
}

async function request(plan: BranchPlan, message: string, repository: Repository, { say, progress }: PushContext) {
  const pullRequest = await openPullRequest(repository, plan, message, (state) => (progress.state = state));
  say(pullRequestText(pullRequest));
  return { pullRequest };
}

type Say = (text: string) => void;

function show({ shown, warnings, hints }: Change, folder: string, say: Say): void {
  for (const { place, lines } of shown) say(`\n${place}\n\n${asAdded(lines)}\n`);
  if (warnings.length > 0) say(`${printDiagnostics(warnings, 'terminal', { folder, colour: false })}\n`);
  for (const hint of hints) say(`${hint}\n`);
}

const WITHOUT_GIT =
  'Build the page with npm run build and publish the folder dist/, or create a repository with git init.';
const NOT_COMMITTED = 'It is not committed. Commit and push it to publish it.';

async function chooseWay(
  options: PublishOptions,
  repository: Repository | string,
  upstream: Upstream | string,
  say: Say,
): Promise<Way> {
  if (options.dryRun) return 'nothing';
  if (options.pullRequest) return 'pull-request';
  if (options.push || options.wait) return 'push';
  if (options.commit) return 'commit';
  if (options.commit === false || options.json || typeof repository === 'string' || !isTerminal()) return 'write';
  if (typeof upstream === 'string') say(`${upstream}\n`);
  const canRequest = (await git(repository, 'remote')) !== '';
  const choices: Choice<Way>[] = [
    ...(typeof upstream === 'string' ? [] : [pushChoice(upstream)]),
    { value: 'commit', label: 'Save and commit' },
    ...(canRequest ? [{ value: 'pull-request', label: 'Save and open a pull request' } as const] : []),
    { value: 'write', label: 'Save without committing' },
    { value: 'nothing', label: 'Discard' },
  ];
  return askNow('What do you want to do?', choices);
}

function pushChoice({ remote, branch, main, ahead }: Upstream): Choice<Way> {
  const label = main === undefined ? 'Publish now (commit and push)' : `Save, commit and push to ${remote}/${branch}`;
  return { value: 'push', label, ...(ahead > 0 && { hint: `together with ${counted(ahead, 'earlier commit')}` }) };
}

function pullRequestText({ base, branch, opened, address }: PullRequest): string {
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
