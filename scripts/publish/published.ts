import { LOCALES } from '../../src/i18n/words.ts';
import { readClock } from '../../src/reader/clock.ts';
import { readContent } from '../../src/reader/content.ts';
import type { SourceFolder } from '../../src/reader/files.ts';
import { contentFolder, readFolder, withoutPrepared } from '../../src/reader/files.ts';
import type { CommandContext } from '../context.ts';
import { isAt } from './address.ts';
import { openRepository } from './git.ts';
import { lastGood } from './last-good.ts';

const PUBLIC = 'public';

/**
 * The files that the page shows, those with errors as `build --last-good` has them, and nothing that is only prepared.
 * @param address where the page is served, when that is known
 * @throws {Problem} if `site.yml` or `components.yml` was never valid
 */
export async function publishedFiles(env: CommandContext['env'], address?: URL): Promise<SourceFolder> {
  const folder = contentFolder(env);
  const source = withoutPrepared(await readFolder(folder, PUBLIC));
  const clock = (files: SourceFolder) => readClock(env, files);
  const { content, diagnostics } = readContent(source, { now: clock(source), locales: LOCALES });
  const served = !address || (content && isAt(content.site.url, address));
  if (content && served && !diagnostics.some(({ severity }) => severity === 'error')) return source;
  const openHistory = async () => (await openRepository(folder, PUBLIC, env)).history;
  const options = { clock, locales: LOCALES, ...(address && { address }) };
  return (await lastGood(source, openHistory, options)).source;
}
