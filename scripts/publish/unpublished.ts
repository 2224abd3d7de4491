import type { Instant } from '../../src/core/model.ts';
import { contentFolder } from '../../src/reader/files.ts';
import { run } from '../author/git.ts';
import type { CommandContext } from '../context.ts';

/** A deployment takes a few minutes, and waits for the one before. */
const SOON = 10 * 60_000;
/** What has failed for so long does not begin to work by being tried every five minutes. */
const GIVEN_UP = 6 * 3_600_000;

/**
 * Why the live page lacks what the newest commit says, as when its deployment could not be started; nothing when it has
 * all of it, or may still be on its way.
 * @param live the commit that the live page was built from
 */
export async function unpublishedSince(
  live: string | undefined,
  now: Instant,
  env: CommandContext['env'],
): Promise<string | undefined> {
  const folder = contentFolder(env);
  const git = (...args: string[]) => run('git', args, folder, env);
  const { code, out } = await git('log', '-1', '--format=%H %ct');
  const [newest = '', seconds = ''] = out.trim().split(' ');
  const age = now - Number(seconds) * 1000;
  if (code !== 0 || live === undefined || newest === live || age < SOON || age > GIVEN_UP) return undefined;
  const difference = await git('diff', '--quiet', live, newest, '--', '.');
  return difference.code === 1 ? `Commit ${newest.slice(0, 7)} is not published yet.` : undefined;
}
