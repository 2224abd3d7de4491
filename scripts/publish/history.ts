import type { Instant } from '../../src/core/days.ts';
import { normalizeText } from '../../src/reader/markdown/source.ts';
import type { CommandContext } from '../lib/context.ts';
import type { Repository as GitRepository } from '../lib/git.ts';
import { authenticated, git, readBlobs, run } from '../lib/git.ts';

/** A file as one commit left it. */
export interface Version {
  /** Where the file lay then, below the content folder. */
  path: string;
  /** What `texts` takes. */
  blob: string;
  commit: string;
  committed: Instant;
  /** Place in the history, counted from the newest commit: of two versions, the one with the smaller number is newer. */
  order: number;
}

/** What Git knows of a content folder. */
export interface History {
  /** Whether it goes back to the first commit; false in a shallow clone. */
  isWhole: boolean;
  /**
   * Versions of a file, newest first, also from before it was renamed.
   * @param deleted whether those from before it was last deleted count too
   */
  versions: (path: string, deleted?: 'and-deleted') => readonly Version[];
  /** Texts by blob with `\n` line ends; blobs that are too large or no UTF-8 are left out. */
  texts: (blobs: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Every path that `public/` ever served, with a leading `/`. */
  servedOnce: () => Promise<ReadonlySet<string>>;
}

type Entry = Version | 'deletion';

/** The arguments that make `git log` print what `readLog` takes. */
const LOG_ARGUMENTS = [
  ...['log', '-z', '--raw', '--no-abbrev', '-c', '-M', '--date-order', '--no-relative', '--no-show-signature'],
  '--format=%x01%H %ct',
];

/**
 * Sorts the output of `git log` into the versions of each file that there is, or was, at the newest commit.
 * @param prefix the folder's path in its repository, with a slash at the end; Git prints those of merges with it always
 */
function readLog(output: string, prefix: string): Map<string, Entry[]> {
  const owners = new Map<string, string | undefined>();
  const ownerOf = (path: string) => (owners.has(path) ? owners.get(path) : path);
  const entries = new Map<string, Entry[]>();
  const add = (owner: string | undefined, entry: Entry) => {
    if (owner === undefined) return;
    const list = entries.get(owner);
    if (list) list.push(entry);
    else entries.set(owner, [entry]);
  };

  const inFolder = (path = '') => path.slice(prefix.length);
  let commit = { commit: '', committed: 0, order: -1 };
  const tokens = output.split('\0').map((token) => token.replace(/^\n/, ''));
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? '';
    if (token.startsWith('\u0001')) {
      const [hash = '', seconds] = token.slice(1).split(' ');
      commit = { commit: hash, committed: Number(seconds) * 1000, order: commit.order + 1 };
    } else if (token.startsWith(':')) {
      const fields = token.split(' ');
      const change = fields.at(-1) ?? '';
      const blob = fields.at(-2) ?? '';
      const renamed = /^[RC]\d+$/.test(change);
      const before = renamed ? inFolder(tokens[(index += 1)]) : undefined;
      const path = inFolder(tokens[(index += 1)]);
      const owner = ownerOf(path);
      add(owner, /^0+$/.test(blob) ? 'deletion' : { ...commit, path, blob });
      if (before === undefined || !change.startsWith('R')) continue;
      owners.set(path, undefined);
      owners.set(before, owner);
    }
  }
  return entries;
}

/** The versions of a list of entries, up to the last deletion or all of them. */
function versionsOf(entries: readonly Entry[], deleted?: 'and-deleted'): Version[] {
  const end = deleted ? -1 : entries.indexOf('deletion');
  return (end < 0 ? entries : entries.slice(0, end)).filter((entry) => entry !== 'deletion');
}

/** Milliseconds. A remote that does not answer must not hold up an update. */
const FETCH_TIMEOUT = 120_000;
/** As the reader has it: what is larger was not written by hand. */
const LARGEST = 512 * 1024;

/** What Git knows of a content folder. */
export interface Repository {
  /** Left out without a repository. */
  gitDir?: string;
  history: History;
  /** Why older versions are missing, and how to get them. */
  lack?: string;
}

/** The history of a folder outside any repository. */
export const NO_HISTORY: History = {
  isWhole: false,
  versions: () => [],
  texts: async () => new Map<string, string>(),
  servedOnce: async () => new Set<string>(),
};

/**
 * Opens the history of a content folder. A shallow clone fetches the rest of its history first; publishing works
 * without it too, so a fetch that fails is no error.
 * @param env `GITHUB_TOKEN` lets it fetch from a private repository
 */
export async function openRepository(
  folder: string,
  publicDir: string,
  env: CommandContext['env'],
): Promise<Repository> {
  const repository = { folder, env };
  if ((await readFacts(repository))?.isShallow) await fetchHistory(repository);
  const facts = await readFacts(repository);
  if (facts === undefined) {
    const lack =
      `The folder ${folder} is not in a Git repository, so there are no earlier versions to show. ` +
      'Files with errors are shown as far as they can be read.';
    return { history: NO_HISTORY, lack };
  }
  const { gitDir, prefix } = facts;
  const isWhole = !facts.isShallow;
  const log = await git(repository, ...LOG_ARGUMENTS, 'HEAD', '--', '.').catch(() => '');
  const entries = readLog(log, prefix);
  const history: History = {
    isWhole,
    versions: (path, deleted) => versionsOf(entries.get(path) ?? [], deleted),
    texts: (blobs) => readTexts(repository, blobs),
    servedOnce: () => servedOnce({ folder: publicDir, env }),
  };
  if (isWhole) return { gitDir, history };
  const lack =
    'This clone is shallow, and its history could not be fetched, so earlier versions of files with errors may be missing. ' +
    'Files without one are shown as far as they can be read. To get all versions in a workflow, add below ' +
    'actions/checkout:\n\n  with:\n    fetch-depth: 0\n\nElsewhere, run this before the build: git fetch --unshallow';
  return { gitDir, history, lack };
}

/** Where a folder lies in its repository; nothing outside of one. */
async function readFacts(repository: GitRepository) {
  const args = ['rev-parse', '--absolute-git-dir', '--is-shallow-repository', '--show-prefix'];
  const facts = await git(repository, ...args).catch(() => undefined);
  if (facts === undefined) return undefined;
  const [gitDir = '', shallow, prefix = ''] = facts.split('\n');
  return { gitDir, isShallow: shallow === 'true', prefix };
}

async function fetchHistory({ folder, env }: GitRepository): Promise<void> {
  const args = ['fetch', '--quiet', '--unshallow', '--no-tags'];
  await run('git', args, { folder, env: authenticated(env) }, { timeout: FETCH_TIMEOUT });
}

async function servedOnce(repository: GitRepository): Promise<Set<string>> {
  const args = ['log', '-z', '--name-only', '--relative', '--format=', 'HEAD', '--', '.'];
  const list = await git(repository, ...args).catch(() => '');
  const paths = list.split('\0').map((path) => path.replace(/^\n+/, ''));
  return new Set(paths.filter((path) => path !== '').map((path) => `/${path}`));
}

/** Texts of blobs; those that are too large or no UTF-8 are left out. */
async function readTexts(repository: GitRepository, blobs: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (const [blob, bytes] of await readBlobs(repository, blobs)) {
    if (bytes.length > LARGEST) continue;
    try {
      texts.set(blob, normalizeText(decoder.decode(bytes)));
    } catch {
      continue;
    }
  }
  return texts;
}
