import { join, relative } from 'node:path';
import { contentFolder } from '../../src/reader/files.ts';
import { AuthorError } from '../author/author-error.ts';
import type { CommandContext } from '../context.ts';
import type { GitHub } from '../github/client.ts';
import type { Landed, Made, Workplace } from '../github/land.ts';
import { land } from '../github/land.ts';
import { startWorkflow } from '../github/start-workflow.ts';
import type { Earlier } from './earlier.ts';
import { findEarlier, requestLine } from './earlier.ts';
import type { Filled } from './fields.ts';
import { wantsReview } from './understand.ts';
import type { Written } from './write.ts';
import { writeForm } from './write.ts';

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
  | { how: 'refused'; error: AuthorError };

/**
 * Brings what a form says to the page, or into a pull request where that is wanted or the branch is protected.
 * @throws {Problem} or {AuthorError} when Git or GitHub refuses; run again, it goes on and posts nothing twice
 */
export async function carryOut(
  filled: Filled,
  asked: Asked,
  github: GitHub,
  context: CommandContext,
): Promise<Outcome> {
  const line = requestLine(asked.address);
  const known: { earlier?: Earlier | undefined; written?: Written; refusal?: AuthorError } = {};
  const change = async (place: Workplace): Promise<Made | undefined> => {
    known.earlier = await findEarlier(line, place);
    if (known.earlier) return undefined;
    const written = await writeForm(filled, place.env).catch((error: unknown) => {
      if (error instanceof AuthorError) known.refusal = error;
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
  let landed: Landed;
  try {
    landed = await land({ branch: `status/${asked.name}`, change }, github, context);
  } catch (error) {
    // Git's own failures are of the same class, and no other answer would do better.
    const isRefusal = error instanceof AuthorError && (error === known.refusal || error.diagnostics.length > 0);
    if (isRefusal) return { how: 'refused', error };
    throw error;
  }
  const { earlier, written } = known;
  if (landed.how === 'nothing' && earlier) {
    // The run before may have ended before it could.
    await startWorkflow(github, 'deploy.yml');
    return { how: 'earlier', earlier };
  }
  if (landed.how === 'pushed' && written) return { how: 'published', commit: landed.commit, written };
  if (landed.how !== 'review' || !written) throw new RangeError('What a form says is pushed or reviewed.');
  return { how: 'review', url: landed.url, ...(landed.why !== undefined && { why: landed.why }), written };
}
