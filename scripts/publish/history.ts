import type { Instant } from '../../src/core/model.ts';

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
export const LOG_ARGUMENTS = [
  ...['log', '-z', '--raw', '--no-abbrev', '-c', '-M', '--date-order', '--no-relative', '--no-show-signature'],
  '--format=%x01%H %ct',
];

/**
 * Sorts the output of `git log` into the versions of each file that there is, or was, at the newest commit.
 * @param prefix the folder's path in its repository, with a slash at the end; Git prints those of merges with it always
 */
export function readLog(output: string, prefix: string): Map<string, Entry[]> {
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
export function versionsOf(entries: readonly Entry[], deleted?: 'and-deleted'): Version[] {
  const end = deleted ? -1 : entries.indexOf('deletion');
  return (end < 0 ? entries : entries.slice(0, end)).filter((entry) => entry !== 'deletion');
}
