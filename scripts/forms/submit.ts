import { join, relative } from 'node:path';
import { z } from 'zod';
import { contentFolder } from '../../src/reader/files.ts';
import { CommandError } from '../lib/errors.ts';
import type { CommandContext } from '../lib/context.ts';
import type { GitHub } from '../lib/github.ts';
import type { PushResult, Change, WorkingCopy } from '../lib/commit-and-push.ts';
import { commitAndPush } from '../lib/commit-and-push.ts';
import { startWorkflow } from '../lib/github.ts';
import type { Filled } from './forms.ts';
import { wantsReview } from './read-issue.ts';
import type { Written } from './write.ts';
import { writeForm } from './write.ts';
import { findContent } from '../lib/content.ts';
import { eventAddress, eventIdOf } from '../../src/core/events.ts';
import { git } from '../lib/git.ts';

/** What was published for the same issue or run before. */
interface Earlier {
  commit: string;
  id: string;
  /** Where customers read it. */
  address: string;
}

/** The last line of a commit, which says where it was asked for: so that a job that is run again posts nothing twice. */
function requestLine(address: string): string {
  return `Asked-In: ${address}`;
}

/** The commit that was made for an issue or a run already, if there is one. @param line see {@link requestLine} */
async function findEarlier(line: string, { root, env }: WorkingCopy): Promise<Earlier | undefined> {
  const repository = { folder: root, env };
  const pattern = `^${line.replace(/[.[\]*^$\\]/g, '\\$&')}$`;
  const commit = await git(repository, 'log', '-1', '--format=%h', '--basic-regexp', `--grep=${pattern}`);
  if (commit === '') return undefined;
  const paths = (await git(repository, 'show', '--format=', '--name-only', commit)).split('\n');
  const path = paths.find((one) => /(?:^|\/)(?:incidents|maintenance)\//.test(one)) ?? '';
  const kind = /(?:^|\/)maintenance\//.test(path) ? 'maintenance' : 'incident';
  const { content } = await findContent(env, () => false);
  const id = eventIdOf(path);
  return { commit, id, address: eventAddress(content.site.url, { kind, id }) };
}

/** Where a form was filled in. */
export interface Asked {
  /** Of the issue, or of the run of the workflow. */
  address: string;
  /** What a branch is named after: `issue-12`. */
  name: string;
  /** The account that filled it in. */
  by: string;
}

/** What a filled form came to. */
export type Outcome =
  | { how: 'published'; commit: string; written: Written }
  | { how: 'review'; url: string; why?: string; written: Written }
  /** Published by an earlier run for the same issue. */
  | { how: 'earlier'; earlier: Earlier }
  /** Nothing is published: an answer cannot be understood, or the page would refuse it. */
  | { how: 'refused'; error: CommandError };

/**
 * Brings what a form says to the page, or into a pull request where that is wanted or the branch is protected.
 * @throws {CommandError} when Git or GitHub refuses; run again, it goes on and posts nothing twice
 */
export async function submitForm(
  filled: Filled,
  asked: Asked,
  github: GitHub,
  context: CommandContext,
): Promise<Outcome> {
  const line = requestLine(asked.address);
  const known: { earlier?: Earlier | undefined; written?: Written; refusal?: CommandError } = {};
  const change = async (place: WorkingCopy): Promise<Change | undefined> => {
    known.earlier = await findEarlier(line, place);
    if (known.earlier) return undefined;
    const written = await writeForm(filled, place.env).catch((error: unknown) => {
      if (error instanceof CommandError) known.refusal = error;
      throw error;
    });
    known.written = written;
    return {
      paths: [relative(place.root, join(contentFolder(place.env), written.path))],
      message: `${written.message}\n${line}\n`,
      publishes: true,
      way: wantsReview(filled) ? 'review' : 'push',
      body: `Filled in by ${asked.by}: ${asked.address}\n\nMerging this publishes it.`,
      reviewers: written.owners,
    };
  };
  let result: PushResult;
  try {
    result = await commitAndPush({ branch: `status/${asked.name}`, change }, github, context);
  } catch (error) {
    // Git's own failures are of the same class, and no other answer would do better.
    const isRefusal = error instanceof CommandError && (error === known.refusal || error.diagnostics.length > 0);
    if (isRefusal) return { how: 'refused', error };
    throw error;
  }
  const { earlier, written } = known;
  if (result.how === 'nothing' && earlier) {
    // The run before may have ended before it could.
    await startWorkflow(github, 'deploy.yml');
    return { how: 'earlier', earlier };
  }
  if (result.how === 'pushed' && written) return { how: 'published', commit: result.commit, written };
  if (result.how !== 'review' || !written) throw new RangeError('What a form says is pushed or reviewed.');
  return { how: 'review', url: result.url, ...(result.why !== undefined && { why: result.why }), written };
}

/** GitHub names one of four for every role: maintain counts as write, triage as read, a role of the owner's as what it is made from. */
const answerSchema = z.object({ permission: z.string() });
const WRITERS = ['admin', 'write'];

/**
 * Whether somebody may write to the repository.
 * @throws {CommandError} when GitHub does not say
 * @see https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export async function mayWrite(login: string, { request }: GitHub): Promise<boolean> {
  const path = `/collaborators/${encodeURIComponent(login)}/permission`;
  const { status, body } = await request('GET', path, undefined, [404]);
  // Nobody that GitHub knows, as most bots.
  if (status === 404) return false;
  const { data } = answerSchema.safeParse(body);
  if (!data) throw new CommandError('GitHub does not say who may write to this repository.', { isTransient: true });
  return WRITERS.includes(data.permission);
}
