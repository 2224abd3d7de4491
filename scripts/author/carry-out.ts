import { realpath } from 'node:fs/promises';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { CommandContext } from '../context.ts';
import { printDiagnostics } from '../reporters/index.ts';
import { AuthorError } from './author-error.ts';
import type { Repository } from './git.ts';
import { commit, findRepository, git } from './git.ts';
import { printable } from '../printable.ts';
import type { Choice } from './prompts.ts';
import { askOne, isTerminal } from './prompts.ts';
import type { BranchPlan, PullRequest } from './pull-request.ts';
import { openPullRequest, planBranch } from './pull-request.ts';
import type { Progress } from './run.ts';

/** The options that every command which writes has. */
export interface PublishOptions {
  /** Unset, it is offered to whoever sits at the terminal. */
  commit?: boolean;
  pullRequest?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** A change of the content that is ready to be written. */
export interface Change {
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
    throw new AuthorError(`${repository} Leave out ${option} to write without it.`);
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
  say(`${change.written} It is committed as ${hash}; git push publishes it.`);
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
  'Build the page with npm run build and publish the folder dist/, or begin a repository with git init.';
const NOT_COMMITTED = 'It is not committed. It is published once it is committed and pushed.';

async function chooseWay(options: PublishOptions, repository: Repository | string): Promise<Way> {
  if (options.dryRun) return 'nothing';
  if (options.pullRequest) return 'pull-request';
  if (options.commit) return 'commit';
  if (options.commit === false || options.json || typeof repository === 'string' || !isTerminal()) return 'write';
  const canPush = (await git(repository, 'remote')) !== '';
  const choices: Choice<Way>[] = [
    { value: 'commit', label: 'Write it and commit it' },
    ...(canPush ? [{ value: 'pull-request', label: 'Write it and open a pull request' } as const] : []),
    { value: 'write', label: 'Write it only' },
    { value: 'nothing', label: 'Leave everything as it is' },
  ];
  return askOne('What shall be done with it?', choices);
}

function pullRequestText({ base, branch, opened, address }: Omit<PullRequest, 'commit'>): string {
  const where = `The change is on the branch ${branch}, and ${base} is checked out again as it was.`;
  if (opened) return `${where} The pull request is open: ${address ?? ''}`;
  return address
    ? `${where} Open the pull request here: ${address}`
    : `${where} It is pushed; open a pull request from it into ${base} where your repository lies.`;
}

/** Lines behind a plus. */
function asAdded(lines: string): string {
  return printable(lines.replace(/\r\n?/g, '\n').trimEnd()).replace(/^/gm, '  + ');
}
