import { isUnedited, readMark } from '../lib/import-mark.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import { noticesOf } from '../../src/formats/notices/notice.ts';
import type { Instant } from '../../src/core/days.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import type { FeedContext } from '../../src/formats/context.ts';
import type { Channel } from '../../src/core/schema/channel.ts';
import { contentIn } from '../../src/core/locales.ts';
import type { Content } from '../../src/core/model.ts';
import { localesOf } from '../../src/core/schema/site.ts';
import { buildLedger } from '../../src/core/ledger.ts';
import { CommandError } from '../lib/errors.ts';
import { lastGood } from './last-good.ts';
import { openRepository } from './history.ts';
import type { CommandContext } from '../lib/context.ts';
import { contentFolder, readFolder } from '../../src/reader/files.ts';
import type { SourceFolder } from '../../src/reader/files.ts';
import { readContent } from '../../src/reader/content.ts';
import { readClock } from '../../src/reader/clock.ts';
import { CATALOGS, wordsOf } from '../../src/i18n/words.ts';
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
  const options = { clock, catalogs: CATALOGS, ...(address && { address }) };
  return (await lastGood(await readFolder(folder, PUBLIC), openHistory, options)).source;
}

/** What customers see now. */
export interface Published {
  now: Instant;
  /** In the first language of the page, by which updates are compared with what was sent. */
  context: FeedContext;
  /** In one of the page's languages, else in its first. */
  editionIn: (locale: string | undefined) => Edition;
  channels: readonly Channel[];
  /** Whether it is the example, whose time stands still. */
  example: boolean;
  /** Every update that is public, oldest first. */
  notices: readonly Notice[];
  /** Whether its file came from an import and nobody has written anything into it since; `edited` where somebody has. */
  imported: (notice: Notice) => 'as it came' | 'edited' | undefined;
}

/** What one language's readers get. */
export interface Edition {
  locale: string;
  context: FeedContext;
  /** An update as it is in this language. */
  noticeOf: (notice: Notice) => Notice;
}

/**
 * Reads what is published: files that cannot be read as they were when they last could, as `build --last-good` shows them.
 * @param address where the page is served, when that is known
 * @throws {CommandError} when nothing can be read
 */
export async function readPublished(env: CommandContext['env'], address: URL | undefined): Promise<Published> {
  const source = await publishedFiles(env, address);
  const now = readClock(env, source);
  const { content } = readContent(source, { now, catalogs: CATALOGS });
  if (!content) throw new CommandError('The content folder cannot be read. To see what is wrong, run: npm run check');
  const { channels } = content.site;
  const editionIn = editionsOf(content, now);
  const { context } = editionIn(undefined);
  return {
    now,
    notices: noticesOf(context.ledger),
    context,
    editionIn,
    channels,
    example: content.exampleNow !== undefined && !env['STATUS_NOW'],
    imported: originsIn(source),
  };
}

function editionsOf(content: Content, now: Instant): Published['editionIn'] {
  const locales = localesOf(content.site);
  const known = new Map<string, Edition>();
  return (wanted = content.site.locale) => {
    const locale = locales.includes(wanted) ? wanted : content.site.locale;
    const edition = known.get(locale) ?? editionOf(content, locale, now);
    known.set(locale, edition);
    return edition;
  };
}

function editionOf(content: Content, locale: string, now: Instant): Edition {
  const ledger = buildLedger(contentIn(content, locale), now);
  const context = { ledger, words: wordsOf(ledger.content), dates: datesFor(locale, content.site.time_zone) };
  if (locale === content.site.locale) return { locale, context, noticeOf: (notice) => notice };
  const own = new Map(noticesOf(ledger).map((notice) => [notice.id, notice]));
  return { locale, context, noticeOf: (notice) => own.get(notice.id) ?? notice };
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
