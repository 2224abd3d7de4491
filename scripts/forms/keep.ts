import { relative } from 'node:path';
import { git } from '../author/git.ts';
import type { CommandContext } from '../context.ts';
import type { GitHub } from '../github/client.ts';
import type { Made, Workplace } from '../github/land.ts';
import { land } from '../github/land.ts';
import { findPullRequest } from '../github/pull-request.ts';
import { Problem } from '../problem.ts';
import { readContentFolder } from '../read.ts';
import type { Drift } from './drift.ts';
import { findDrift, mendDrift, settledContent } from './drift.ts';

const MESSAGE = 'Bring the issue forms in line with the components\n';

/** Why the forms stay as they are. */
export const UNSETTLED =
  'The issue forms stay as they are, since site.yml or components.yml has errors. npm run check names them.';

/** Where it is reviewed if the branch is protected. */
const BRANCH = 'status/forms';
const BODY = 'The issue forms list the components, and these have changed. `npm run forms` made this.';

/**
 * Brings the issue forms in line with the components, if they are there at all, on the branch that a workflow runs on.
 * @returns what was done, as a sentence
 * @throws {Problem} when Git or GitHub refuses
 */
export async function keepForms(github: GitHub, context: CommandContext): Promise<string> {
  const change = async (place: Workplace): Promise<Made | undefined> => {
    const reading = await readContentFolder(place.env);
    const content = settledContent(reading);
    if (!content) throw new Problem(UNSETTLED);
    const drift = await findDrift(reading.folder, content, reading.now);
    if (drift.length === 0 || (await isOffered(drift, place, github))) return undefined;
    await mendDrift(drift);
    const paths = drift.map((one) => relative(place.root, one.place));
    return { paths, message: MESSAGE, publishes: false, way: 'push', body: BODY, reviewers: [] };
  };
  const landed = await land({ branch: BRANCH, change }, github, context);
  if (landed.how === 'nothing') return 'There is nothing to mend in the forms.';
  if (landed.how !== 'review') return `The forms are in line with the components: ${landed.commit}.`;
  return `The forms are in line once this is merged: ${landed.url}${landed.why === undefined ? '' : ` ${landed.why}`}`;
}

/** Whether a pull request is open that does just this. */
async function isOffered(
  drift: readonly Drift[],
  { root, env, reviewed }: Workplace,
  github: GitHub,
): Promise<boolean> {
  if (reviewed === undefined) return false;
  for (const { place, text } of drift) {
    const there = git({ folder: root, env }, 'cat-file', 'blob', `${reviewed}:${relative(root, place)}`);
    if (`${await there.catch(() => '')}\n` !== text) return false;
  }
  return (await findPullRequest(github, BRANCH)) !== undefined;
}
