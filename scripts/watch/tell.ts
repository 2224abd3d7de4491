import { isAbsolute } from 'node:path';
import { nextMoment } from '../../src/core/watch-moments.ts';
import type { CommandContext } from '../context.ts';
import type { GitHub } from '../github/client.ts';
import type { Look } from './look.ts';
import { isUnsure, look } from './look.ts';
import { printLook } from './report.ts';
import { syncIssues } from './sync.ts';
import { openTracker } from './tracker.ts';
import type { Round } from './wait.ts';
import { GitHubProblem } from '../github/problem.ts';
import type { Say } from '../github/job-log.ts';
import { asBlock } from '../github/job-log.ts';

/**
 * Looks and tells, and says when something is next to be done. That GitHub is down is no reason to stop waiting.
 * @throws {GitHubProblem} when nothing can be read, or GitHub refuses
 */
export async function tellRound(env: CommandContext['env'], api: GitHub, say: Say): Promise<Round> {
  const found = await look(env);
  const next = nextMoment(found.cases, found.content.site, found.now);
  const seen = { now: found.now, ...(next !== undefined && { next }) };
  try {
    await tell(found, api, say);
    return seen;
  } catch (error) {
    if (!(error instanceof GitHubProblem) || !error.passing) throw error;
    return { ...seen, failure: error };
  }
}

/**
 * Prints what a look finds, and tells it on GitHub.
 * @throws {GitHubProblem} when GitHub does not answer or refuses
 */
export async function tell(found: Look, api: GitHub, say: Say): Promise<void> {
  const report = printLook(found);
  await say(report, asBlock(report));
  const watched = {
    ...found,
    repository: api.page,
    folder: isAbsolute(found.folder) ? 'content' : found.folder,
    isUnsure: (caseId: string) => isUnsure(caseId, found),
  };
  const done = await syncIssues(watched, openTracker(api));
  for (const text of done) await say(text, asBlock(text));
  if (done.length === 0) await say('The issues are as they should be.');
}
