import type { Instant } from '../../../src/core/model.ts';
import type { IncidentWord } from '../../../src/core/vocabulary.ts';
import { cleanLine } from '../clean.ts';
import { markdownToBody } from '../markdown/html-to-markdown.ts';
import type { ImportedUpdate, Place } from '../model.ts';
import { note } from '../report.ts';
import { statusMeant } from '../status-words.ts';
import { readTime, toSecond } from '../times.ts';
import type { IssueContext } from './issues.ts';

/** `**Resolved:** …`, `Update: …`, `### Identified`. */
const STATUS = /^[#>\s]*(?:\*\*|__)?\s*([\p{L} -]{3,24}?)\s*(?:[:：]\s*(?:\*\*|__)?|(?:\*\*|__)\s*[:：]?|\s*$)/mu;
const MINUTE = 60_000;

/** The text of the issue and its comments, oldest first. `text` is the issue's own, without what was read of it. */
export function readUpdates(context: IssueContext, text: string): ImportedUpdate<IncidentWord>[] {
  const { issue, comments, place, about, report } = context;
  const opened = timeOf(issue.createdAt, place, context);
  const closed = timeOf(issue.closedAt, place, context);
  const updates: ImportedUpdate<IncidentWord>[] = [];
  const own = bodyOf(text, place, context);
  if (opened !== undefined && own !== '') updates.push({ word: 'update', at: opened, body: own, place });
  for (const comment of comments) {
    const at = timeOf(comment.createdAt, comment.place, context);
    if (at === undefined) {
      note(report, 'update-unreadable', comment.place, about, 'It has no time that can be read.');
      report.read.updates += 1;
      report.notWritten.updates += 1;
      continue;
    }
    const body = bodyOf(comment.body, comment.place, context);
    updates.push({ word: wordOf(comment.body), at, body, place: comment.place });
  }
  report.read.updates += updates.length;
  updates.sort((a, b) => a.at - b.at);
  return closed === undefined || !issue.isClosed ? updates : withClosingComment(updates, closed, context);
}

/** Who closes an issue with a comment says that it is over, in whatever words. */
function withClosingComment(
  updates: ImportedUpdate<IncidentWord>[],
  closed: Instant,
  { about, report, place }: IssueContext,
): ImportedUpdate<IncidentWord>[] {
  if (updates.some(({ word }) => word === 'resolved')) return updates;
  const closing = updates.findLast((update) => Math.abs(update.at - closed) < MINUTE && update.place !== place);
  if (!closing) return updates;
  note(report, 'unknown-status', closing.place, about, 'It was written as the issue was closed, and became resolved.');
  return updates.map((update) => (update === closing ? { ...update, word: 'resolved' } : update));
}

/** The status that a comment begins with; a comment that begins with none says nothing of status. */
function wordOf(body: string): IncidentWord {
  const written = cleanLine(STATUS.exec(body.trimStart().split('\n')[0] ?? '')?.[1] ?? '');
  return written === '' ? 'update' : (statusMeant(written) ?? 'update');
}

/** A time of GitHub's, or one that somebody wrote. */
export function timeOf(text: string, place: Place, { zone, about, report }: IssueContext): Instant | undefined {
  const time = text === '' ? undefined : readTime(text.replace(/ (?=[+-]\d{2}:?\d{2}$)/, ''), zone);
  if (time && !time.zoned) note(report, 'time-without-zone', place, about);
  return time && toSecond(time.instant);
}

function bodyOf(text: string, place: Place, { about, report, issue }: IssueContext): string {
  const base = issue.repository && `https://github.com/${issue.repository}/issues/${issue.number}`;
  const { markdown, notes } = markdownToBody(text, base);
  for (const { kind, detail } of notes) note(report, kind, place, about, detail);
  return markdown;
}
