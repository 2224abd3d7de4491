import { readClock } from '../../src/reader/clock.ts';
import { readFolder } from '../../src/reader/files.ts';
import type { CommandContext } from '../lib/context.ts';
import { readBase } from './base.ts';
import { comparePages } from './compare.ts';
import type { Told } from './sections.ts';
import { readSides } from './sides.ts';

/** What a change comes to, and the short name of the commit it is compared with. */
export interface Change {
  told: Told;
  commit: string;
}

/**
 * Reads a content folder as it stands and as a commit has it, and compares them at one instant: that of the folder as it stands.
 * @param base a commit; left out, the one at which the default branch was left
 * @throws {CommandError} when there is nothing to compare with
 */
export async function readChange(
  folder: string,
  publicDir: string,
  base: string | undefined,
  env: CommandContext['env'],
): Promise<Change> {
  const after = await readFolder(folder, publicDir);
  const { commit, source, files } = await readBase(folder, publicDir, after, base, env);
  const sides = readSides(source, after, readClock(env, after));
  const comparison = sides.after && comparePages(sides.before, sides.after, files);
  return { commit, told: { ...sides, folder, ...(comparison && { comparison }) } };
}
