import type { Instant } from '../../src/core/days.ts';
import { isAbsolute } from 'node:path';
import type { WatchCase } from '../../src/core/watch.ts';
import { isMissed, nextMoment, remindFrom } from '../../src/core/watch.ts';
import type { IssueContext } from './text.ts';
import { closingNotification, commentText, dueNotifications, issueBody, issueTitle, missedKey } from './text.ts';
import { openTracker, readMarks, writeMarks } from './tracker.ts';
import type { Issue, Tracker } from './tracker.ts';
import type { CommandContext } from '../lib/context.ts';
import type { GitHub } from '../lib/github.ts';
import type { Look } from './look.ts';
import { isUnsure, look, printLook } from './look.ts';
import type { Round } from './wait.ts';
import { CommandError } from '../lib/errors.ts';
import type { Say } from '../lib/output.ts';
import { asBlock } from '../lib/output.ts';

/**
 * Looks, syncs the issues, and says when something is next to be done. An outage of GitHub does not end the waiting.
 * @throws {CommandError} when nothing can be read, or GitHub refuses
 */
export async function watchRound(env: CommandContext['env'], api: GitHub, say: Say): Promise<Round> {
  const found = await look(env);
  const next = nextMoment(found.cases, found.content.site, found.now);
  const seen = { now: found.now, ...(next !== undefined && { next }) };
  try {
    await printAndSync(found, api, say);
    return seen;
  } catch (error) {
    if (!(error instanceof CommandError) || !error.isTransient) throw error;
    return { ...seen, failure: error };
  }
}

/**
 * Prints what a look finds, and brings the issues on GitHub in line with it.
 * @throws {CommandError} when GitHub does not answer or refuses
 */
export async function printAndSync(found: Look, api: GitHub, say: Say): Promise<void> {
  const report = printLook(found);
  await say(report, asBlock(report));
  const watched = {
    ...found,
    repository: api.page,
    folder: isAbsolute(found.folder) ? 'content' : found.folder,
    isUnsure: (caseId: string) => isUnsure(caseId, found),
  };
  const done = await syncIssues(watched, openTracker(api));
  for (const text of done) await say(text, asBlock(text));
  if (done.length === 0) await say('All issues are up to date.');
}

/** What the issues are to say. */
interface Watched extends IssueContext {
  cases: readonly WatchCase[];
  /** Whether so little of an event can be read that nobody can tell what has become of its cases. */
  isUnsure: (caseId: string) => boolean;
}

const DAY = 86_400_000;

/**
 * Brings the issues in line with what is watched: one open issue per case from its reminder on, each level of escalation
 * notified once, closed when it is no longer due. Run again it changes nothing; run twice at once it ends with one issue.
 * @returns what was done, in sentences
 * @throws {CommandError} when GitHub does not answer or refuses; what was done before stays, and the next run goes on
 */
async function syncIssues(watched: Watched, tracker: Tracker): Promise<string[]> {
  const { cases, content, now } = watched;
  const done: string[] = [];
  const due = new Map(cases.filter((one) => remindFrom(one, content.site) <= now).map((one) => [one.id, one]));

  let issues = await closeRepeated(await tracker.list('open'), tracker, done);
  const lacking = [...due.values()].filter(({ id }) => !issues.has(id));
  const opened = await openLacking(lacking, watched, tracker, done);
  if (opened.length > 0) {
    // Another run may have opened the same; GitHub's list may not yet show what this one has.
    const listed = await tracker.list('open');
    const unlisted = opened.filter(({ number }) => listed.every((one) => one.number !== number));
    issues = await closeRepeated([...listed, ...unlisted], tracker, done);
  }
  for (const [id, issue] of issues) {
    const one = due.get(id);
    if (one) await bringUpToDate(issue, one, watched, tracker, done);
    else if (!watched.isUnsure(id)) await close(issue, id, watched, tracker, done);
  }
  return done;
}

/** One issue per case: of several the lowest number stays, whoever opened it. */
async function closeRepeated(issues: readonly Issue[], tracker: Tracker, done: string[]): Promise<Map<string, Issue>> {
  const kept = new Map<string, Issue>();
  for (const issue of [...issues].sort((a, b) => a.number - b.number)) {
    const id = readMarks(issue.body ?? '').case;
    if (id === undefined) continue;
    const first = kept.get(id);
    if (!first) {
      kept.set(id, issue);
      continue;
    }
    // One request, so that two runs at once do the same thing and not two.
    await tracker.change(issue, {
      state: 'closed',
      state_reason: 'not_planned',
      body: `Duplicate of #${first.number}.`,
    });
    done.push(`Closed #${issue.number} as a duplicate of #${first.number}.`);
  }
  return kept;
}

/** Opens an issue for each case, unless a person has closed it; one that the watch closed itself is opened again. */
async function openLacking(
  cases: readonly WatchCase[],
  watched: Watched,
  tracker: Tracker,
  done: string[],
): Promise<Issue[]> {
  if (cases.length === 0) return [];
  const closed = await tracker.list('closed', earliestIssue(cases, watched));
  const opened: Issue[] = [];
  for (const one of cases) {
    const marked = closed.map((issue) => ({ issue, marks: readMarks(issue.body ?? '') }));
    const own = marked.filter(({ marks }) => marks.case === one.id);
    if (own.some(({ marks }) => !marks.closed)) continue;
    const title = issueTitle(one, watched.now);
    const before = own[0];
    const told = before?.marks.told ?? (isMissed(one, watched.now) ? [missedKey(one)] : []);
    const body = issueBody(one, told, watched);
    if (before) {
      await tracker.change(before.issue, { state: 'open', title, body });
      opened.push({ ...before.issue, state: 'open', title, body });
    } else {
      opened.push(await tracker.create(title, body));
    }
    done.push(`Opened #${opened.at(-1)?.number}${before ? ' again' : ''}: ${title}`);
  }
  return opened;
}

/** No issue of these cases can be older; a day more, since clocks differ. */
function earliestIssue(cases: readonly WatchCase[], { content }: Watched): Instant {
  return Math.min(...cases.map((one) => remindFrom(one, content.site))) - DAY;
}

async function bringUpToDate(
  issue: Issue,
  one: WatchCase,
  watched: Watched,
  tracker: Tracker,
  done: string[],
): Promise<void> {
  const title = issueTitle(one, watched.now);
  const body = issueBody(one, readMarks(issue.body ?? '').told, watched);
  if (issue.title !== title || !isSame(issue.body, body)) {
    await tracker.change(issue, { title, body });
    done.push(`Updated #${issue.number}: ${title}`);
  }
  const said: string[] = [];
  const comment = (fresh: Parameters<typeof commentText>[0]) => {
    said.push(...fresh.map(({ text }) => text));
    return commentText(fresh);
  };
  await tracker.notifyOnce({ ...issue, body }, dueNotifications(one, watched), comment);
  done.push(...said.map((text) => `Commented on #${issue.number}: ${text}`));
}

async function close(issue: Issue, id: string, { content }: Watched, tracker: Tracker, done: string[]): Promise<void> {
  const notification = closingNotification(id, content);
  await tracker.notifyOnce(issue, [notification], commentText);
  const marks = readMarks(issue.body ?? '');
  const text = (issue.body ?? '').split(/\r?\n/).filter((line) => !line.startsWith('<!-- candor-watch'));
  const body = `${writeMarks({ ...marks, closed: true })}\n${text.join('\n')}`;
  await tracker.change(issue, { state: 'closed', state_reason: 'completed', body });
  done.push(`Closed #${issue.number}: ${notification.text}`);
}

/** GitHub may keep other line ends, and no spaces at the end. */
function isSame(kept: string | null, body: string): boolean {
  return (kept ?? '').replaceAll('\r\n', '\n').trim() === body.trim();
}
