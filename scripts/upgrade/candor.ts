import { AuthorError } from '../author/author-error.ts';
import { git } from '../author/git.ts';
import { entriesAt } from './tree.ts';
import type { Workbench } from './workbench.ts';

/** What every version of Candor has. */
export const MARKS = ['package.json', 'scripts/cli.ts', 'src'] as const;

/** The name and the version in a `package.json`; what cannot be read is left out. */
export function readPackage(text: string): { name?: string; version?: string } {
  try {
    const { name, version } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
    return {
      ...(typeof name === 'string' && { name }),
      ...(typeof version === 'string' && /^[\w.+-]{1,50}$/.test(version) && { version }),
    };
  } catch {
    return {};
  }
}

/** Why something is no Candor. */
export function noCandor(what: string): AuthorError {
  return new AuthorError(
    `${what} is no Candor: one has a package.json with the name candor, a folder src and a file scripts/cli.ts.`,
  );
}

/**
 * The version of the Candor in a tree.
 * @param what it is, as the beginning of a sentence
 * @param renamed whether its owner may have given it another name
 * @throws {AuthorError} when it is none
 */
export async function versionIn(
  bench: Workbench,
  tree: string,
  what: string,
  { renamed = false } = {},
): Promise<string> {
  const there = await entriesAt(bench, tree, MARKS);
  if (there.length < MARKS.length) throw noCandor(what);
  const { name, version } = readPackage(await git(bench.repository, 'cat-file', 'blob', `${tree}:package.json`));
  if (!version || (name !== 'candor' && !renamed)) throw noCandor(what);
  return version;
}
