import type { Instant } from '../../src/core/days.ts';
import { z } from 'zod';
import type { GitHub } from '../lib/github.ts';
import { parseResponse } from '../lib/github.ts';

/** The label that every issue of the watch has. Only those who may sort issues can give it, so it tells ours from others. */
const LABEL = 'candor-watch';

const PAGE = 100;

const issueSchema = z.object({
  number: z.number(),
  title: z.string(),
  body: z.string().nullable(),
  state: z.enum(['open', 'closed']),
  user: z.object({ id: z.number() }).nullable(),
  pull_request: z.unknown().optional(),
});

const commentSchema = z.object({
  id: z.number(),
  body: z.string(),
  user: z.object({ id: z.number() }).nullable(),
  author_association: z.string(),
});

/** Who may write for the watch, besides the account that opened an issue. */
const TRUSTED = ['OWNER', 'MEMBER', 'COLLABORATOR'];

export type Issue = z.output<typeof issueSchema>;
type Comment = z.output<typeof commentSchema>;
type Change = Partial<Pick<Issue, 'title' | 'body' | 'state'>> & { state_reason?: string };

/** A text that an issue gets as a comment, once. */
export interface Notification {
  /** Without commas. */
  key: string;
  text: string;
}

/** The issues of a repository that the watch keeps. */
export interface Tracker {
  /** Issues with the label, lowest number first. @param since those that nobody has touched since then are left out */
  list: (state: 'open' | 'closed', since?: Instant) => Promise<Issue[]>;
  create: (title: string, body: string) => Promise<Issue>;
  change: (issue: Issue, change: Change) => Promise<void>;
  /** Writes one comment for all notifications that were not sent yet; returns whether there were any. */
  notifyOnce: (
    issue: Issue,
    notifications: readonly Notification[],
    comment: (fresh: readonly Notification[]) => string,
  ) => Promise<boolean>;
}

/** The issues of a repository on GitHub. */
export function openTracker(github: GitHub): Tracker {
  let label: Promise<void> | undefined;
  const comments = async (issue: Issue) => {
    const all = await pages(github, `/issues/${issue.number}/comments`, commentSchema);
    return all.filter((comment) => isTrusted(comment, issue));
  };
  return {
    list: async (state, since) => {
      const moment = since === undefined ? '' : `&since=${new Date(since).toISOString()}`;
      const issues = await pages(github, `/issues?labels=${LABEL}&state=${state}${moment}`, issueSchema);
      // What moves from one page to the next while they are read comes twice.
      const once = new Map(issues.map((one) => [one.number, one]));
      return [...once.values()].filter((one) => one.pull_request === undefined).sort((a, b) => a.number - b.number);
    },
    create: async (title, body) => {
      label ??= createLabel(github);
      await label;
      const { body: answer } = await github.request('POST', '/issues', { title, body, labels: [LABEL] });
      return parseResponse(issueSchema, answer);
    },
    change: async ({ number }, change) => void (await github.request('PATCH', `/issues/${number}`, change)),
    notifyOnce: async (issue, notifications, comment) => {
      const told = new Set(readMarks(issue.body ?? '').told);
      if (notifications.every(({ key }) => told.has(key))) return false;
      for (const { body } of await comments(issue)) for (const key of readMarks(body).told) told.add(key);
      const fresh = notifications.filter(({ key }) => !told.has(key));
      if (fresh.length === 0) return false;
      await github.request('POST', `/issues/${issue.number}/comments`, { body: comment(fresh) });
      await withdrawRepeated(github, await comments(issue));
      return true;
    },
  };
}

/**
 * What the watch keeps for itself in the issues it writes: HTML comments at the very beginning, so that nothing in
 * the text that follows can pass for one.
 */
interface Marks {
  /** The case that an issue is about. */
  case?: string;
  /** Keys of notifications that were sent. */
  told: readonly string[];
  /** Whether the watch itself closed the issue. */
  closed: boolean;
}

const HEAD = /^(?:<!-- candor-watch(?:-[a-z]+)?:.*-->\r?\n?)*/;
const MARK = /^<!-- candor-watch(?:-([a-z]+))?: (.*) -->$/;

/** The marks at the beginning of the text of an issue or of a comment. */
export function readMarks(text: string): Marks {
  const marks: Marks = { told: [], closed: false };
  for (const line of (HEAD.exec(text)?.[0] ?? '').split(/\r?\n/)) {
    const [, name, value = ''] = MARK.exec(line) ?? [];
    if (value === '') continue;
    if (name === undefined) marks.case = value;
    if (name === 'told') marks.told = value.split(', ');
    if (name === 'closed') marks.closed = true;
  }
  return marks;
}

/** The lines that a text begins with; nothing if there is nothing to keep. */
export function writeMarks({ case: id, told, closed }: Marks): string {
  return [
    ...(id === undefined ? [] : [`<!-- candor-watch: ${id} -->`]),
    ...(told.length === 0 ? [] : [`<!-- candor-watch-told: ${told.join(', ')} -->`]),
    ...(closed ? ['<!-- candor-watch-closed: by itself -->'] : []),
  ].join('\n');
}

/** Another run may have sent the same at the same moment: the first of equal comments stays. */
async function withdrawRepeated(github: GitHub, comments: readonly Comment[]): Promise<void> {
  const told = new Set<string>();
  for (const { id, body } of [...comments].sort((a, b) => a.id - b.id)) {
    const keys = readMarks(body).told;
    if (keys.length > 0 && keys.every((key) => told.has(key))) {
      await github.request('DELETE', `/issues/comments/${id}`, undefined, [404]);
    }
    for (const key of keys) told.add(key);
  }
}

/** In a public repository anybody may comment, and could claim that a notification was sent. */
function isTrusted(comment: Comment, issue: Issue): boolean {
  const isOurs = comment.user !== null && comment.user.id === issue.user?.id;
  return isOurs || TRUSTED.includes(comment.author_association);
}

/** GitHub refuses issues with a label that the repository does not have; 422 says that it has it already. */
async function createLabel(github: GitHub): Promise<void> {
  const label = { name: LABEL, color: 'b60205', description: 'Updates that the status page promised' };
  await github.request('POST', '/labels', label, [422]);
}

async function pages<T>(github: GitHub, path: string, schema: z.ZodType<T>): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; ; page += 1) {
    const query = `${path.includes('?') ? '&' : '?'}per_page=${PAGE}&page=${page}`;
    const { body } = await github.request('GET', `${path}${query}`);
    const some = parseResponse(z.array(schema), body);
    all.push(...some);
    if (some.length < PAGE) return all;
  }
}
