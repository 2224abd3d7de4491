import type { Instant } from '../../src/core/days.ts';
import { eventIdOf, eventPath } from '../../src/core/events.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import { printable } from '../../src/core/printable.ts';
import type { FoundContent } from '../lib/content.ts';
import { readAs } from '../lib/content.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import type { Repository } from '../lib/git.ts';
import { git, run } from '../lib/git.ts';
import type { Upstream } from '../lib/push.ts';
import { conflicts, inCopy, moveBranch, pick } from '../lib/push.ts';
import { fetchRecord, findRemote } from '../notify/branch.ts';
import { readLines } from '../notify/record.ts';
import { TRAILER } from './post.ts';
import { shownSince } from './push.ts';

/** A commit of `new`, `update`, `resolve` or `maintenance`. */
export interface PostCommit {
  commit: string;
  subject: string;
  at: Instant;
  /** Of the incident or maintenance. */
  id: string;
  /** Whether a remote has it. */
  isPushed: boolean;
}

/** So many commits are searched. */
const SEARCHED = 500;

/**
 * The newest post by whoever runs this that was not taken back yet.
 * @param wanted a commit, which may be somebody else's
 * @throws {CommandError} when there is none
 */
export async function findPost(repository: Repository, wanted?: string): Promise<PostCommit> {
  const range = wanted === undefined ? ['--max-count', String(SEARCHED)] : ['--max-count', '1', `${wanted}^{commit}`];
  const log = await git(repository, 'log', '-z', '--format=%H%n%ae%n%ct%n%B', ...range, '--');
  const email = /<(.*)>/.exec(await git(repository, 'var', 'GIT_AUTHOR_IDENT'))?.[1];
  const reverted = new Set(Array.from(log.matchAll(/^This reverts commit (\w+)/gm), ([, hash]) => hash));
  for (const entry of log.split('\0')) {
    const [commit = '', author, time, subject = '', ...body] = entry.split('\n');
    const id = body.find((line) => line.startsWith(`${TRAILER}: `))?.slice(TRAILER.length + 2);
    if (id === undefined || reverted.has(commit) || (wanted === undefined && author !== email)) continue;
    const remotes = await git(repository, 'for-each-ref', '--contains', commit, 'refs/remotes');
    return { commit, subject, at: Number(time) * 1000, id, isPushed: remotes !== '' };
  }
  throw new CommandError(
    wanted === undefined
      ? `None of the last ${SEARCHED} commits is a post of yours. A file that is not committed can be restored with git restore. To take back another commit, use git revert.`
      : `${wanted} is not a commit of new, update, resolve or maintenance. Use git revert.`,
  );
}

/** What a post put into the files, as lines that are to go. */
export async function linesOf(repository: Repository, { commit }: PostCommit): Promise<string> {
  const diff = await git(repository, 'show', '--format=', '--unified=0', commit);
  return printable(
    diff
      .replace(/^(?!\+(?!\+\+ )).*\n?/gm, '')
      .replace(/^\+/gm, '  - ')
      .replace(/^(?: {2}- *\n)+/, ''),
  );
}

/** Takes a commit out of the branch that is checked out, with everything else as it is. */
export async function removeCommit(repository: Repository, branch: string, { commit }: PostCommit): Promise<void> {
  const head = await git(repository, 'rev-parse', 'HEAD');
  const next = await inCopy(repository, `${commit}^`, async (copy) => {
    const files = head === commit ? undefined : await pick(copy, `${commit}..${head}`);
    if (files) throw new CommandError(laterText(files));
    return git(copy, 'rev-parse', 'HEAD');
  });
  await moveBranch(repository, branch, next);
}

/** Commits the opposite of a commit. @returns its message */
export async function revertCommit(repository: Repository, branch: string, { commit }: PostCommit): Promise<string> {
  const next = await inCopy(repository, 'HEAD', async (copy) => {
    const { code } = await run('git', ['revert', '--no-edit', commit], copy);
    if (code !== 0) throw new CommandError(laterText(await conflicts(copy)));
    return git(copy, 'rev-parse', 'HEAD');
  });
  await moveBranch(repository, branch, next);
  return git(repository, 'log', '-1', '--format=%B', next);
}

function laterText(files: readonly string[]): string {
  const where = files.length > 0 ? new Intl.ListFormat('en').format(files) : 'the same place';
  return `Later commits changed ${where}, so this post cannot be taken out alone. Take those back first, or edit the file by hand.`;
}

/** What subscribers have seen of a post. */
export interface Seen {
  /** By channel whether it was sent, or may have arrived. */
  channels: Readonly<Record<string, 'sent' | 'unclear'>>;
  /** When the page that shows it was built; nothing if none does. */
  page?: Instant;
  /** What could not be found out, and why. */
  unknown: readonly string[];
}

/** Finds out what subscribers have seen, by the delivery log and the page. */
export async function whatWasSeen(
  post: PostCommit,
  found: FoundContent,
  repository: Repository,
  upstream: Upstream,
  env: CommandContext['env'],
): Promise<Seen> {
  const { site } = found.content;
  const unknown: string[] = [];
  const note = (what: string) => (error: unknown) => {
    if (!(error instanceof CommandError)) throw error;
    unknown.push(`${what} is not known: ${error.message}`);
    return undefined;
  };
  const channels = site.channels.length > 0 ? sentTo(post, found, repository, env) : Promise.resolve({});
  const page = shownSince(site.url, post.commit, upstream, repository);
  const [sent = {}, built] = await Promise.all([
    channels.catch(note('Whether it was sent to channels')),
    page.catch(note('Whether the page shows it')),
  ]);
  return { channels: sent, ...(built !== undefined && { page: built }), unknown };
}

async function sentTo(post: PostCommit, found: FoundContent, repository: Repository, env: CommandContext['env']) {
  const isMeant = await updatesOf(post, found, repository);
  const lines = readLines((await fetchRecord(await findRemote(found.folder, env))).text);
  const states = new Map<string, 'sent' | 'unclear'>();
  for (const { channel, update, how } of lines) {
    if (update === undefined || !isMeant(update)) continue;
    if (how === 'sent') states.set(channel, 'sent');
    else if (['sending', 'part', 'unanswered'].includes(how)) states.set(channel, 'unclear');
    else if (how === 'unsent') states.delete(channel);
  }
  return Object.fromEntries(states);
}

/** Tells the ids of the messages that a post brought from all others: every one of a new file, else the new updates. */
async function updatesOf({ commit, id }: PostCommit, found: FoundContent, repository: Repository) {
  const names = await git(repository, 'show', '--format=', '--name-only', '--relative', commit);
  const path = names.split('\n').find((name) => eventIdOf(name) === id) ?? '';
  const at = async (revision: string) => {
    const { code, out } = await run('git', ['show', `${revision}:./${path}`], repository);
    return code === 0 ? readAs(found, path, out).events : undefined;
  };
  const [before, after = []] = [await at(`${commit}^`), await at(commit)];
  const keys = (events: readonly StatusEvent[]) =>
    events.flatMap((event) => event.updates.map((update) => eventPath(event) + update.id));
  const known = new Set(keys(before ?? []));
  const own = new Set(keys(after).filter((key) => !known.has(key)));
  const [folder = ''] = path.split('/');
  return (update: string): boolean =>
    own.has(update) || (!before && `${update}/`.startsWith(`${folder}/${encodeURIComponent(id)}/`));
}

/** The same in sentences. */
export function seenText({ channels, page, unknown }: Seen, zone: string): string {
  const named = (state: string) => Object.keys(channels).filter((name) => channels[name] === state);
  const list = (names: readonly string[]) => new Intl.ListFormat('en').format(names);
  const [sent, unclear] = [named('sent'), named('unclear')];
  const sentences = [
    ...(sent.length > 0 ? [`It was sent to ${list(sent)}.`] : []),
    ...(unclear.length > 0 ? [`It may have reached ${list(unclear)}.`] : []),
    ...(page === undefined
      ? []
      : [`The page, built at ${datesFor('en', zone).time(page)}, shows it, so readers and feed readers may have it.`]),
    ...unknown,
  ];
  return sentences.length > 0 ? sentences.join(' ') : 'The page does not show it yet, and no channel got it.';
}
