import { z } from 'zod';
import type { GitHub } from '../github/client.ts';
import { GitHubProblem } from '../github/problem.ts';
import { startWorkflow } from '../github/start-workflow.ts';

const WORKFLOW = 'watch.yml';

const commitSchema = z.object({ sha: z.string() });

/**
 * Whether the branch has moved on since this run began. A push replaces the run that waits, but one that is made with a
 * workflow's own token starts none, and nobody is to be called for an update that has long come.
 */
export async function isOutdated({ ref, commit, request }: GitHub): Promise<boolean> {
  if (ref === undefined || commit === undefined) return false;
  try {
    const { body } = await request('GET', `/commits/${encodeURIComponent(ref)}`);
    const newest = commitSchema.safeParse(body).data?.sha;
    return newest !== undefined && newest !== commit;
  } catch (error) {
    if (error instanceof GitHubProblem) return false;
    throw error;
  }
}

/**
 * Lets another run go on waiting, since none may wait longer.
 * @returns what was done, as a sentence
 * @throws {GitHubProblem} when GitHub refuses
 */
export async function startAgain(github: GitHub): Promise<string> {
  if (github.ref === undefined) return 'This run is over. Run it again to go on waiting.';
  await startWorkflow(github, WORKFLOW);
  return 'Another run is started, which goes on waiting.';
}
