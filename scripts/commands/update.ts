import type { Command } from 'commander';
import { complete } from '../author/answers.ts';
import { approve } from '../author/approve.ts';
import { chooseEvent } from '../author/choose-event.ts';
import type { UpdateAnswers } from '../author/draft.ts';
import { draftUpdate } from '../author/draft.ts';
import { collect, TIMES_HELP, withMessage, withPromises, withPublishing } from '../author/flags.ts';
import type { MessageOptions } from '../author/message.ts';
import { readMessage } from '../author/message.ts';
import { post } from '../author/post.ts';
import { isTerminal } from '../author/prompts.ts';
import type { PublishOptions } from '../author/carry-out.ts';
import { askEvent, askUpdate } from '../author/questions.ts';
import { runAuthoring } from '../author/run.ts';
import type { CommandContext } from '../context.ts';

type Options = Omit<UpdateAnswers, 'message'> & MessageOptions & PublishOptions;

/** `update`: one more update in the file of an incident or a maintenance. */
export function registerUpdate(program: Command, context: CommandContext): void {
  const command = program
    .command('update')
    .description('write an update of an incident or a maintenance')
    .argument('[id]', 'the name of its file (default: the newest open incident, else the running maintenance)')
    .option('--status <status>', 'identified, monitoring, in progress … (default: update, the status stays)')
    .option('--component <id=status>', 'a component whose status changes; may be repeated', collect)
    .option('--area <area>', 'what is affected from now on; may be repeated', collect)
    .option('--at <time>', 'when it is said (default: now)')
    .addHelpText('after', TIMES_HELP);
  withPublishing(withPromises(withMessage(command))).action((id: string | undefined, options: Options) =>
    runAuthoring(context, options, async (progress) => {
      const asks = !options.json && isTerminal();
      const { found, event, text, hints } = await chooseEvent(context.env, id, asks ? askEvent : ([newest]) => newest);
      const given = { ...options, ...(await readMessage(options)) };
      const approved = (answers: UpdateAnswers) => {
        const draft = draftUpdate(answers, event, text, found);
        return { draft, warnings: approve(found, draft, event) };
      };
      const answers = await complete<UpdateAnswers>(given, { message: '--message' }, options, () =>
        askUpdate(given, event, found, approved),
      );
      const { title, kind } = event;
      return post({ ...approved(answers), title, kind, before: text, hints }, options, found, context, progress);
    }),
  );
}
