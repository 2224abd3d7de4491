import { z } from 'zod';
import type { CommandContext } from './context.ts';
import { causeOf, CommandError } from './errors.ts';
import type { Sleep } from './retry.ts';
import { retry } from './retry.ts';
import { parseJson } from './text.ts';

const PATIENCE = 20_000;
/** The least wait for a secondary rate limit without a time. */
const SECONDARY_PAUSE = 60_000;

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** The response to a request. */
interface Answer {
  status: number;
  body: unknown;
}

/** A response with the data in its headers. */
interface Reply extends Answer {
  /** How long GitHub asks to wait, in milliseconds. */
  pause?: number;
  /** Whether the rate limit is exceeded. */
  limited: boolean;
}

/**
 * Sends one request to GitHub's API.
 * @param place a full address
 * @throws {Error} if there is no response in time
 */
export async function ask(place: string, method: Method, token: string, body?: object): Promise<Reply> {
  const answer = await fetch(place, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': '2022-11-28',
    },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const text = await answer.text();
  const { status, headers } = answer;
  return { status, body: parseJson(text), ...limitOf(status, headers, text) };
}

/**
 * Whether the rate limit is exceeded, and how long to wait.
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
function limitOf(status: number, headers: Headers, text: string): Pick<Reply, 'limited' | 'pause'> {
  const after = Number(headers.get('retry-after') ?? Number.NaN);
  if (!Number.isNaN(after)) return { limited: status === 429 || status === 403, pause: after * 1000 };
  if (status !== 429 && status !== 403) return { limited: false };
  if (headers.get('x-ratelimit-remaining') === '0') {
    // Both times are from GitHub's clock.
    const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000;
    const pause = reset - Date.parse(headers.get('date') ?? '');
    return { limited: true, ...(!Number.isNaN(pause) && { pause: Math.max(0, pause) + 1_000 }) };
  }
  const isSecondary = /secondary rate limit/i.test(text);
  return { limited: status === 429 || isSecondary, ...(isSecondary && { pause: SECONDARY_PAUSE }) };
}

/** Whether the request can be retried later. */
function isPassing({ status, limited }: Reply): boolean {
  return status >= 500 || limited;
}

/** GitHub's API for one repository. */
export interface GitHub {
  /** `https://github.com/acme/status` */
  page: string;
  /** `acme` */
  owner: string;
  /** The branch that the workflow runs on. Undefined outside of a workflow. */
  ref?: string;
  /** The commit that the workflow runs on. */
  commit?: string;
  /**
   * Sends one request, again if GitHub is down for a moment.
   * @param path below the repository: `/issues?state=open`
   * @param tolerated statuses besides the good ones that are an answer and no failure
   * @throws {CommandError} when GitHub does not answer, or refuses
   */
  request: (method: Method, path: string, body?: object, tolerated?: readonly number[]) => Promise<Answer>;
}

const environment = z.object({
  GITHUB_API_URL: z.url().default('https://api.github.com'),
  GITHUB_SERVER_URL: z.url().default('https://github.com'),
  GITHUB_REPOSITORY: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  GITHUB_REF_NAME: z.string().min(1).optional(),
  GITHUB_SHA: z.string().min(1).optional(),
  GITHUB_TOKEN: z.string().min(1),
});

/**
 * Opens the repository from the environment.
 * @throws {CommandError} if the environment has no repository or token
 */
export function openGitHub(env: CommandContext['env'], sleep?: Sleep): GitHub {
  const { data, error } = environment.safeParse(env);
  if (!data) {
    const names = error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new CommandError(`To use GitHub, set ${names} in the environment, as in a workflow.`);
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
      const good = answer.status < 300 || (!answer.limited && tolerated.includes(answer.status));
      if (good) return { status: answer.status, body: answer.body };
      throw new CommandError(refusal(method, path, answer), { isTransient: isPassing(answer) });
    },
  };
}

/**
 * Tries again while GitHub is down, for some twenty seconds if it asks for nothing else.
 * @throws {CommandError} when it does not answer
 */
async function persist(send: () => Promise<Reply>, sleep: Sleep | undefined): Promise<Reply> {
  const reply = await retry<Reply | string>(() => send().catch((error: unknown) => causeOf(error)), {
    wait: (one) => (typeof one === 'string' ? 0 : isPassing(one) ? (one.pause ?? 0) : undefined),
    ...(sleep && { sleep }),
  });
  if (typeof reply !== 'string') return reply;
  throw new CommandError(`GitHub did not respond: ${reply}. The next run tries again.`, { isTransient: true });
}

function refusal(method: Method, path: string, { status, limited }: Reply): string {
  const what = `GitHub returned ${status} for ${method} ${path.replace(/\?.*/, '')}.`;
  if (limited) return `${what} The rate limit is reached. The next run tries again.`;
  if (status >= 500) return `${what} The next run tries again.`;
  if (status === 410) return `${what} Turn on Issues in the settings of the repository.`;
  if (status === 401) return `${what} The token in GITHUB_TOKEN is not valid.`;
  if (status === 403 || status === 404) return `${what} ${permissionFor(path)}`;
  return what;
}

function permissionFor(path: string): string {
  if (path.startsWith('/actions/')) {
    return 'The job needs the permission “actions: write”, and the workflow has to be enabled and on this branch.';
  }
  if (path.startsWith('/collaborators/')) return 'The token may not see who can write to the repository.';
  const name = path.startsWith('/pulls') ? 'pull-requests' : 'issues';
  return `The token needs the permission “${name}: write”.`;
}

/** The address of the workflow run. Undefined outside of a workflow. */
export function runAddress(env: CommandContext['env']): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined;
}

/**
 * Starts a workflow on the branch that this one runs on. A dispatch is one of the two events that a workflow's own token
 * may start others with; its push starts none.
 * @param workflow the name of its file: `deploy.yml`
 * @throws {CommandError} when GitHub refuses, or the environment does not say which branch is meant
 * @see https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event
 */
export async function startWorkflow({ ref, request }: GitHub, workflow: string): Promise<void> {
  if (ref === undefined) {
    throw new CommandError(`To start ${workflow}, set GITHUB_REF_NAME in the environment, as in a workflow.`);
  }
  await request('POST', `/actions/workflows/${workflow}/dispatches`, { ref });
}

/** @throws {CommandError} if GitHub's response does not match its API */
export function parseResponse<T>(schema: z.ZodType<T>, body: unknown): T {
  const { data } = schema.safeParse(body);
  if (data === undefined) throw new CommandError('GitHub sent an unexpected response.', { isTransient: true });
  return data;
}

/** A pull request for a review before a change is published. */
interface Review {
  branch: string;
  /** Markdown. */
  body: string;
  /** Users and teams, such as `@ada` and `@acme/leads`. Others are left out. */
  reviewers: readonly string[];
}

const pullSchema = z.object({ number: z.number(), html_url: z.string() });
type Pull = z.output<typeof pullSchema>;

/** The open pull request of a branch of this repository, if any. */
export async function findPullRequest({ owner, request }: GitHub, branch: string): Promise<Pull | undefined> {
  const query = new URLSearchParams({ state: 'open', head: `${owner}:${branch}` });
  const { body } = await request('GET', `/pulls?${query}`);
  return z.array(pullSchema).safeParse(body).data?.[0];
}

/**
 * Opens a pull request and asks for reviews, or gives the one that is open from this branch its new title and text.
 * @param base the branch that it goes into
 * @throws {CommandError} when GitHub refuses
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
  const pull = parseResponse(pullSchema, answer.body);
  await askReviewers(github, pull, reviewers);
  return pull;
}

/** Closes the open pull request of a branch, if any, with a comment. */
export async function closePullRequest(github: GitHub, branch: string, comment: string): Promise<void> {
  const open = await findPullRequest(github, branch);
  if (!open) return;
  await github.request('POST', `/issues/${open.number}/comments`, { body: comment });
  await github.request('PATCH', `/pulls/${open.number}`, { state: 'closed' });
}

/** Deletes a branch, if it exists. */
export async function deleteBranch({ request }: GitHub, branch: string): Promise<void> {
  await request('DELETE', `/git/refs/heads/${branch}`, undefined, [404, 422]);
}

/** Requests reviews. GitHub rejects a list with an unknown name, but mentions in the text still notify the others. */
async function askReviewers(github: GitHub, { number }: Pull, reviewers: readonly string[]): Promise<void> {
  for (const name of reviewers) {
    const [, user, team] = /^@([\w-]+)(?:\/([\w.-]+))?$/.exec(name) ?? [];
    if (user === undefined) continue;
    const list = team === undefined ? { reviewers: [user] } : { team_reviewers: [team] };
    await github.request('POST', `/pulls/${number}/requested_reviewers`, list, [403, 404, 422]);
  }
}
