import { parseJson, type TextFile } from '../source-files.ts';
import { millisecondsInMinute } from 'date-fns/constants';
import { cleanLine } from '../../lib/text.ts';
import type { Instant } from '../../../src/core/days.ts';
import { z } from 'zod';
import { CommandError } from '../../lib/errors.ts';
import { type ImportedEvent, type ImportedUpdate, type SourcePlace, statusMeant } from '../model.ts';
import { loseEvent, loseUpdate, note, type Report, type Tell, teller } from '../report.ts';
import { addedUpdate, bodyWithNotes, incidentFrom, inOrder, maintenanceFrom, type Post } from '../pipeline.ts';
import { endedWithSites, type Sites } from './sites.ts';
import type { ComponentStatus, IncidentWord } from '../../../src/core/vocabulary.ts';
import { markdownToBody } from '../markdown.ts';
import { readTime, toSecond } from '../../lib/times.ts';

/** `**Resolved:** …`, `Update: …`, `### Identified`. */
const STATUS = /^[#>\s]*(?:\*\*|__)?\s*([\p{L} -]{3,24}?)\s*(?:[:：]\s*(?:\*\*|__)?|(?:\*\*|__)\s*[:：]?|\s*$)/mu;

/** The text of the issue and its comments, oldest first. `text` is the issue's own, without what was read of it. */
function readPosts(context: IssueContext, text: string, { opened, closed }: Span): Post[] {
  const { comments, place, tell, report } = context;
  const own = bodyOf(text, place, context);
  const posts = comments.flatMap((comment): Post[] => {
    const at = timeOf(comment.createdAt, context, comment.place);
    const body = bodyOf(comment.body, comment.place, context);
    if (at !== undefined) return [{ word: wordOf(comment.body), at, body, place: comment.place }];
    loseUpdate('It has no time that can be read.', tell, report, comment.place);
    return [];
  });
  if (opened !== undefined && own !== '') posts.unshift({ word: 'update', at: opened, body: own, place });
  const ordered = inOrder(posts);
  // Who closes an issue with a comment says that it is over, in whatever words.
  const closing = ordered.findLast(
    (post) => Math.abs(post.at - (closed ?? Infinity)) < millisecondsInMinute && post.place !== place,
  );
  if (!closing || ordered.some(({ word }) => word === 'resolved')) return ordered;
  tell('unknown-status', 'It was written when the issue was closed, so it was imported as Resolved.', closing.place);
  return ordered.map((post) => (post === closing ? { ...post, word: 'resolved' } : post));
}

/** When an issue was opened, and when it was closed. */
interface Span {
  opened: Instant | undefined;
  closed: Instant | undefined;
}

/** The status that a comment begins with; a comment that begins with none says nothing of status. */
function wordOf(body: string): IncidentWord {
  const written = cleanLine(STATUS.exec(body.trimStart().split('\n')[0] ?? '')?.[1] ?? '');
  return written === '' ? 'update' : (statusMeant(written) ?? 'update');
}

/** A time of GitHub's, or one that somebody wrote. */
function timeOf(text: string, { zone, tell }: IssueContext, place?: SourcePlace): Instant | undefined {
  const time = text === '' ? undefined : readTime(text.replace(/ (?=[+-]\d{2}:?\d{2}$)/, ''), zone);
  if (time && !time.zoned) tell('time-without-zone', undefined, place);
  return time && toSecond(time.instant);
}

function bodyOf(text: string, place: SourcePlace, { tell, issue }: IssueContext): string {
  const base = issue.repository && `https://github.com/${issue.repository}/issues/${issue.number}`;
  return bodyWithNotes(markdownToBody(text, base), tell, place);
}

/** Labels that Upptime or GitHub give; any other one is the slug of a site, or a tag. */
const NO_SITE = new Set(
  'status maintenance bug documentation duplicate enhancement invalid question wontfix'.split(' '),
);

/** An incident from an issue; nothing when it does not say when it was. */
function readIncident(context: IssueContext, span: Span): ImportedEvent | undefined {
  const { issue, place, about, tell, sites, report } = context;
  const incident = incidentFrom({
    identity: about.id,
    address: `/incident/${issue.number}`,
    place,
    title: about.subject,
    named: sitesOf(context),
    status: statusOf(context),
    posts: readPosts(context, issue.body, span),
    started: span.opened,
    endedAt: span.closed,
    closed: issue.isClosed,
    tell,
    report,
  });
  return incident && endedWithSites({ ...incident, updates: resolvedWhenClosed(incident, context) }, sites, report);
}

/** What is written after an issue was closed does not make the incident longer. */
function resolvedWhenClosed(incident: ImportedEvent, { sites, report }: IssueContext): readonly ImportedUpdate[] {
  const { updates, endedAt } = incident;
  const isLater = endedAt !== undefined && updates.some(({ at }) => at > endedAt);
  if (!isLater || updates.some(({ word }) => word === 'resolved')) return updates;
  const update = { word: 'resolved' as const, at: endedAt, body: sites.words.say('import.resolved') };
  const index = updates.findIndex(({ at }) => at > endedAt);
  return updates.toSpliced(index, 0, addedUpdate(incident, update, 'resolved-added', report));
}

/** Sites by the labels of the issue, else by its title, as Upptime writes it, or by what its text begins with. */
function sitesOf({ issue, title, place, sites, tell }: IssueContext): string[] {
  const labels = issue.labels.filter((label) => !NO_SITE.has(label.toLowerCase()));
  const listed = labels.filter((label) => sites.isListed(label));
  if (listed.length > 0) return [...new Set(listed.map((label) => sites.named(label, place).key))];
  const { name, url } = /^In [^,]*\)\s*,\s*(?<name>.+?) \((?<url>[^)\s]+)\)\s/s.exec(issue.body)?.groups ?? {};
  const named = name ?? /^(.+?) (?:is down|has degraded performance)$/i.exec(title)?.[1];
  if (named !== undefined) return [sites.named(named, place, url).key];
  if (labels.length === 1) return [sites.named(labels[0] ?? '', place).key];
  tell('component-unknown');
  return [];
}

function statusOf({ issue, title, tell }: IssueContext): ComponentStatus {
  const text = `${title}\n${issue.body}`;
  if (/degraded/i.test(title) || /experienced \*\*degraded/i.test(text)) return 'degraded_performance';
  if (/\bis down\b|\bwas \*\*down\*\*/i.test(text)) return 'major_outage';
  tell('unknown-severity', 'It does not say how bad it was, so it was read as degraded performance.');
  return 'degraded_performance';
}

/** The comment in which Upptime expects `start:`, `end:`, `expectedDown:` and `expectedDegraded:`. */
const FIELDS = /<!--([\s\S]*?)-->/;

/** A maintenance from an issue with that label; nothing when it does not say when it was. */
function readMaintenance(context: IssueContext, span: Span): ImportedEvent | undefined {
  const { issue, place, about, tell, sites, report } = context;
  const { opened, closed } = span;
  const fields = fieldsIn(issue.body);
  const isRead = fields.has('start') || fields.has('end');
  const names = ['expectedDown', 'expectedDegraded'].flatMap((key) => fields.get(key)?.split(',') ?? []);
  const maintenance = maintenanceFrom({
    identity: about.id,
    address: `/incident/${issue.number}`,
    place,
    title: about.subject,
    named: names.flatMap((name) => (name.trim() === '' ? [] : [sites.named(name.trim(), place).key])),
    posts: readPosts(context, isRead ? issue.body.replace(FIELDS, '').trim() : issue.body, span),
    from: timeOf(fields.get('start') ?? '', context),
    until: timeOf(fields.get('end') ?? '', context),
    starts: [opened],
    ends: [closed],
    isAnnounced: true,
    closed: issue.isClosed,
    tell,
    report,
  });
  if (!maintenance || closed === undefined) return maintenance;
  const { start, until, updates } = maintenance;
  if (closed >= start) return { ...maintenance, ...(until !== undefined && closed < until && { endedAt: closed }) };
  if (updates.some(({ word }) => word === 'cancelled')) return maintenance;
  const at = Math.max(closed, updates.at(-1)?.at ?? closed);
  const update = { word: 'cancelled' as const, at, body: sites.words.say('import.cancelled') };
  return { ...maintenance, updates: [...updates, addedUpdate(maintenance, update, 'cancelled-added', report)] };
}

function fieldsIn(body: string): Map<string, string> {
  const lines = FIELDS.exec(body)?.[1]?.split('\n') ?? [];
  return new Map(
    lines.flatMap((line) => {
      const match = /^\s*(\w+)\s*:\s*(\S.*?)\s*$/.exec(line);
      return match ? [[match[1] ?? '', match[2] ?? ''] as const] : [];
    }),
  );
}

/**
 * Issues as GitHub's REST API gives them, and as `gh issue list --json` does, which names the same in camel case.
 * Comments stand under several names, since the API itself gives only their number.
 */

const text = z.string().nullish();
const label = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);

const commentSchema = z
  .object({ body: text, created_at: text, createdAt: text, issue_url: text })
  .transform(({ body, created_at, createdAt, issue_url }) => ({
    body: body ?? '',
    createdAt: created_at ?? createdAt ?? '',
    issueUrl: issue_url ?? '',
  }));

const issueSchema = z
  .object({
    number: z.number(),
    title: text,
    state: text,
    labels: z.array(label).nullish().catch([]),
    created_at: text,
    createdAt: text,
    closed_at: text,
    closedAt: text,
    html_url: text,
    url: text,
    repository: z.string().nullish().catch(undefined),
    body: text,
    pull_request: z.unknown().optional(),
    comments: z.unknown().optional(),
    comments_list: z.unknown().optional(),
    comments_data: z.unknown().optional(),
  })
  .transform((issue) => ({
    number: issue.number,
    title: issue.title ?? '',
    isClosed: issue.state?.toLowerCase() === 'closed',
    labels: issue.labels ?? [],
    createdAt: issue.created_at ?? issue.createdAt ?? '',
    closedAt: issue.closed_at ?? issue.closedAt ?? '',
    repository: repositoryIn(issue.html_url ?? issue.url ?? '') ?? issue.repository ?? undefined,
    body: issue.body ?? '',
    isPullRequest: Boolean(issue.pull_request) || /\/pull\/\d+$/.test(issue.html_url ?? issue.url ?? ''),
    comments: [issue.comments, issue.comments_list, issue.comments_data].find((value) => Array.isArray(value)),
    /** How many comments there are, where the source gives only their number. */
    commentCount: typeof issue.comments === 'number' ? issue.comments : undefined,
  }));

type Issue = z.output<typeof issueSchema>;
type Comment = z.output<typeof commentSchema>;

function repositoryIn(address: string): string | undefined {
  return /(?:github\.com|\/repos)\/([^/]+\/[^/]+)\/(?:issues|pull)\/\d+/.exec(address)?.[1];
}

/** An issue and what it is read with. */
interface IssueContext {
  issue: Issue;
  comments: readonly (Comment & { place: SourcePlace })[];
  place: SourcePlace;
  about: { id: string; subject: string };
  /** The title without the sign that Upptime puts before it. */
  title: string;
  sites: Sites;
  zone: string;
  tell: Tell;
  report: Report;
}

const SIGN = /^(?:🛑|⚠️|⚠|🟥|🟨|🚨|🔴|🟡)\s*/u;
const UPPTIMES_TITLE = / (is down|has degraded performance)$/i;

/**
 * The incidents and maintenance among the issues of an Upptime repository: those that have Upptime's labels, or
 * a title as it writes them. All others are listed and left alone.
 * @param saved comments that were saved in a file of their own
 * @throws {CommandError} when a file is no list in JSON
 */
export function readIssues(
  file: TextFile,
  saved: TextFile | undefined,
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
      const tell = teller(report, place, { subject: `issue [${index}]` });
      loseEvent('incident', 'It does not have the format of a GitHub issue.', tell, report);
      return;
    }
    const issue = parsed.data;
    const title = issue.title.replace(SIGN, '').trim();
    const id = `${issue.repository ?? repository ?? 'issue'}#${issue.number}`;
    const about = { id, subject: title || id };
    const comments = [...commentsOf(issue, place, report), ...(apart.get(issue.number) ?? [])];
    const tell = teller(report, place, about);
    const context: IssueContext = { issue, comments, place, about, title, sites, zone, tell, report };
    if (title !== issue.title.trim()) signs.push(issue.title);
    const event = readIssue(context);
    if (event) events.push(event);
  });
  if (signs.length > 0) {
    const reason = `${signs.length} titles start with a symbol, as in “${signs[0]}”. It was removed, because Candor has its own symbols.`;
    note(report, 'detail-left-out', { file: file.path }, { subject: signs[0] ?? '' }, reason);
  }
  return events;
}

function readIssue(context: IssueContext): ImportedEvent | undefined {
  const { issue, title, comments, tell } = context;
  const labels = issue.labels.map((label) => label.toLowerCase());
  const isMaintenance = labels.includes('maintenance');
  const isIncident = labels.includes('status') || UPPTIMES_TITLE.test(title);
  if (issue.isPullRequest || !(isMaintenance || isIncident)) {
    const isNeither = 'It has neither the label “status” nor “maintenance”.';
    tell('issue-ignored', issue.isPullRequest ? 'It is a pull request.' : isNeither);
    return undefined;
  }
  const { commentCount = 0 } = issue;
  if (commentCount > comments.length)
    tell('comments-missing', `GitHub lists ${commentCount} comments, but ${comments.length} were saved.`);
  const span: Span = {
    opened: timeOf(issue.createdAt, context),
    closed: issue.isClosed ? timeOf(issue.closedAt, context) : undefined,
  };
  return isMaintenance ? readMaintenance(context, span) : readIncident(context, span);
}

function commentsOf(
  { comments = [] }: Issue,
  place: SourcePlace,
  report: Report,
): (Comment & { place: SourcePlace })[] {
  return (comments as unknown[]).flatMap((value, index) => {
    const at = { ...place, path: `${place.path}.comments[${index}]` };
    const comment = commentSchema.safeParse(value);
    if (comment.success) return [{ ...comment.data, place: at }];
    loseComment(at, report);
    return [];
  });
}

/** Comments as `/repos/OWNER/REPO/issues/comments` gives them: each says which issue it belongs to. */
function commentsByIssue(
  file: TextFile | undefined,
  report: Report,
): Map<number, (Comment & { place: SourcePlace })[]> {
  const byIssue = new Map<number, (Comment & { place: SourcePlace })[]>();
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

function loseComment(place: SourcePlace, report: Report): void {
  loseUpdate('It does not have the format of a GitHub comment.', teller(report, place, { subject: 'comment' }), report);
}

/** A list, pages of a list, or the answer of a search. */
function listIn({ path, text }: TextFile): unknown[] {
  const value = parseJson(text);
  const object = value as { items?: unknown; issues?: unknown } | null | undefined;
  const list = Array.isArray(value) ? value : (object?.items ?? object?.issues);
  if (Array.isArray(list)) return list.flat();
  throw new CommandError(
    `${path} is not a JSON list.\nNothing was written. Expected the response of /repos/OWNER/REPO/issues?state=all, ` +
      'or `gh issue list --state all --json number,title,state,labels,createdAt,closedAt,body,url,comments`.',
  );
}
