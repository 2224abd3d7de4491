import { z } from 'zod';
import type { GitHub } from './github.ts';
import { WatchProblem } from './problem.ts';

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
    if (error instanceof WatchProblem) return false;
    throw error;
  }
}

/**
 * Lets another run go on waiting, since none may wait longer. A dispatch is one of the two events that a workflow's own
 * token may start others with.
 * @returns what was done, as a sentence
 * @throws {WatchProblem} when GitHub refuses
 * @see https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event
 */
export async function startAgain({ ref, request }: GitHub): Promise<string> {
  if (ref === undefined) return 'This run is over. Run it again to go on waiting.';
  await request('POST', `/actions/workflows/${WORKFLOW}/dispatches`, { ref });
  return 'Another run is started, which goes on waiting.';
}
