import type { SiteAnswers } from '../authoring/questions.ts';
import { join } from 'node:path';
import type { Command } from 'commander';
import { dayOf } from '../../src/core/days.ts';
import { readClock } from '../../src/reader/clock.ts';
import { askSite, complete } from '../authoring/questions.ts';
import { findContent, openFolder, placeOf } from '../lib/content.ts';
import { collect, withPublishing } from '../authoring/pipeline.ts';
import type { Leaving } from '../import/new-site.ts';
import { addressOf, approveSite, draftSite, leavingOf, refuseToLose, replaceContent } from '../import/new-site.ts';
import type { PublishOptions } from '../authoring/publish.ts';
import { isTerminal } from '../authoring/prompts.ts';
import { publish } from '../authoring/publish.ts';
import { isZone } from '../import/site-text.ts';
import { runAuthoring } from '../lib/failure.ts';
import type { CommandContext } from '../lib/context.ts';
import { findDrift, FORM_PATHS, syncForms } from '../forms/sync.ts';
import { withoutSkips } from '../lib/git.ts';
import { counted } from '../lib/text.ts';

type Options = Partial<SiteAnswers> & PublishOptions & { force?: boolean };

const NEEDED = { name: '--name', url: '--url', component: '--component' };
const HALFWAY = 'Only some of the files were replaced. To finish, run init --force.';

/** `init`: a page of your own in place of the example. */
export function registerInit(program: Command, context: CommandContext): void {
  const command = program
    .command('init')
    .description('set up your own page, and delete the example')
    .option('--name <name>', 'your company or product name')
    .option('--url <address>', 'the URL of the page, such as https://status.acme.example')
    .option('--time-zone <zone>', 'the time zone of the page, such as Europe/Berlin (default: UTC)')
    .option(
      '--component <name>',
      'something customers use, such as Website or "Shop: Checkout"; can be repeated',
      collect,
    )
    .option('--force', 'also delete content that is not the example, or not committed');
  withPublishing(command).action((options: Options) =>
    runAuthoring(context, options, async (progress) => {
      const opened = await openFolder(context.env);
      if (!options.force) await refuseToLose(opened, context.env);
      // The example's own clock stands still.
      const today = readClock(context.env, { files: [], publicFiles: new Set() });
      const approved = (answers: SiteAnswers) => {
        const files = draftSite(answers, dayOf(today, zoneOrUtc(answers.timeZone)));
        return { files, warnings: approveSite(files, opened) };
      };
      const ask = options.json || !isTerminal() ? undefined : () => askSite(options, approved);
      const answers = await complete<SiteAnswers>(options, NEEDED, ask);
      const { files, warnings } = approved(answers);
      const leaving = await leavingOf(opened);
      const page = new URL(addressOf(answers.url));
      const change = {
        shown: Object.entries(files).map(([path, lines]) => ({ place: placeOf(opened, path), lines })),
        warnings,
        hints: leaving.paths.length > 0 ? [leavingText(leaving)] : [],
        write: async () => {
          await replaceContent(opened, files, leaving, () => (progress.state = HALFWAY));
          await mendForms(context.env);
        },
        written: `Set up the page of ${answers.name.trim()}.`,
        paths: [...Object.keys(files), ...leaving.paths, ...FORM_PATHS.map((path) => join('..', path))],
        message: withoutSkips(`Set up the page of ${answers.name.trim()}\n`),
        name: 'init',
        page: { url: page, address: page.href, zone: answers.timeZone ?? 'UTC' },
      };
      const published = await publish(change, options, opened.folder, context, progress);
      return { files: Object.keys(files), removed: leaving.paths, warnings, ...published };
    }),
  );
}

/** The issue forms list the components of the new page, where there are such forms. */
async function mendForms(env: CommandContext['env']): Promise<void> {
  const { folder, content, now } = await findContent(env, () => false);
  await syncForms(await findDrift(folder, content, now));
}

/** A zone that does not exist is refused with the other answers. */
function zoneOrUtc(zone = 'UTC'): string {
  return isZone(zone.trim()) ? zone.trim() : 'UTC';
}

/** `To go away: 52 incidents, 13 maintenance files, public/logo.svg, and .example.` */
function leavingText({ incidents, maintenance, paths }: Leaving): string {
  const files = paths
    .filter((path) => path !== 'incidents' && path !== 'maintenance')
    .map((path) => path.replace(/^\.\.\//, ''));
  const parts = [
    ...(incidents > 0 ? [counted(incidents, 'incident')] : []),
    ...(maintenance > 0 ? [counted(maintenance, 'maintenance file')] : []),
    ...files,
  ];
  return `To be deleted: ${new Intl.ListFormat('en').format(parts)}.`;
}
