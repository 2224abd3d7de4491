import { z } from 'zod';
import { LOCALES, wordsFor } from '../../src/i18n/words.ts';
import { readClock } from '../../src/reader/clock.ts';
import { readContent } from '../../src/reader/content.ts';
import type { SourceFolder } from '../../src/reader/files.ts';
import { contentFolder, readFolder, withoutPrepared } from '../../src/reader/files.ts';
import type { CommandContext } from './context.ts';
import { openRepository } from '../publish/history.ts';
import { lastGood } from '../publish/last-good.ts';
import type { Instant } from '../../src/core/model.ts';
import { CommandError } from './errors.ts';
import { run } from './git.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { buildLedger } from '../../src/core/ledger.ts';
import type { Channel } from '../../src/core/schema/channel.ts';
import type { FeedContext } from '../../src/formats/feed.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import { isUnedited, readMark } from '../import/content-folder.ts';
import type { Public } from '../notify/plan.ts';

/** Whether two addresses are one, whatever the scheme: a host may say http for what it serves with https. */
export function isAt(url: URL, address: URL): boolean {
  return place(url) === place(address);
}

/**
 * What is wrong with the `url` of `site.yml` when the page will be somewhere else.
 * @param text `site.yml`
 */
export function wrongAddress(url: URL, address: URL, text: string): Diagnostic | undefined {
  if (isAt(url, address)) return undefined;
  const scheme = address.hostname.endsWith('.github.io') ? 'https:' : url.protocol;
  return {
    file: 'site.yml',
    line: text.split('\n').findIndex((line) => line.startsWith('url:')) + 1 || 1,
    column: 1,
    ruleId: 'address',
    severity: 'error',
    reason: `The page will be at ${address.href} and not at ${url.href}, so its links and styles would lead nowhere.`,
    expected: `url: ${scheme}//${place(address)}`,
  };
}

function place({ host, pathname }: URL): string {
  return `${host}${pathname.replace(/\/*$/, '/')}`;
}

const PUBLIC = 'public';

/**
 * The files that the page shows, those with errors as `build --last-good` has them, and nothing that is only prepared.
 * @param address where the page is served, when that is known
 * @throws {CommandError} if `site.yml` or `components.yml` was never valid
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

const buildSchema = z.object({ built: z.iso.datetime(), commit: z.string().nullish() });
const PATIENCE = 20_000;

/** The page that customers see. */
interface LiveBuild {
  built: Instant;
  /** The commit that it was built from, if that is known. */
  commit?: string;
}

/**
 * Which page is at an address; nothing where none is yet.
 * @throws {CommandError} when there is no answer, or another one than `/build.json` gives
 */
export async function liveBuild(address: URL, now: Instant): Promise<LiveBuild | undefined> {
  // A query of its own, because GitHub Pages answers from a cache for ten minutes.
  const place = new URL(`build.json?at=${now}`, address);
  const answer = await fetch(place, { signal: AbortSignal.timeout(PATIENCE) }).catch((error: unknown) => {
    throw new CommandError(`${place.href} does not answer: ${causeOf(error)}.`);
  });
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new CommandError(`${place.href} answers with ${answer.status} instead of the page's build.`);
  const { data } = buildSchema.safeParse(await answer.json().catch(() => undefined));
  if (!data) throw new CommandError(`${place.href} is not the build.json that Candor writes.`);
  return { built: Date.parse(data.built), ...(data.commit && { commit: data.commit }) };
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}

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

/** What customers see now. */
export interface Published {
  now: Instant;
  context: FeedContext;
  channels: readonly Channel[];
  /** Whether it is the example, whose time stands still. */
  example: boolean;
  imported: Public['imported'];
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
  if (!content)
    throw new CommandError('Nothing can be read in the content folder. To see what is wrong, run: npm run check');
  const { locale, time_zone: zone, channels } = content.site;
  return {
    now,
    context: { ledger: buildLedger(content, now), words: wordsFor(locale), dates: datesFor(locale, zone) },
    channels,
    example: content.exampleNow !== undefined && !env['STATUS_NOW'],
    imported: originsIn(source),
  };
}

function originsIn({ files }: SourceFolder): Public['imported'] {
  const texts = new Map(files.map(({ path, text = '' }) => [path, text]));
  const known = new Map<string, ReturnType<Public['imported']>>();
  return ({ event: { file } }) => {
    if (!known.has(file)) {
      const text = texts.get(file) ?? '';
      const mark = readMark(text);
      known.set(file, mark && (isUnedited(text, mark) ? 'as it came' : 'edited'));
    }
    return known.get(file);
  };
}
