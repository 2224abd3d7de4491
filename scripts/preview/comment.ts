import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import type { GitHub, Method } from '../lib/github.ts';
import { ask, openGitHub } from '../lib/github.ts';
import type { Sleep } from '../lib/retry.ts';
import { MARKER } from './print.ts';

/** The address of the comment, or a sentence that says why there is none. */
type Posted = { url: string } | { refused: string };

const PER_PAGE = 100;
const MOST_PAGES = 50;

const eventSchema = z.object({ pull_request: z.object({ number: z.number().int() }) });
const commentSchema = z.object({
  id: z.number().int(),
  body: z.string().nullish(),
  html_url: z.string().default(''),
  user: z.object({ login: z.string(), type: z.string() }).nullish(),
});
const userSchema = z.object({ login: z.string() });
type Comment = z.output<typeof commentSchema>;

/** Posts the preview as a comment, or edits the one from an earlier run, and deletes duplicates. */
export async function postComment(body: string, env: CommandContext['env'], sleep?: Sleep): Promise<Posted> {
  const number = await pullRequestNumber(env['GITHUB_EVENT_PATH'] ?? '');
  if (number === undefined)
    return { refused: 'No comment was posted, because this job was not started by a pull request.' };
  try {
    return { url: await putComment(openGitHub(env, sleep), number, body, env) };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { refused: `No comment was posted: ${error.message}` };
  }
}

async function pullRequestNumber(eventPath: string): Promise<number | undefined> {
  const text = await readFile(eventPath, 'utf8').catch(() => '{}');
  return eventSchema.safeParse(JSON.parse(text)).data?.pull_request.number;
}

/** @see https://docs.github.com/en/rest/issues/comments */
async function putComment(github: GitHub, number: number, body: string, env: CommandContext['env']): Promise<string> {
  const path = `/issues/${number}/comments`;
  let own = await ownComments(github, path, env);
  if (own.length === 0) {
    const made = known(commentSchema, await send(github, 'POST', path, { body }));
    // A request whose response was lost, or a parallel run, may have posted one too.
    own = await ownComments(github, path, env);
    if (own.length === 0) return made.html_url;
  }
  const [first, ...others] = own;
  if (first && first.body !== body) await send(github, 'PATCH', `/issues/comments/${first.id}`, { body });
  for (const { id } of others) await send(github, 'DELETE', `/issues/comments/${id}`);
  return first?.html_url ?? '';
}

/** Comments of earlier runs, oldest first. The marker must come first and the author must be us: others may quote it. */
async function ownComments(github: GitHub, path: string, env: CommandContext['env']): Promise<Comment[]> {
  const marked: Comment[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await send(github, 'GET', `${path}?per_page=${PER_PAGE}&page=${page}`);
    const comments = known(z.array(commentSchema), answer);
    marked.push(...comments.filter(({ body }) => body?.startsWith(MARKER)));
    if (comments.length < PER_PAGE) break;
  }
  const isBot = ({ user }: Comment) => user?.type === 'Bot';
  if (marked.every(isBot)) return marked;
  const login = await tokenOwner(env);
  return marked.filter((comment) => isBot(comment) || (login !== undefined && comment.user?.login === login));
}

/** The user of a personal token. GitHub refuses this to a workflow's own token, whose comments are a bot's. */
async function tokenOwner(env: CommandContext['env']): Promise<string | undefined> {
  const { GITHUB_API_URL: api = 'https://api.github.com', GITHUB_TOKEN: token = '' } = env;
  const answer = await ask(`${api}/user`, 'GET', token).catch(() => undefined);
  return userSchema.safeParse(answer?.body).data?.login;
}

/** GitHub's responses to a token without write access. */
const FORBIDDEN = [403, 404];

async function send({ request }: GitHub, method: Method, path: string, content?: object): Promise<unknown> {
  const { status, body } = await request(method, path, content, FORBIDDEN);
  if (!FORBIDDEN.includes(status)) return body;
  throw new CommandError('this job has no write access. Pull requests from forks never have it.');
}

function known<T>(schema: z.ZodType<T>, answer: unknown): T {
  const { data, success } = schema.safeParse(answer);
  if (!success) throw new CommandError('GitHub sent an unexpected response.');
  return data;
}
