import { z } from 'zod';
import type { GitHub } from '../github/client.ts';
import { GitHubProblem } from '../github/problem.ts';

/** GitHub names one of four for every role: maintain counts as write, triage as read, a role of the owner's as what it is made from. */
const answerSchema = z.object({ permission: z.string() });
const WRITERS = ['admin', 'write'];

/**
 * Whether somebody may write to the repository.
 * @throws {GitHubProblem} when GitHub does not say
 * @see https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export async function mayWrite(login: string, { request }: GitHub): Promise<boolean> {
  const path = `/collaborators/${encodeURIComponent(login)}/permission`;
  const { status, body } = await request('GET', path, undefined, [404]);
  // Nobody that GitHub knows, as most bots.
  if (status === 404) return false;
  const { data } = answerSchema.safeParse(body);
  if (!data) throw new GitHubProblem('GitHub does not say who may write to this repository.', { passing: true });
  return WRITERS.includes(data.permission);
}
