import { publishedFiles } from '../publish/published.ts';
import type { Command } from 'commander';
import { CATALOGS } from '../../src/i18n/words.ts';
import { readClock } from '../../src/reader/clock.ts';
import { readContent } from '../../src/reader/content.ts';
import type { CommandContext } from '../lib/context.ts';
import { openGitHub, startWorkflow } from '../lib/github.ts';
import { jobLog } from '../lib/output.ts';
import { turnsSince, unpublishedSince } from '../publish/clock.ts';
import { liveBuild } from '../lib/published.ts';
import { CommandError } from '../lib/errors.ts';

/** `clock`: whether the live page would say something else if it were built now. */
export function registerClock(program: Command, context: CommandContext): void {
  program
    .command('clock')
    .description('check whether the live page is out of date because of maintenance, a new day or a due update')
    .option('--dispatch', 'if so, start the deployment on GitHub')
    .action(async ({ dispatch = false }: { dispatch?: boolean }) => {
      await lookAtClock(dispatch, context);
    });
}

async function lookAtClock(dispatch: boolean, context: CommandContext): Promise<void> {
  const { env } = context;
  const say = jobLog(context);
  const { content, now } = await readPublished(env);
  if (content.exampleNow !== undefined && !env['STATUS_NOW']) {
    return say('This is the example, which is frozen in time, so nothing changes.');
  }
  const live = await liveBuild(content.site.url, now);
  if (live === undefined)
    return say(`There is no page at ${content.site.url.href} yet, so there is nothing to rebuild.`);
  const turns = turnsSince(content, live.built, now).map(({ reason }) => reason);
  const unpublished = await unpublishedSince(live.commit, now, env);
  if (turns.length === 0 && !unpublished) return say('The page is up to date.');
  for (const reason of [...turns, ...(unpublished ? [unpublished] : [])]) await say(reason);
  if (!dispatch) return;
  await startWorkflow(openGitHub(env), 'deploy.yml');
  await say('Started the deployment.');
}

/** The content as it is published, which may be older than what the folder says. */
async function readPublished(env: CommandContext['env']) {
  const source = await publishedFiles(env);
  const now = readClock(env, source);
  const { content } = readContent(source, { now, catalogs: CATALOGS });
  if (!content) throw new CommandError('The content folder cannot be read. To see what is wrong, run: npm run check');
  return { content, now };
}
