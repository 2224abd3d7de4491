import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import type { Answer, Method, Reply } from './ask.ts';
import { ask, isPassing } from './ask.ts';
import { GitHubProblem } from './problem.ts';

/** GitHub's API, as far as one repository goes. */
export interface GitHub {
  /** `https://github.com/acme/status` */
  page: string;
  /** `acme` */
  owner: string;
  /** The branch that a workflow runs on; nothing outside of one. */
  ref?: string;
  /** The commit that it runs on. */
  commit?: string;
  /**
   * Sends one request, again if GitHub is down for a moment.
   * @param path below the repository: `/issues?state=open`
   * @param tolerated statuses besides the good ones that are an answer and no failure
   * @throws {GitHubProblem} when GitHub does not answer, or refuses
   */
  request: (method: Method, path: string, body?: object, tolerated?: readonly number[]) => Promise<Answer>;
}

export type Sleep = (milliseconds: number) => Promise<unknown>;

/** How long to wait before each further try. */
const PAUSES = [1_000, 4_000, 15_000];
/** No try waits longer, whatever GitHub asks for. */
const LONGEST_PAUSE = 60_000;

const environment = z.object({
  GITHUB_API_URL: z.url().default('https://api.github.com'),
  GITHUB_SERVER_URL: z.url().default('https://github.com'),
  GITHUB_REPOSITORY: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  GITHUB_REF_NAME: z.string().min(1).optional(),
  GITHUB_SHA: z.string().min(1).optional(),
  GITHUB_TOKEN: z.string().min(1),
});

/**
 * Opens the repository that the environment names.
 * @throws {GitHubProblem} when it names none, or holds no token
 */
export function openGitHub(env: CommandContext['env'], sleep: Sleep = (time) => pause(time)): GitHub {
  const { data, error } = environment.safeParse(env);
  if (!data) {
    const names = error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new GitHubProblem(`To reach GitHub, the environment has to hold ${names}, as it does in a workflow.`);
  }
  const place = `${data.GITHUB_API_URL}/repos/${data.GITHUB_REPOSITORY}`;
  return {
    page: `${data.GITHUB_SERVER_URL}/${data.GITHUB_REPOSITORY}`,
    owner: data.GITHUB_REPOSITORY.split('/')[0] ?? '',
    ...(data.GITHUB_REF_NAME !== undefined && { ref: data.GITHUB_REF_NAME }),
    ...(data.GITHUB_SHA !== undefined && { commit: data.GITHUB_SHA }),
    request: async (method, path, body, tolerated = []) => {
      const send = () => ask(`${place}${path}`, method, data.GITHUB_TOKEN, body);
      const answer = await persist(send, sleep);
      const good = answer.status < 300 || tolerated.includes(answer.status);
      if (good) return { status: answer.status, body: answer.body };
      throw new GitHubProblem(refusal(method, path, answer), { status: answer.status, passing: isPassing(answer) });
    },
  };
}

/** Tries again while GitHub is down, for some twenty seconds if it asks for nothing else. */
async function persist(send: () => Promise<Reply>, sleep: Sleep): Promise<Reply> {
  for (const pause of [...PAUSES, undefined]) {
    const reply = await send().catch((error: unknown) => causeOf(error));
    if (typeof reply !== 'string' && !isPassing(reply)) return reply;
    const wanted = typeof reply === 'string' ? 0 : (reply.pause ?? 0);
    if (pause === undefined || wanted > LONGEST_PAUSE) {
      if (typeof reply !== 'string') return reply;
      throw new GitHubProblem(`GitHub does not answer: ${reply}. The next run catches up.`, { passing: true });
    }
    await sleep(Math.max(pause, wanted));
  }
  throw new RangeError('The last try returns or throws.');
}

function refusal(method: Method, path: string, { status, limited }: Reply): string {
  const what = `GitHub answered with ${status} to ${method} ${path.replace(/\?.*/, '')}.`;
  if (limited) return `${what} It takes no more requests for now; the next run catches up.`;
  if (status >= 500) return `${what} The next run catches up.`;
  if (status === 410) return `${what} Switch on Issues in the settings of the repository.`;
  if (status === 401) return `${what} It does not know the token in GITHUB_TOKEN.`;
  if (status === 403 || status === 404) return `${what} ${permissionFor(path)}`;
  return what;
}

function permissionFor(path: string): string {
  if (path.startsWith('/actions/')) {
    return 'The job needs the permission “actions: write”, and the workflow has to be enabled and on this branch.';
  }
  if (path.startsWith('/collaborators/')) return 'The token may not ask who may write to the repository.';
  const name = path.startsWith('/pulls') ? 'pull-requests' : 'issues';
  return `The token needs the permission “${name}: write”.`;
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
