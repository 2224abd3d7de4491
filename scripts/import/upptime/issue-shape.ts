import { z } from 'zod';

/**
 * Issues as GitHub's REST API gives them, and as `gh issue list --json` does, which names the same in camel case.
 * Comments stand under several names, since the API itself gives only their number.
 */

const text = z.string().nullish();
const label = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);

export const commentSchema = z
  .object({ body: text, created_at: text, createdAt: text, issue_url: text })
  .transform(({ body, created_at, createdAt, issue_url }) => ({
    body: body ?? '',
    createdAt: created_at ?? createdAt ?? '',
    issueUrl: issue_url ?? '',
  }));

export const issueSchema = z
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

export type Issue = z.output<typeof issueSchema>;
export type Comment = z.output<typeof commentSchema>;

function repositoryIn(address: string): string | undefined {
  return /(?:github\.com|\/repos)\/([^/]+\/[^/]+)\/(?:issues|pull)\/\d+/.exec(address)?.[1];
}
