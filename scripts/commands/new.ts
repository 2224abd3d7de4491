import type { Command } from 'commander';
import { complete } from '../author/answers.ts';
import { approve } from '../author/approve.ts';
import { findContent } from '../author/content.ts';
import type { IncidentAnswers } from '../author/draft.ts';
import { draftIncident } from '../author/draft.ts';
import { collect, TIMES_HELP, withFrontMatter, withMessage, withPromises, withPublishing } from '../author/flags.ts';
import type { MessageOptions } from '../author/message.ts';
import { readMessage } from '../author/message.ts';
import { post } from '../author/post.ts';
import type { PublishOptions } from '../author/carry-out.ts';
import { askIncident } from '../author/questions.ts';
import { runAuthoring } from '../author/run.ts';
import type { CommandContext } from '../context.ts';

type Options = Omit<IncidentAnswers, 'title' | 'message'> & MessageOptions & PublishOptions;

const NEEDED = { title: 'a title', message: '--message' };

/** `new`: the file of an incident with its first update. */
export function registerNew(program: Command, context: CommandContext): void {
  const command = program
    .command('new')
    .description('write a new incident')
    .argument('[title]', 'what does not work, for whom')
    .option('--component <id=status>', 'an affected component and its status; may be repeated', collect)
    .option('--status <status>', 'investigating, identified or monitoring (default: investigating)')
    .option('--started <time>', 'when customers were first affected (default: now)')
    .option('--at <time>', 'when the update is said (default: now)')
    .addHelpText('after', TIMES_HELP);
  withPublishing(withFrontMatter(withPromises(withMessage(command)))).action(
    (title: string | undefined, options: Options) =>
      runAuthoring(context, options, async (progress) => {
        const found = await findContent(context.env, () => false);
        const given = { ...options, ...(title !== undefined && { title }), ...(await readMessage(options)) };
        const approved = (answers: IncidentAnswers) => {
          const draft = draftIncident(answers, found);
          return { draft, warnings: approve(found, draft) };
        };
        const answers = await complete<IncidentAnswers>(given, NEEDED, options, () =>
          askIncident(given, found, approved),
        );
        const { title: written, kind } = { title: answers.title.trim(), kind: 'incident' as const };
        return post({ ...approved(answers), title: written, kind }, options, found, context, progress);
      }),
  );
}
