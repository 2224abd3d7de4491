import type { Command } from 'commander';
import { Option } from 'commander';
import { datesFor } from '../../src/i18n/dates.ts';
import { complete } from '../author/answers.ts';
import { approve } from '../author/approve.ts';
import { changeMaintenance } from '../author/change-maintenance.ts';
import type { FoundContent } from '../author/content.ts';
import { findContent } from '../author/content.ts';
import type { MaintenanceAnswers } from '../author/draft.ts';
import { draftMaintenance, readWindow } from '../author/draft.ts';
import { factsOfMaintenance } from '../author/facts.ts';
import { collect, TIMES_HELP, withFrontMatter, withMessage, withPublishing, withTemplates } from '../author/flags.ts';
import type { MessageOptions } from '../author/message.ts';
import { readMessage } from '../author/message.ts';
import { post } from '../author/post.ts';
import type { PublishOptions } from '../author/carry-out.ts';
import { isTerminal } from '../author/prompts.ts';
import { askMaintenance } from '../author/questions.ts';
import { runAuthoring } from '../author/run.ts';
import type { TemplateOptions } from '../author/template.ts';
import type { Words } from '../author/words.ts';
import { howToSay, messageOf, readWords } from '../author/words.ts';
import type { CommandContext } from '../context.ts';

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
