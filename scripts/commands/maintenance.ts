import type { Command } from 'commander';
import { complete } from '../author/answers.ts';
import { approve } from '../author/approve.ts';
import { findContent } from '../author/content.ts';
import type { MaintenanceAnswers } from '../author/draft.ts';
import { draftMaintenance } from '../author/draft.ts';
import { collect, TIMES_HELP, withFrontMatter, withMessage, withPublishing } from '../author/flags.ts';
import type { MessageOptions } from '../author/message.ts';
import { readMessage } from '../author/message.ts';
import { post } from '../author/post.ts';
import type { PublishOptions } from '../author/carry-out.ts';
import { askMaintenance } from '../author/questions.ts';
import { runAuthoring } from '../author/run.ts';
import type { CommandContext } from '../context.ts';

type Options = Partial<Omit<MaintenanceAnswers, 'title' | 'message'>> & MessageOptions & PublishOptions;

const NEEDED = { title: 'a title', message: '--message', scheduled: '--scheduled' };

/** `maintenance`: the file of announced work. */
export function registerMaintenance(program: Command, context: CommandContext): void {
  const command = program
    .command('maintenance')
    .description('announce a maintenance')
    .argument('[title]', 'what is done')
    .option('--component <id>', 'a component that is under maintenance, or id=status; may be repeated', collect)
    .option('--scheduled <time>', 'when it begins')
    .option('--until <time>', 'when it will have ended, as 04:00')
    .option('--for <duration>', 'how long it takes, as 2h')
    .option('--at <time>', 'when it is announced (default: now)')
    .addHelpText('after', TIMES_HELP);
  withPublishing(withFrontMatter(withMessage(command))).action((title: string | undefined, options: Options) =>
    runAuthoring(context, options, async (progress) => {
      const found = await findContent(context.env, () => false);
      const given = { ...options, ...(title !== undefined && { title }), ...(await readMessage(options)) };
      const approved = (answers: MaintenanceAnswers) => {
        const draft = draftMaintenance(answers, found);
        return { draft, warnings: approve(found, draft) };
      };
      const needed = { ...NEEDED, ...(options.for === undefined && { until: '--until or --for' }) };
      const answers = await complete<MaintenanceAnswers>(given, needed, options, () =>
        askMaintenance(given, found, approved),
      );
      const { title: written, kind } = { title: answers.title.trim(), kind: 'maintenance' as const };
      return post({ ...approved(answers), title: written, kind }, options, found, context, progress);
    }),
  );
}
