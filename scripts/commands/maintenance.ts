import type { Command } from 'commander';
import { Option } from 'commander';
import { datesFor } from '../../src/i18n/dates.ts';
import { askMaintenance, complete } from '../authoring/questions.ts';
import { approve } from '../authoring/approve.ts';
import { changeMaintenance } from '../authoring/change-maintenance.ts';
import type { FoundContent } from '../lib/content.ts';
import { findContent } from '../lib/content.ts';
import type { MaintenanceAnswers } from '../authoring/draft.ts';
import { draftMaintenance, readWindow } from '../authoring/draft.ts';
import { factsOfMaintenance } from '../authoring/facts.ts';
import {
  collect,
  TIMES_HELP,
  withFrontMatter,
  withMessage,
  withPublishing,
  withTemplates,
} from '../authoring/options.ts';
import type { MessageOptions } from '../authoring/post.ts';
import { post, readMessage } from '../authoring/post.ts';
import type { PublishOptions } from '../authoring/publish.ts';
import { isTerminal } from '../authoring/prompts.ts';
import { runAuthoring } from '../authoring/run.ts';
import type { TemplateOptions, Words } from '../authoring/template.ts';
import { howToSay, messageOf, readWords } from '../authoring/template.ts';
import type { CommandContext } from '../lib/context.ts';

type Options = Partial<Omit<MaintenanceAnswers, 'title' | 'message'>> &
  MessageOptions &
  TemplateOptions &
  PublishOptions & { move?: boolean; cancel?: boolean };

/** `maintenance`: the file of announced work. */
export function registerMaintenance(program: Command, context: CommandContext): void {
  const command = program
    .command('maintenance')
    .description('announce, move or cancel a maintenance')
    .argument('[title]', 'what you will do; with --move or --cancel, the name of the file')
    .addOption(new Option('--move', 'move one that is not over to another time').conflicts('cancel'))
    .option('--cancel', 'cancel one that is not over')
    .option('--component <id>', 'a component that is under maintenance, or id=status; may be repeated', collect)
    .option('--scheduled <time>', 'when it begins')
    .option('--until <time>', 'when it will have ended, as 04:00')
    .option('--for <duration>', 'how long it takes, as 2h')
    .option('--at <time>', 'when it is announced (default: now)')
    .addHelpText('after', TIMES_HELP);
  withPublishing(withFrontMatter(withTemplates(withMessage(command)))).action(
    (title: string | undefined, options: Options) =>
      runAuthoring(context, options, async (progress) => {
        if (options.move || options.cancel) return changeMaintenance(title, options, context, progress);
        const found = await findContent(context.env, () => false);
        const words = wordsOf(options, found);
        const said = { ...options, ...(title !== undefined && { title }) };
        const asks = !options.json && isTerminal();
        const given = { ...said, ...(await readMessage(options)), ...messageOf(words, said, !asks) };
        const approved = (answers: MaintenanceAnswers) => {
          const draft = draftMaintenance(answers, found);
          return { draft, warnings: approve(found, draft) };
        };
        const needed = {
          title: 'a title',
          message: howToSay(words, said),
          scheduled: '--scheduled',
          ...(options.for === undefined && { until: '--until or --for' }),
        };
        const answers = await complete<MaintenanceAnswers>(given, needed, options, () =>
          askMaintenance(given, words, approved),
        );
        const written = answers.title.trim();
        const hints = [windowInWords(answers, found)];
        return post({ ...approved(answers), title: written, hints }, options, found, context, progress);
      }),
  );
}

/** When it takes place as the page will say it, since the file has UTC. */
function windowInWords(answers: MaintenanceAnswers, found: FoundContent): string {
  const { scheduled, until } = readWindow(answers, found);
  const { site } = found.content;
  const dates = datesFor(site.locale, site.time_zone);
  const window = `${dates.dateTime(scheduled)} – ${dates.dateTime(until)}`;
  return until <= found.now ? `It lies in the past: ${window}.` : `It takes place ${window}.`;
}

function wordsOf(options: Options, found: FoundContent): Words<MaintenanceAnswers> {
  return readWords(options, 'maintenance', found, (answers) => factsOfMaintenance(answers, found), 'scheduled');
}
