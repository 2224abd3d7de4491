import type { GitHub } from './client.ts';
import { GitHubProblem } from './problem.ts';

/**
 * Starts a workflow on the branch that this one runs on. A dispatch is one of the two events that a workflow's own token
 * may start others with; its push starts none.
 * @param workflow the name of its file: `deploy.yml`
 * @throws {GitHubProblem} when GitHub refuses, or the environment does not say which branch is meant
 * @see https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event
 */
export async function startWorkflow({ ref, request }: GitHub, workflow: string): Promise<void> {
  if (ref === undefined) {
    throw new GitHubProblem(
      `To start ${workflow}, the environment has to hold GITHUB_REF_NAME, as it does in a workflow.`,
    );
  }
  await request('POST', `/actions/workflows/${workflow}/dispatches`, { ref });
}
