import { ImportError } from '../import-error.ts';
import type { ImportedEvent, Place } from '../model.ts';
import { note, type Report } from '../report.ts';
import { readIncident } from './issue-incident.ts';
import { readMaintenance } from './issue-maintenance.ts';
import { commentSchema, issueSchema, type Comment, type Issue } from './issue-shape.ts';
import type { Sites } from './sites.ts';

/** A JSON file with issues, or with comments on them. */
export interface JsonFile {
  path: string;
  text: string;
}

/** An issue and what it is read with. */
export interface IssueContext {
  issue: Issue;
  comments: readonly (Comment & { place: Place })[];
  place: Place;
  about: { id: string; subject: string };
  /** The title without the sign that Upptime puts before it. */
  title: string;
  sites: Sites;
  zone: string;
  report: Report;
}

const SIGN = /^(?:🛑|⚠️|⚠|🟥|🟨|🚨|🔴|🟡)\s*/u;
const UPPTIMES_TITLE = / (is down|has degraded performance)$/i;

/**
 * The incidents and maintenance among the issues of an Upptime repository: those that have Upptime's labels, or
 * a title as it writes them. All others are listed and left alone.
 * @param saved comments that were saved in a file of their own
 * @throws {ImportError} when a file is no list in JSON
 */
export function readIssues(
  file: JsonFile,
  saved: JsonFile | undefined,
  { sites, zone, repository }: { sites: Sites; zone: string; repository: string | undefined },
  report: Report,
): ImportedEvent[] {
  const apart = commentsByIssue(saved, report);
  const events: ImportedEvent[] = [];
  const signs: string[] = [];
  listIn(file).forEach((value, index) => {
    const place = { file: file.path, path: `[${index}]` };
    const parsed = issueSchema.safeParse(value);
    if (!parsed.success) {
      note(
        report,
        'event-unreadable',
        place,
        { subject: `issue [${index}]` },
        'It has not the shape of an issue of GitHub’s.',
      );
      report.read.incidents += 1;
      report.notWritten.incidents += 1;
      return;
    }
    const issue = parsed.data;
    const title = issue.title.replace(SIGN, '').trim();
    const id = `${issue.repository ?? repository ?? 'issue'}#${issue.number}`;
    const context: IssueContext = {
      issue,
      comments: [...commentsOf(issue, place, report), ...(apart.get(issue.number) ?? [])],
      place,
      about: { id, subject: title || id },
      title,
      sites,
      zone,
      report,
    };
    if (title !== issue.title.trim()) signs.push(issue.title);
    const event = readIssue(context);
    if (event) events.push(event);
  });
  if (signs.length > 0) {
    const reason = `${signs.length} titles begin with a sign such as that of “${signs[0]}”; Candor has its own signs.`;
    note(report, 'detail-left-out', { file: file.path }, { subject: signs[0] ?? '' }, reason);
  }
  return events;
}

function readIssue(context: IssueContext): ImportedEvent | undefined {
  const { issue, place, about, title, report } = context;
  const labels = issue.labels.map((label) => label.toLowerCase());
  const isMaintenance = labels.includes('maintenance');
  const isIncident = labels.includes('status') || UPPTIMES_TITLE.test(title);
  if (issue.isPullRequest || !(isMaintenance || isIncident)) {
    const reason = issue.isPullRequest
      ? 'It is a pull request.'
      : 'It has neither the label “status” nor “maintenance”.';
    note(report, 'issue-ignored', place, about, reason);
    return undefined;
  }
  const { commentCount = 0 } = issue;
  if (commentCount > context.comments.length) {
    const reason = `GitHub counts ${commentCount} comments, and ${context.comments.length} were saved.`;
    note(report, 'comments-missing', place, about, reason);
  }
  const kind = isMaintenance ? 'maintenance' : 'incidents';
  report.read[kind] += 1;
  const event = isMaintenance ? readMaintenance(context) : readIncident(context);
  if (event) return event;
  note(report, 'event-unreadable', place, about, 'It has no time that can be read.');
  report.notWritten[kind] += 1;
  return undefined;
}

function commentsOf({ comments = [] }: Issue, place: Place, report: Report): (Comment & { place: Place })[] {
  return (comments as unknown[]).flatMap((value, index) => {
    const at = { ...place, path: `${place.path}.comments[${index}]` };
    const comment = commentSchema.safeParse(value);
    if (comment.success) return [{ ...comment.data, place: at }];
    loseComment(at, report);
    return [];
  });
}

/** Comments as `/repos/OWNER/REPO/issues/comments` gives them: each says which issue it belongs to. */
function commentsByIssue(file: JsonFile | undefined, report: Report): Map<number, (Comment & { place: Place })[]> {
  const byIssue = new Map<number, (Comment & { place: Place })[]>();
  if (!file) return byIssue;
  listIn(file).forEach((value, index) => {
    const place = { file: file.path, path: `[${index}]` };
    const comment = commentSchema.safeParse(value).data;
    const number = Number(/\/issues\/(\d+)$/.exec(comment?.issueUrl ?? '')?.[1] ?? Number.NaN);
    if (!comment || Number.isNaN(number)) loseComment(place, report);
    else byIssue.set(number, [...(byIssue.get(number) ?? []), { ...comment, place }]);
  });
  return byIssue;
}

function loseComment(place: Place, report: Report): void {
  note(report, 'update-unreadable', place, { subject: 'comment' }, 'It has not the shape of a comment of GitHub’s.');
  report.read.updates += 1;
  report.notWritten.updates += 1;
}

/** A list, pages of a list, or the answer of a search. */
function listIn({ path, text }: JsonFile): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    value = undefined;
  }
  const object = value as { items?: unknown; issues?: unknown } | null | undefined;
  const list = Array.isArray(value) ? value : (object?.items ?? object?.issues);
  if (Array.isArray(list)) return list.flat();
  throw new ImportError(
    `${path} is no list in JSON.\nNothing was written. Expected is what GitHub gives for /repos/OWNER/REPO/issues?state=all, ` +
      'or `gh issue list --state all --json number,title,state,labels,createdAt,closedAt,body,url,comments`.',
  );
}
