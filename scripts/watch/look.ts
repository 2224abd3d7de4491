import type { Instant } from '../../src/core/days.ts';
import { basename } from 'node:path';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { buildLedger } from '../../src/core/ledger.ts';
import type { Content } from '../../src/core/model.ts';
import type { WatchCase } from '../../src/core/watch.ts';
import { watchCases } from '../../src/core/watch.ts';
import { LOCALES } from '../../src/i18n/words.ts';
import { readClock } from '../../src/reader/clock.ts';
import { readContent } from '../../src/reader/content.ts';
import type { SourceFolder } from '../../src/reader/files.ts';
import { contentFolder, isPrepared, readFolder } from '../../src/reader/files.ts';
import type { CommandContext } from '../lib/context.ts';
import { openRepository } from '../publish/history.ts';
import { lastGood } from '../publish/last-good.ts';
import { CommandError } from '../lib/errors.ts';

const PUBLIC = 'public';

/** What one look at the content folder finds. */
export interface Look {
  now: Instant;
  /** As `STATUS_CONTENT` names it. */
  folder: string;
  content: Content;
  /** Soonest first. */
  cases: WatchCase[];
  /** The first error of every file that cannot be read. */
  unread: Diagnostic[];
  /** Whether what could not be read is watched as it was before, so that nothing is missing. */
  whole: boolean;
}

/**
 * Looks at what is due. Files that cannot be read are watched as they are published, in their last good version; without
 * the history of the repository, as far as they can be read.
 * @throws {CommandError} when nothing at all can be read
 */
export async function look(env: CommandContext['env']): Promise<Look> {
  const folder = contentFolder(env);
  const source = await readFolder(folder, PUBLIC);
  const clock = (files: SourceFolder) => readClock(env, files);
  const now = clock(source);
  const reading = readContent(source, { now, locales: LOCALES });
  const errors = reading.diagnostics.filter(({ file, severity }) => severity === 'error' && !isPrepared(file));
  const published = errors.length === 0 ? { ...reading, whole: true } : await readPublished(env, folder, source, clock);
  const content = published?.content ?? reading.content;
  const unread = errors.filter((one, index) => errors.findIndex(({ file }) => file === one.file) === index);
  if (!content) {
    const [first] = unread;
    throw new CommandError(
      `Updates cannot be checked: ${first ? `${first.file}, line ${first.line}: ${first.reason}` : 'no file can be read.'}` +
        ' To see all errors, run: npm run check',
    );
  }
  const cases = watchCases(buildLedger(content, now));
  return { now, folder, content, cases, unread, whole: published?.whole ?? false };
}

/** Whether nobody can tell what became of a case: its file cannot be read, and no whole version of it is watched. */
export function isUnsure(caseId: string, { unread, whole, content }: Look): boolean {
  const [, eventId = ''] = caseId.split(' ');
  if (!unread.some(({ file }) => basename(file, '.md') === eventId)) return false;
  return (
    !whole || ![...content.incidents, ...content.maintenance].some(({ id, partial }) => id === eventId && !partial)
  );
}

/** What customers see while files are broken, and whether the history goes back far enough to find all of it. */
async function readPublished(
  env: CommandContext['env'],
  folder: string,
  source: SourceFolder,
  clock: (files: SourceFolder) => Instant,
): Promise<{ content?: Content; whole: boolean } | undefined> {
  try {
    const { history } = await openRepository(folder, PUBLIC, env);
    const good = await lastGood(source, async () => history, { clock, locales: LOCALES });
    const { content } = readContent(good.source, { now: clock(good.source), locales: LOCALES });
    return { ...(content && { content }), whole: history.isWhole };
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}
