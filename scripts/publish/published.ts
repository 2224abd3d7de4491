import { isUnedited, readMark } from '../lib/import-mark.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import { noticesOf } from '../../src/formats/notices/notice.ts';
import type { Instant } from '../../src/core/days.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import type { FeedContext } from '../../src/formats/feed.ts';
import type { Channel } from '../../src/core/schema/channel.ts';
import { buildLedger } from '../../src/core/ledger.ts';
import { CommandError } from '../lib/errors.ts';
import { lastGood } from './last-good.ts';
import { openRepository } from './history.ts';
import type { CommandContext } from '../lib/context.ts';
import { contentFolder, readFolder } from '../../src/reader/files.ts';
import type { SourceFolder } from '../../src/reader/files.ts';
import { readContent } from '../../src/reader/content.ts';
import { readClock } from '../../src/reader/clock.ts';
import { LOCALES, wordsFor } from '../../src/i18n/words.ts';
const PUBLIC = 'public';

/**
 * The files that the page shows, those with errors as `build --last-good` has them, and nothing that is only prepared.
 * @param address where the page is served, when that is known
 * @throws {CommandError} if `site.yml` or `components.yml` was never valid
 */
export async function publishedFiles(env: CommandContext['env'], address?: URL): Promise<SourceFolder> {
  const folder = contentFolder(env);
  const clock = (files: SourceFolder) => readClock(env, files);
  const openHistory = async () => (await openRepository(folder, PUBLIC, env)).history;
  const options = { clock, locales: LOCALES, ...(address && { address }) };
  return (await lastGood(await readFolder(folder, PUBLIC), openHistory, options)).source;
}

/** What customers see now. */
export interface Published {
  now: Instant;
  context: FeedContext;
  channels: readonly Channel[];
  /** Whether it is the example, whose time stands still. */
  example: boolean;
  /** Every update that is public, oldest first. */
  notices: readonly Notice[];
  /** Whether its file came from an import and nobody has written anything into it since; `edited` where somebody has. */
  imported: (notice: Notice) => 'as it came' | 'edited' | undefined;
}

/**
 * Reads what is published: files that cannot be read as they were when they last could, as `build --last-good` shows them.
 * @param address where the page is served, when that is known
 * @throws {CommandError} when nothing can be read
 */
export async function readPublished(env: CommandContext['env'], address: URL | undefined): Promise<Published> {
  const source = await publishedFiles(env, address);
  const now = readClock(env, source);
  const { content } = readContent(source, { now, locales: LOCALES });
  if (!content) throw new CommandError('The content folder cannot be read. To see what is wrong, run: npm run check');
  const { locale, time_zone: zone, channels } = content.site;
  const ledger = buildLedger(content, now);
  return {
    now,
    notices: noticesOf(ledger),
    context: { ledger, words: wordsFor(locale), dates: datesFor(locale, zone) },
    channels,
    example: content.exampleNow !== undefined && !env['STATUS_NOW'],
    imported: originsIn(source),
  };
}

function originsIn({ files }: SourceFolder): Published['imported'] {
  const texts = new Map(files.map(({ path, text = '' }) => [path, text]));
  const known = new Map<string, ReturnType<Published['imported']>>();
  return ({ event: { file } }) => {
    if (!known.has(file)) {
      const text = texts.get(file) ?? '';
      const mark = readMark(text);
      known.set(file, mark && (isUnedited(text, mark) ? 'as it came' : 'edited'));
    }
    return known.get(file);
  };
}
