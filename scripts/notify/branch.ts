import type { Repository } from '../lib/git.ts';
import { authenticated, findRepository, git, gitWithInput, run } from '../lib/git.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import { randomPauses, retry } from '../lib/retry.ts';
import type { Line } from './record.ts';
import { NoticeRecord, readLines, writeLines } from './record.ts';

const BRANCH = 'refs/heads/notices';
const FILE = 'sent.jsonl';
/** The most tries. Each lost race and each failed push is one. */
const TRIES = 8;
const PAUSE = 500;
const FORBIDDEN = /protected|GH006|GH013|rule violations|hook declined|denied|403/i;

/** A remote of the repository, with the branch for the delivery log. */
export interface Remote {
  repository: Repository;
  name: string;
}

/** The record as the remote has it. */
export interface RemoteRecord {
  /** Its commit. Undefined without the branch. */
  head?: string;
  text: string;
}

/**
 * The place of this repository's delivery log.
 * @throws {CommandError} when there is no repository, or no remote
 */
export async function findRemote(folder: string, env: CommandContext['env']): Promise<Remote> {
  const repository = await findRepository(folder, authenticated(env));
  if (typeof repository === 'string') throw new CommandError(`${repository} The delivery log needs one.`);
  const names = (await git(repository, 'remote')).split('\n').filter(Boolean);
  const name = ['origin', ...names].find((one) => names.includes(one));
  if (!name)
    throw new CommandError('The repository has no remote, where the delivery log is kept. Add one, or use --dry-run.');
  return { repository, name };
}

/** @throws {CommandError} when the remote does not answer */
export async function fetchRecord({ repository, name }: Remote): Promise<RemoteRecord> {
  const head = (await ask(repository, 'ls-remote', name, BRANCH)).split('\t')[0];
  if (!head) return { text: '' };
  const { code } = await run('git', ['cat-file', '-e', `${head}^{commit}`], repository);
  if (code !== 0) await ask(repository, 'fetch', '--quiet', '--no-tags', '--no-write-fetch-head', name, BRANCH);
  const text = await ask(repository, 'cat-file', 'blob', `${head}:${FILE}`);
  return { head, text: text === '' ? '' : `${text}\n` };
}

/**
 * Whether the remote's main branch is at another commit than what is checked out, as when an old deployment is run again.
 * @throws {CommandError} when the remote does not answer
 */
export async function isElsewhere({ repository, name }: Remote): Promise<boolean> {
  const newest = (await ask(repository, 'ls-remote', name, 'HEAD')).split('\t')[0];
  const { out } = await run('git', ['rev-parse', 'HEAD'], repository);
  return newest !== '' && newest !== out.trim();
}

/** The record while a run goes on. */
export interface Recorder {
  /** As it stands now, with what other runs have written meanwhile. */
  record: () => NoticeRecord;
  /** Pushes lines, those of several channels together where they come at once. */
  append: (lines: readonly Line[], message: string) => Promise<void>;
}

export function openRecorder(remote: Remote, fetched: RemoteRecord): Recorder {
  let base = fetched;
  let record = new NoticeRecord(readLines(base.text));
  let waiting: Line[] = [];
  let turn = Promise.resolve();
  let pushed = false;

  async function push(message: string): Promise<void> {
    const lines = waiting;
    waiting = [];
    // The first push shows that there may be others, whether it has lines or not.
    if (lines.length === 0 && pushed) return;
    const next = await appendLines(remote, base, lines, message);
    if (next.text === base.text + writeLines(lines)) for (const line of lines) record.add(line);
    else record = new NoticeRecord(readLines(next.text));
    base = next;
    pushed = true;
  }

  return {
    record: () => record,
    append(lines, message) {
      waiting.push(...lines);
      turn = turn.then(() => push(message));
      return turn;
    },
  };
}

/**
 * Puts lines behind those that are there, in a commit of their own that touches no work tree. When another run was
 * faster they are put behind its lines, so that none is lost.
 * @param known the record as it was last fetched
 * @returns the record with them
 * @throws {CommandError} when the remote takes no push
 */
async function appendLines(
  { repository, name }: Remote,
  known: RemoteRecord,
  lines: readonly Line[],
  message: string,
): Promise<RemoteRecord> {
  let base = known;
  const attempt = async (): Promise<{ head: string; text: string } | { refusal: string; isFinal: boolean }> => {
    const text = base.text + writeLines(withoutThose(lines, base.text));
    const head = await commitText(repository, base.head, text, message);
    const push = ['push', '--quiet', '--no-verify', name, `${head}:${BRANCH}`];
    const { code, out, err } = await run('git', push, repository);
    if (code === 0) return { head, text };
    const refusal = err || out;
    const newest = await fetchRecord({ repository, name }).catch(() => base);
    // A push of nobody else came between, so it is no race that was lost.
    const isAlone = newest.head === base.head;
    base = newest;
    return { refusal, isFinal: isAlone && FORBIDDEN.test(refusal) };
  };
  const outcome = await retry(attempt, {
    wait: (one) => ('head' in one || one.isFinal ? undefined : 0),
    pauses: randomPauses(TRIES - 1, PAUSE),
  });
  if ('head' in outcome) return outcome;
  throw new CommandError(
    `The delivery log cannot be saved, because the branch “notices” cannot be pushed to. Git says: ${quoted(outcome.refusal)} ` +
      'The job needs the permission “contents: write”, and no rule may protect this branch.',
  );
}

function withoutThose(lines: readonly Line[], text: string): Line[] {
  const key = ({ at: _, ...rest }: Line) => JSON.stringify(rest, Object.keys(rest).sort());
  const last = new Map(readLines(text).map((line) => [`${line.channel} ${line.update}`, key(line)]));
  return lines.filter((line) => last.get(`${line.channel} ${line.update}`) !== key(line));
}

/** Makes a commit of one file. */
async function commitText(
  repository: Repository,
  parent: string | undefined,
  text: string,
  message: string,
): Promise<string> {
  const blob = await gitWithInput(repository, text, 'hash-object', '-w', '--stdin');
  const tree = await gitWithInput(repository, `100644 blob ${blob}\t${FILE}\n`, 'mktree');
  return git(repository, 'commit-tree', tree, ...(parent ? ['-p', parent] : []), '-m', message);
}

async function ask(repository: Repository, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await run('git', args, repository);
  if (code === 0) return out.replace(/\n$/, '');
  throw new CommandError(`The delivery log cannot be read. Git says: ${quoted(err || out)}`);
}

/** What Git says, in one line, without what somebody may have written into the address of a remote. */
function quoted(text: string): string {
  const line = text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/\/\/[^/@\s]+@/g, '//***@');
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
