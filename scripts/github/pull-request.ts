import { z } from 'zod';
import type { GitHub } from './client.ts';
import { GitHubProblem } from './problem.ts';

/** A pull request that asks somebody to look at a change before it is published. */
export interface Review {
  branch: string;
  /** Markdown. */
  body: string;
  /** Users and teams, as `@ada` and `@acme/leads`; whatever else is left out. */
  reviewers: readonly string[];
}

const pullSchema = z.object({ number: z.number(), html_url: z.string() });
type Pull = z.output<typeof pullSchema>;

/** The open pull request from a branch of this repository; nothing when there is none. */
export async function findPullRequest({ owner, request }: GitHub, branch: string): Promise<Pull | undefined> {
  const query = new URLSearchParams({ state: 'open', head: `${owner}:${branch}` });
  const { body } = await request('GET', `/pulls?${query}`);
  return z.array(pullSchema).safeParse(body).data?.[0];
}

/**
 * Opens a pull request and asks for reviews, or gives the one that is open from this branch its new title and text.
 * @param base the branch that it goes into
 * @throws {GitHubProblem} when GitHub refuses
 * @see https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request
 */
export async function requestReview(
  github: GitHub,
  { branch, body, reviewers }: Review,
  base: string,
  title: string,
): Promise<Pull> {
  const open = await findPullRequest(github, branch);
  if (open) {
    await github.request('PATCH', `/pulls/${open.number}`, { title, body });
    return open;
  }
  const answer = await github.request('POST', '/pulls', { title, head: branch, base, body });
  const pull = pullSchema.safeParse(answer.body).data;
  if (!pull) throw new GitHubProblem('GitHub answered with something else than its API describes.', { passing: true });
  await askReviewers(github, pull, reviewers);
  return pull;
}

/** Closes the open pull request from a branch with a comment; without one there is nothing to do. */
export async function closePullRequest(github: GitHub, branch: string, comment: string): Promise<void> {
  const open = await findPullRequest(github, branch);
  if (!open) return;
  await github.request('POST', `/issues/${open.number}/comments`, { body: comment });
  await github.request('PATCH', `/pulls/${open.number}`, { state: 'closed' });
}

/** Takes a branch away that is no longer needed; one that is gone already is no failure. */
export async function deleteBranch({ request }: GitHub, branch: string): Promise<void> {
  await request('DELETE', `/git/refs/heads/${branch}`, undefined, [404, 422]);
}

/** GitHub refuses a whole list for one name that it does not know, and its text still calls them. */
async function askReviewers(github: GitHub, { number }: Pull, reviewers: readonly string[]): Promise<void> {
  for (const name of reviewers) {
    const [, user, team] = /^@([\w-]+)(?:\/([\w.-]+))?$/.exec(name) ?? [];
    if (user === undefined) continue;
    const list = team === undefined ? { reviewers: [user] } : { team_reviewers: [team] };
    await github.request('POST', `/pulls/${number}/requested_reviewers`, list, [403, 404, 422]);
  }
}
