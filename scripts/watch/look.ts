import { basename } from 'node:path';
import type { Instant } from '../../src/core/days.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { buildLedger } from '../../src/core/ledger.ts';
import type { Content } from '../../src/core/model.ts';
import type { WatchCase } from '../../src/core/watch.ts';
import { nextMoment, splitMissed, watchCases } from '../../src/core/watch.ts';
import { CATALOGS } from '../../src/i18n/words.ts';
import { readClock } from '../../src/reader/clock.ts';
import { readContent } from '../../src/reader/content.ts';
import type { SourceFolder } from '../../src/reader/files.ts';
import { contentFolder, isPrepared, readFolder } from '../../src/reader/files.ts';
import type { CommandContext } from '../lib/context.ts';
import { openRepository } from '../publish/history.ts';
import { lastGood } from '../publish/last-good.ts';
import { CommandError } from '../lib/errors.ts';
import { ownersOf } from '../lib/mentions.ts';
import { eventAddress } from '../../src/core/events.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { printable } from '../../src/core/printable.ts';
import { commandsFor, sentenceOf, spanInWords } from './text.ts';

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
  const reading = readContent(source, { now, catalogs: CATALOGS });
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
    const good = await lastGood(source, async () => history, { clock, catalogs: CATALOGS });
    const { content } = readContent(good.source, { now: clock(good.source), catalogs: CATALOGS });
    return { ...(content && { content }), whole: history.isWhole };
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** What is missed and what comes next, for a person. */
export function printLook(found: Look): string {
  const { now, cases, content } = found;
  const { missed, coming } = splitMissed(cases, now);
  const next = nextMoment(cases, content.site, now);
  const blocks = [
    ...unreadLines(found),
    `As of ${formatTime(now)}: ${missed.length === 0 ? 'nothing is overdue' : `${missed.length} overdue`}.`,
    ...missed.map((one) => block(`${sentenceOf(one, true)} (${late(one, now)}).`, one, found)),
    ...coming.map((one, index) =>
      block(`${index === 0 ? 'Next: ' : ''}${sentenceOf(one, false)} (${soon(one, now)}).`, one, found),
    ),
    ...(cases.length === 0 ? ['Nothing is due.'] : []),
    ...(next === undefined ? [] : [`The next notification is at ${formatTime(next)}.`]),
  ];
  return printable(blocks.join('\n\n'));
}

/** The same as data. Times are ISO 8601 instants. */
export function lookAsData(found: Look) {
  const { now, cases, content, unread } = found;
  const { missed, coming } = splitMissed(cases, now);
  const next = nextMoment(cases, content.site, now);
  const data = (one: WatchCase) => ({
    id: one.id,
    kind: one.kind,
    event: one.event.id,
    title: one.event.title,
    file: one.event.file,
    page: eventAddress(content.site.url, one.event),
    due: new Date(one.due).toISOString(),
    ...ownersOf(one.event, content),
  });
  return {
    now: new Date(now).toISOString(),
    missed: missed.map(data),
    coming: coming.map(data),
    next: next === undefined ? null : new Date(next).toISOString(),
    unread: unread.map(({ file, line, reason }) => ({ file, line, reason })),
  };
}

/** What a monitor is told: 0 nothing is missed, 1 it could not be checked, 2 something is missed. */
export function exitCodeOf({ cases, now, unread, whole }: Look): 0 | 1 | 2 {
  if (splitMissed(cases, now).missed.length > 0) return 2;
  return unread.length > 0 && !whole ? 1 : 0;
}

/** What could not be read, so that nobody takes silence for good news. */
function unreadLines({ folder, unread, whole }: Look): string[] {
  if (unread.length === 0) return [];
  const files = unread.map(({ file, line, reason }) => `${folder}/${file}, line ${line}: ${reason}`);
  const watched = whole
    ? 'These files have errors, so their last valid versions are watched:'
    : 'These files have errors and no earlier version in Git, so they are watched as far as they can be read:';
  return [`${watched}\n${files.map((text) => `  ${text}`).join('\n')}`];
}

function block(first: string, one: WatchCase, { folder, content }: Look): string {
  const { owners, without } = ownersOf(one.event, content);
  const lines = [
    `“${one.event.title}”`,
    `${folder}/${one.event.file}`,
    ...(owners.length === 0 ? [] : [`Owners: ${owners.join(', ')}`]),
    ...(without.length === 0 ? [] : [`Without an owner: ${without.join(', ')}`]),
    commandsFor(one)[0] ?? '',
  ];
  return [first, ...lines.map((line) => `  ${line}`)].join('\n');
}

function late({ due }: WatchCase, now: Instant): string {
  return `${spanInWords(now - due)} late`;
}

function soon({ due }: WatchCase, now: Instant): string {
  return due >= now ? `in ${spanInWords(due - now)}` : `${spanInWords(now - due)} ago, which still counts as on time`;
}
