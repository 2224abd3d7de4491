import { join } from 'node:path';
import type { Instant } from '../../src/core/days.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import { machineTime } from '../../src/reader/clock.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import type { Repository } from '../lib/git.ts';
import { git, run } from '../lib/git.ts';
import type { Progress } from '../lib/output.ts';
import type { LiveBuild } from '../lib/published.ts';
import { liveBuild } from '../lib/published.ts';
import type { Upstream } from '../lib/push.ts';
import { pushBranch, refuseErrors, trackingRef } from '../lib/push.ts';
import type { Sleep } from '../lib/retry.ts';
import { retry } from '../lib/retry.ts';
import { counted } from '../lib/text.ts';
import { whileWaiting } from './prompts.ts';
import { deploymentsAddress } from './pull-request.ts';

/** The page that shows a change. */
export interface Page {
  /** Of the site. */
  url: URL;
  /** Of the page on it that is about the change. */
  address: string;
  zone: string;
  /** When it does, if that is later. */
  later?: Instant;
}

/** How far a push went. */
export interface Pushed {
  remote: string;
  branch: string;
  /** When the page that shows it was built, if that was waited for. */
  live?: string;
}

/** What a push has to do with. */
export interface PushContext extends CommandContext {
  wait?: boolean;
  say: (text: string) => void;
  progress: Progress;
}

/**
 * Pushes the branch that is checked out, and says when the page will show it.
 * @param paths below the content folder
 * @returns nothing when the branch is protected
 * @throws {CommandError} when it cannot be pushed, or the page does not show it after a while
 */
export async function pushAndTell(
  { paths, page }: { paths: readonly string[]; page: Page },
  upstream: Upstream,
  repository: Repository,
  context: PushContext,
): Promise<Pushed | undefined> {
  const { say, progress, wait } = context;
  const { remote, branch, main, ahead } = upstream;
  const before = lookAt(page.url).catch(() => undefined);
  const prefix = await git(repository, 'rev-parse', '--show-prefix');
  const result = await pushBranch(repository, upstream, ({ folder }) =>
    refuseErrors(paths, { ...context.env, STATUS_CONTENT: join(folder, prefix) }),
  );
  if (result.how === 'refused') return undefined;
  if (result.how === 'conflict') throw new CommandError(conflictText(result.files));
  const { commit, stuck } = result;
  const hash = await git(repository, 'rev-parse', '--short', commit);
  const more = ahead > 0 ? `, with ${counted(ahead, 'earlier commit')}` : '';
  progress.state = `It is pushed to ${remote}/${branch} as ${hash}${more}.`;
  if (stuck !== undefined) say(`Your branch could not follow ${remote}/${branch}: ${stuck}\nRun git pull --rebase.`);
  const pushed = { remote, branch };
  if (main !== undefined) {
    say(`Pushed to ${remote}/${branch} as ${hash}${more}. The page is published from ${main}, so merge it there.`);
    return pushed;
  }
  if (page.later !== undefined) {
    say(
      `Pushed to ${remote}/${branch} as ${hash}${more}. It is published at ${formatTime(page.later)}: ${page.address}`,
    );
    return pushed;
  }
  say(`Published as ${hash} on ${remote}/${branch}${more}: ${page.address}`);
  const deployments = deploymentsAddress(await git(repository, 'remote', 'get-url', remote));
  if (!wait) {
    say(await whenText(await before, repository, deployments));
    return pushed;
  }
  const { built } = await waitUntilLive(commit, { page, upstream, repository, deployments }, say);
  const time = datesFor('en', page.zone).time(built);
  say(`The page shows it. It was built at ${time}.`);
  return { ...pushed, live: new Date(built).toISOString() };
}

function conflictText(files: readonly string[]): string {
  const what = files.length > 0 ? `changed ${new Intl.ListFormat('en').format(files)}` : 'pushed changes';
  return (
    `Somebody else ${what} at the same time. Nothing is lost, and nothing of yours is published. ` +
    'To read what they wrote and post again, run npm run undo and git pull. To merge both by hand, run git pull --rebase.'
  );
}

/** Milliseconds that a look at the page may take. */
const PATIENCE = 5_000;

function lookAt(url: URL): Promise<LiveBuild | undefined> {
  return liveBuild(url, machineTime(), PATIENCE);
}

/** The page was built for another reason than its commit if so many milliseconds passed between them. */
const USUAL = 15 * 60_000;
/** How long GitHub Pages takes from the beginning of a build until the page is live, in milliseconds. */
const PUBLISHING = 30_000;

/** When the page will show a commit, as far as the last one tells. */
async function whenText(live: LiveBuild | undefined, repository: Repository, deployments?: string): Promise<string> {
  const { out } = live?.commit
    ? await run('git', ['show', '--no-patch', '--format=%ct', live.commit], repository)
    : { out: '' };
  const took = (live?.built ?? 0) - Number(out) * 1000;
  const isUsual = out !== '' && took > 0 && took < USUAL;
  const when = isUsual
    ? `It should be on the page in about ${counted(Math.ceil((took + PUBLISHING) / 60_000), 'minute')}: the last change was built ${counted(Math.round(took / 1000), 'second')} after its commit.`
    : 'The page shows it once its deployment has finished.';
  return deployments === undefined ? when : `${when} Deployments: ${deployments}`;
}

/** Milliseconds between looks: ten minutes altogether. */
const PAUSES = [1_000, 2_000, 3_000, 4_000, ...Array<number>(118).fill(5_000)];

/** Whether a page has a commit. Somebody may have pushed since, so that it was never built from that very commit. */
async function contains(built: string, commit: string, upstream: Upstream, repository: Repository): Promise<boolean> {
  if (built === commit) return true;
  const isKnown = (await run('git', ['cat-file', '-e', `${built}^{commit}`], repository)).code === 0;
  const refs = `+refs/heads/${upstream.branch}:${trackingRef(upstream)}`;
  if (!isKnown) await run('git', ['fetch', '--quiet', '--no-tags', upstream.remote, refs], repository);
  return (await run('git', ['merge-base', '--is-ancestor', commit, built], repository)).code === 0;
}

/**
 * When the page that is live was built, if it has a commit.
 * @throws {CommandError} when the page does not answer
 */
export async function shownSince(
  url: URL,
  commit: string,
  upstream: Upstream,
  repository: Repository,
): Promise<Instant | undefined> {
  const live = await lookAt(url);
  return live?.commit && (await contains(live.commit, commit, upstream, repository)) ? live.built : undefined;
}

interface Awaited {
  page: Page;
  upstream: Upstream;
  repository: Repository;
  deployments: string | undefined;
}

/**
 * Waits until the page shows a commit.
 * @throws {CommandError} when it does not after ten minutes
 */
export async function waitUntilLive(
  commit: string,
  { page, upstream, repository, deployments }: Awaited,
  say: (text: string) => void,
  sleep?: Sleep,
): Promise<LiveBuild> {
  let last = '';
  const look = async (): Promise<LiveBuild | undefined> => {
    const live = await lookAt(page.url).catch((error: CommandError) => {
      last = error.message;
      return undefined;
    });
    if (live)
      last = `It shows ${live.commit?.slice(0, 7) ?? 'a page'}, built at ${new Date(live.built).toISOString()}.`;
    return live?.commit !== undefined && (await contains(live.commit, commit, upstream, repository)) ? live : undefined;
  };
  const wait = (live: LiveBuild | undefined) => (live ? undefined : 0);
  const waiting = retry(look, { wait, pauses: PAUSES, ...(sleep && { sleep }) });
  const live = await whileWaiting(`Waiting for ${page.url.href}`, waiting, say);
  if (live) return live;
  const where = deployments === undefined ? '' : ` Look at the deployments: ${deployments}`;
  throw new CommandError(`${page.url.href} does not show it after ten minutes. ${last}${where}`);
}
