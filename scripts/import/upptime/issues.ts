import { z } from 'zod';
import { CommandError } from '../../lib/errors.ts';
import type { ImportedEvent, ImportedIncident, ImportedMaintenance, ImportedUpdate, Place } from '../model.ts';
import { note, type Report } from '../report.ts';
import type { Sites } from './sites.ts';
import type { ComponentStatus, IncidentWord, MaintenanceWord } from '../../../src/core/vocabulary.ts';
import { addedUpdate, TEXTS } from '../lifecycle.ts';
import { endedWithSites } from './sites.ts';
import type { Instant } from '../../../src/core/model.ts';
import { cleanLine } from '../site-text.ts';
import { markdownToBody } from '../markdown/html-to-markdown.ts';
import { statusMeant } from '../model.ts';
import { readTime, toSecond } from '../times.ts';

/** `**Resolved:** …`, `Update: …`, `### Identified`. */
const STATUS = /^[#>\s]*(?:\*\*|__)?\s*([\p{L} -]{3,24}?)\s*(?:[:：]\s*(?:\*\*|__)?|(?:\*\*|__)\s*[:：]?|\s*$)/mu;
const MINUTE = 60_000;

/** The text of the issue and its comments, oldest first. `text` is the issue's own, without what was read of it. */
function readUpdates(context: IssueContext, text: string): ImportedUpdate<IncidentWord>[] {
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
function timeOf(text: string, place: Place, { zone, about, report }: IssueContext): Instant | undefined {
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

/** Labels that Upptime or GitHub give; any other one is the slug of a site, or a tag. */
const NO_SITE = new Set(
  'status maintenance bug documentation duplicate enhancement invalid question wontfix'.split(' '),
);

/** An incident from an issue; nothing when it does not say when it was. */
function readIncident(context: IssueContext): ImportedIncident | undefined {
  const { issue, place, about, title } = context;
  const updates = readUpdates(context, issue.body);
  const started = timeOf(issue.createdAt, place, context) ?? updates[0]?.at;
  if (started === undefined) return undefined;
  const first = updates[0]?.at ?? started;
  const endedAt = timeOf(issue.closedAt, place, context);
  const status = statusOf(context);
  const incident: ImportedIncident = {
    kind: 'incident',
    identity: about.id,
    place,
    title: title || about.id,
    components: Object.fromEntries(sitesOf(context).map((key) => [key, status] as const)),
    ...(endedAt !== undefined && issue.isClosed && { endedAt }),
    closed: issue.isClosed,
    started: Math.min(started, first),
    updates,
  };
  const settled = { ...incident, updates: resolvedWhenClosed(incident, context) };
  return endedWithSites(settled, context.sites, context.report);
}

/** What is written after an issue was closed does not make the incident longer. */
function resolvedWhenClosed(
  incident: ImportedIncident,
  { report }: IssueContext,
): readonly ImportedUpdate<IncidentWord>[] {
  const { updates, endedAt } = incident;
  const isLater = endedAt !== undefined && updates.some(({ at }) => at > endedAt);
  if (!isLater || updates.some(({ word }) => word === 'resolved')) return updates;
  const update = { word: 'resolved' as const, at: endedAt, body: TEXTS.resolved };
  const index = updates.findIndex(({ at }) => at > endedAt);
  return updates.toSpliced(index, 0, addedUpdate(incident, update, 'resolved-added', report));
}

/** Sites by the labels of the issue, else by its title, as Upptime writes it, or by what its text begins with. */
function sitesOf({ issue, title, place, about, sites, report }: IssueContext): string[] {
  const labels = issue.labels.filter((label) => !NO_SITE.has(label.toLowerCase()));
  const listed = labels.filter((label) => sites.isListed(label));
  if (listed.length > 0) return [...new Set(listed.map((label) => sites.named(label, place).key))];
  const { name, url } = /^In [^,]*\)\s*,\s*(?<name>.+?) \((?<url>[^)\s]+)\)\s/s.exec(issue.body)?.groups ?? {};
  const named = name ?? /^(.+?) (?:is down|has degraded performance)$/i.exec(title)?.[1];
  if (named !== undefined) return [sites.named(named, place, url).key];
  if (labels.length === 1) return [sites.named(labels[0] ?? '', place).key];
  note(report, 'component-unknown', place, about);
  return [];
}

function statusOf({ issue, title, place, about, report }: IssueContext): ComponentStatus {
  const text = `${title}\n${issue.body}`;
  if (/degraded/i.test(title) || /experienced \*\*degraded/i.test(text)) return 'degraded_performance';
  if (/\bis down\b|\bwas \*\*down\*\*/i.test(text)) return 'major_outage';
  note(
    report,
    'unknown-severity',
    place,
    about,
    'It does not say how bad it was; it was read as degraded performance.',
  );
  return 'degraded_performance';
}

const HOUR = 3_600_000;
const CANCELLED = 'This maintenance has been cancelled.';
/** The comment in which Upptime expects `start:`, `end:`, `expectedDown:` and `expectedDegraded:`. */
const FIELDS = /<!--([\s\S]*?)-->/;

/** Words of incidents in a maintenance that has begun. */
const WORDS: Record<IncidentWord, MaintenanceWord> = {
  investigating: 'in_progress',
  identified: 'in_progress',
  monitoring: 'verifying',
  resolved: 'completed',
  postmortem: 'update',
  update: 'update',
};

/** A maintenance from an issue with that label; nothing when it does not say when it was. */
function readMaintenance(context: IssueContext): ImportedMaintenance | undefined {
  const { issue, place, about, title, sites, report } = context;
  const fields = fieldsIn(issue.body);
  const isRead = fields.has('start') || fields.has('end');
  const updates = readUpdates(context, isRead ? issue.body.replace(FIELDS, '').trim() : issue.body);
  const start = timeOf(fields.get('start') ?? '', place, context);
  const end = timeOf(fields.get('end') ?? '', place, context);
  const opened = timeOf(issue.createdAt, place, context);
  const closed = issue.isClosed ? timeOf(issue.closedAt, place, context) : undefined;
  const scheduled = start ?? opened;
  if (scheduled === undefined) return undefined;
  const isWindow = start !== undefined && end !== undefined && end > start;
  if (!isWindow) note(report, 'window-missing', place, about);
  const until = isWindow ? end : closed !== undefined && closed > scheduled ? closed : scheduled + HOUR;
  const names = ['expectedDown', 'expectedDegraded'].flatMap((key) => fields.get(key)?.split(',') ?? []);
  const keys = names
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => sites.named(name, place).key);
  const isEarly = closed !== undefined && closed < scheduled;
  const maintenance: ImportedMaintenance = {
    kind: 'maintenance',
    identity: about.id,
    place,
    title: title || about.id,
    components: Object.fromEntries(keys.map((key) => [key, 'under_maintenance'])),
    ...(closed !== undefined && closed < until && !isEarly && { endedAt: closed }),
    closed: issue.isClosed,
    scheduled,
    until,
    updates: updates.map((update, index) => inMaintenance(update, index === 0, scheduled)),
  };
  if (!isEarly || maintenance.updates.some(({ word }) => word === 'cancelled')) return maintenance;
  const last = Math.max(closed, updates.at(-1)?.at ?? closed);
  const cancelled = addedUpdate(
    maintenance,
    { word: 'cancelled', at: last, body: CANCELLED },
    'cancelled-added',
    report,
  );
  return { ...maintenance, updates: [...maintenance.updates, cancelled] };
}

function inMaintenance(
  update: ImportedUpdate<IncidentWord>,
  isFirst: boolean,
  scheduled: number,
): ImportedUpdate<MaintenanceWord> {
  if (isFirst && update.at <= scheduled) return { ...update, word: 'scheduled' };
  return { ...update, word: update.at < scheduled && update.word !== 'resolved' ? 'update' : WORDS[update.word] };
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

/** A JSON file with issues, or with comments on them. */
export interface JsonFile {
  path: string;
  text: string;
}

/** An issue and what it is read with. */
interface IssueContext {
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
 * @throws {CommandError} when a file is no list in JSON
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
  throw new CommandError(
    `${path} is no list in JSON.\nNothing was written. Expected is what GitHub gives for /repos/OWNER/REPO/issues?state=all, ` +
      'or `gh issue list --state all --json number,title,state,labels,createdAt,closedAt,body,url,comments`.',
  );
}
