import { join, relative } from 'node:path';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { isError } from '../../src/core/diagnostic.ts';
import { isScheduled } from '../../src/reader/files.ts';
import { eventOf, publishDue } from '../../src/reader/scheduled.ts';
import type { Change, PushResult, WorkingCopy } from '../lib/commit-and-push.ts';
import { commitAndPush, isOffered } from '../lib/commit-and-push.ts';
import type { FolderReading } from '../lib/content.ts';
import { openFolder, placeOf, readContentFolder } from '../lib/content.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import { readIfThere, removeWhole, writeTogether } from '../lib/files.ts';
import type { GitHub } from '../lib/github.ts';
import type { Scheduled } from '../lib/scheduled.ts';
import { scheduledIn, scheduledLine } from '../lib/scheduled.ts';

/** What is scheduled, and what would keep it from being published. */
export interface Schedule extends Pick<FolderReading, 'folder' | 'now'> {
  /** Soonest first. */
  updates: readonly Scheduled[];
  /** Errors in scheduled files. */
  errors: readonly Diagnostic[];
}

/**
 * Reads `content/scheduled/`.
 * @throws {CommandError} if the settings have errors, because nothing can be published then
 */
export async function readSchedule(env: CommandContext['env']): Promise<Schedule> {
  const opened = await openFolder(env);
  if (!opened.source.files.some(({ path }) => isScheduled(path))) return { ...opened, updates: [], errors: [] };
  const { content, diagnostics, scheduled, ...reading } = await readContentFolder(env);
  if (!content)
    throw new CommandError('Nothing can be published while the page’s settings have errors.', { diagnostics });
  if (content.exampleNow !== undefined && !env['STATUS_NOW']) return { ...reading, updates: [], errors: [] };
  const errors = diagnostics.filter((one) => isError(one) && isScheduled(one.file));
  return { ...reading, updates: scheduledIn({ scheduled }), errors };
}

/** What is due and can be published, and the errors of what is due and cannot, or may be due because its time cannot be read. */
function splitDue({ updates, errors, now }: Schedule) {
  const broken = new Set(errors.map(({ file }) => eventOf(file)));
  const due = updates.filter(({ at }) => at <= now);
  const waiting = updates.filter(({ at, in: { isRead } }) => isRead && at > now);
  const isOf = (file: string) => (update: Scheduled) => eventOf(update.in.file) === eventOf(file);
  return {
    ready: due.filter((update) => !broken.has(eventOf(update.in.file))),
    stuck: errors.filter(({ file }) => due.some(isOf(file)) || !waiting.some(isOf(file))),
  };
}

/** What was published, and the errors because of which something that is due was not. */
export interface PublishedSchedule {
  updates: Schedule['updates'];
  /** Relative to the content folder. */
  texts: ReadonlyMap<string, string | undefined>;
  stuck: readonly Diagnostic[];
}

/** Moves every update that is due into the file of its event. Files with errors stay as they are. */
export async function publishHere(env: CommandContext['env']): Promise<PublishedSchedule> {
  const schedule = await readSchedule(env);
  const { ready, stuck } = splitDue(schedule);
  const files = [...new Set(ready.map((update) => update.in))];
  const before = new Map<string, string | undefined>();
  for (const path of files.flatMap(({ file, target }) => [file, target]))
    before.set(path, await readIfThere(placeOf(schedule, path)));
  const texts = publishDue(files, schedule.now, (path) => before.get(path));
  const written = [...texts].flatMap(([path, text]) =>
    text === undefined ? [] : [{ path: placeOf(schedule, path), text, before: before.get(path) }],
  );
  await writeTogether(written);
  for (const [path, text] of texts) if (text === undefined) await removeWhole(placeOf(schedule, path));
  return { updates: ready, texts, stuck };
}

/** Where it is reviewed if the branch is protected. */
const BRANCH = 'status/scheduled';

/** As {@link publishHere}, on the branch that a workflow runs on. */
export async function publishOnGitHub(
  github: GitHub,
  context: CommandContext,
): Promise<PublishedSchedule & { result: PushResult }> {
  const { ready, stuck } = splitDue(await readSchedule(context.env));
  let published: PublishedSchedule = { updates: [], texts: new Map(), stuck };
  if (ready.length === 0) return { ...published, result: { how: 'nothing' } };
  const change = async (copy: WorkingCopy): Promise<Change | undefined> => {
    published = await publishHere(copy.env);
    const { updates, texts } = published;
    const folder = relative(copy.root, copy.env['STATUS_CONTENT'] ?? '');
    const files = [...texts].map(([path, text]) => ({ path: join(folder, path), text }));
    if (updates.length === 0 || (await isOffered(files, copy, BRANCH, github))) return undefined;
    const lines = updates.map(scheduledLine);
    const title = lines.length === 1 ? lines[0] : `${lines.length} scheduled updates`;
    return {
      paths: files.map(({ path }) => path),
      message: `Publish ${title}\n${lines.length === 1 ? '' : `\n${lines.join('\n')}\n`}`,
      publishes: true,
      way: 'push',
      body: `These updates are due, and are published when you merge this:\n\n${lines.map((line) => `- ${line}`).join('\n')}`,
      reviewers: [],
    };
  };
  const result = await commitAndPush({ branch: BRANCH, change }, github, context);
  return { ...published, result };
}
