import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { CommandContext } from '../lib/context.ts';
import type { Method } from '../lib/github.ts';
import { ask } from '../lib/github.ts';
import { MARKER } from './print.ts';

/** Where a preview went: into a comment, or nowhere, with the reason as a sentence. */
export type Posted = { url: string } | { refused: string };

/** Milliseconds before each further attempt. */
const PAUSES = [1_000, 4_000];
const PER_PAGE = 100;
const MOST_PAGES = 50;

const environment = z.object({
  GITHUB_API_URL: z.url().default('https://api.github.com'),
  GITHUB_REPOSITORY: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  GITHUB_EVENT_PATH: z.string().min(1),
  GITHUB_TOKEN: z.string().min(1),
});
const eventSchema = z.object({ pull_request: z.object({ number: z.number().int() }) });
const commentSchema = z.object({
  id: z.number().int(),
  body: z.string().nullish(),
  html_url: z.string().default(''),
  user: z.object({ login: z.string(), type: z.string() }).nullish(),
});
const userSchema = z.object({ login: z.string() });
type Comment = z.output<typeof commentSchema>;

/** An answer of GitHub that is no success. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface Repository {
  /** Address of the repository in GitHub's API. */
  place: string;
  user: string;
  token: string;
}

/**
 * Writes the preview into the one comment of the pull request that the job runs for, and takes away others that it wrote.
 * Never fails for GitHub's sake: then it says why there is no comment.
 * @param pauses milliseconds before each further attempt
 */
export async function postComment(
  body: string,
  env: CommandContext['env'],
  pauses: readonly number[] = PAUSES,
): Promise<Posted> {
  const { data } = environment.safeParse(env);
  if (!data) return { refused: 'No comment is written, since the environment names no token, repository or event.' };
  const number = await pullRequestNumber(data.GITHUB_EVENT_PATH);
  if (number === undefined) return { refused: 'No comment is written, since this does not run for a pull request.' };
  const api = data.GITHUB_API_URL;
  const place = `${api}/repos/${data.GITHUB_REPOSITORY}`;
  const repository: Repository = { place, user: `${api}/user`, token: data.GITHUB_TOKEN };
  for (let attempt = 0; ; attempt += 1) {
    try {
      return { url: await putComment(repository, number, body) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const pause = pauses[attempt];
      if (error.status < 500 || pause === undefined) return { refused: whyNot(error) };
      await wait(pause);
    }
  }
}

async function pullRequestNumber(eventPath: string): Promise<number | undefined> {
  const text = await readFile(eventPath, 'utf8').catch(() => '{}');
  return eventSchema.safeParse(JSON.parse(text)).data?.pull_request.number;
}

function whyNot({ status, message }: Refusal): string {
  if (status === 403 || status === 404) {
    return 'No comment is written, since this job may not write one, as in a pull request from a fork.';
  }
  return `No comment is written: ${message}`;
}

/** Looks anew in each attempt, so that one whose answer got lost leaves no second comment. */
async function putComment(repository: Repository, number: number, body: string): Promise<string> {
  const [own, ...others] = await ownComments(repository, number);
  const comments = `${repository.place}/issues/comments`;
  if (!own) {
    const made = await send(repository, 'POST', `${repository.place}/issues/${number}/comments`, { body });
    return known(commentSchema, made).html_url;
  }
  if (own.body !== body) await send(repository, 'PATCH', `${comments}/${own.id}`, { body });
  for (const { id } of others) await send(repository, 'DELETE', `${comments}/${id}`);
  return own.html_url;
}

/** The comments that an earlier run wrote, oldest first. Others may quote the marker: it has to begin a comment of our own. */
async function ownComments(repository: Repository, number: number): Promise<Comment[]> {
  const marked: Comment[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const address = `${repository.place}/issues/${number}/comments?per_page=${PER_PAGE}&page=${page}`;
    const comments = known(z.array(commentSchema), await send(repository, 'GET', address));
    marked.push(...comments.filter(({ body }) => body?.startsWith(MARKER)));
    if (comments.length < PER_PAGE) break;
  }
  if (marked.every(isBot)) return marked;
  const login = await ownLogin(repository);
  return marked.filter((comment) => isBot(comment) || comment.user?.login === login);
}

function isBot({ user }: Comment): boolean {
  return user?.type === 'Bot';
}

/** Whose token this is; a workflow's own may not ask, and is a bot's. */
async function ownLogin(repository: Repository): Promise<string | undefined> {
  try {
    return userSchema.safeParse(await send(repository, 'GET', repository.user)).data?.login;
  } catch (error) {
    if (error instanceof Refusal && error.status < 500) return undefined;
    throw error;
  }
}

/** @see https://docs.github.com/en/rest/issues/comments */
async function send({ token }: Repository, method: Method, address: string, content?: object): Promise<unknown> {
  const { status, body } = await ask(address, method, token, content).catch(() => {
    throw new Refusal(503, 'GitHub does not answer.');
  });
  if (status >= 300) throw new Refusal(status, `GitHub answered with ${status}.`);
  return body;
}

/** An answer of the form that GitHub documents. */
function known<T>(schema: z.ZodType<T>, answer: unknown): T {
  const { data, success } = schema.safeParse(answer);
  if (!success) throw new Refusal(502, 'GitHub answered in an unknown form.');
  return data;
}
