import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { PublishProblem } from './problem.ts';

const WORKFLOW = 'deploy.yml';
const PATIENCE = 20_000;

const environment = z.object({
  GITHUB_API_URL: z.url().default('https://api.github.com'),
  GITHUB_REPOSITORY: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  GITHUB_REF_NAME: z.string().min(1),
  GITHUB_TOKEN: z.string().min(1),
});

/**
 * Starts the deployment on GitHub. A dispatch is one of the two events that a workflow's own token may start others with.
 * @see https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event
 * @throws {PublishProblem} when GitHub refuses, or the environment does not say which repository is meant
 */
export async function dispatchDeployment(env: CommandContext['env']): Promise<void> {
  const { data, error } = environment.safeParse(env);
  if (!data) {
    const names = error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new PublishProblem(
      `To start the deployment, the environment has to hold ${names}, as it does in a workflow.`,
    );
  }
  const place = `${data.GITHUB_API_URL}/repos/${data.GITHUB_REPOSITORY}/actions/workflows/${WORKFLOW}/dispatches`;
  const answer = await fetch(place, {
    method: 'POST',
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${data.GITHUB_TOKEN}`,
      'x-github-api-version': '2022-11-28',
    },
    body: JSON.stringify({ ref: data.GITHUB_REF_NAME }),
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.ok) return;
  const hint =
    answer.status === 403 || answer.status === 404
      ? ` The job needs the permission “actions: write”, and ${WORKFLOW} has to be enabled and on this branch.`
      : '';
  throw new PublishProblem(`GitHub did not start ${WORKFLOW}: it answered with ${answer.status}.${hint}`);
}
