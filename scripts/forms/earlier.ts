import { findContent } from '../author/content.ts';
import { idFrom } from '../author/find-event.ts';
import { git } from '../author/git.ts';
import type { Workplace } from '../github/land.ts';
import { pageAddress } from '../watch/places.ts';

/** What was published for the same issue or run before. */
export interface Earlier {
  commit: string;
  id: string;
  /** Where customers read it. */
  address: string;
}

/** The last line of a commit, which says where it was asked for: so that a job that is run again posts nothing twice. */
export function requestLine(address: string): string {
  return `Asked-In: ${address}`;
}

/** The commit that was made for an issue or a run already, if there is one. @param line see {@link requestLine} */
export async function findEarlier(line: string, { root, env }: Workplace): Promise<Earlier | undefined> {
  const repository = { folder: root, env };
  const pattern = `^${line.replace(/[.[\]*^$\\]/g, '\\$&')}$`;
  const commit = await git(repository, 'log', '-1', '--format=%h', '--basic-regexp', `--grep=${pattern}`);
  if (commit === '') return undefined;
  const paths = (await git(repository, 'show', '--format=', '--name-only', commit)).split('\n');
  const path = paths.find((one) => /(?:^|\/)(?:incidents|maintenance)\//.test(one)) ?? '';
  const kind = /(?:^|\/)maintenance\//.test(path) ? 'maintenance' : 'incident';
  const { content } = await findContent(env, () => false);
  const id = idFrom(path);
  return { commit, id, address: pageAddress({ kind, id }, content.site) };
}
