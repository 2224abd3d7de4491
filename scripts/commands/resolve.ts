import type { Command } from 'commander';
import type { Instant, StatusEvent } from '../../src/core/model.ts';
import { askEnd, askEvent, complete } from '../authoring/questions.ts';
import { approve } from '../authoring/approve.ts';
import { AuthorError } from '../lib/errors.ts';
import { chooseEvent, onlyOne, stageOf, whatIsOpen } from '../authoring/choose-event.ts';
import type { UpdateAnswers } from '../authoring/draft.ts';
import { draftUpdate } from '../authoring/draft.ts';
import { factsOfUpdate } from '../authoring/facts.ts';
import { TIMES_HELP, withMessage, withPublishing, withTemplates } from '../authoring/options.ts';
import type { MessageOptions } from '../authoring/post.ts';
import { post, readMessage } from '../authoring/post.ts';
import { isTerminal } from '../authoring/prompts.ts';
import type { PublishOptions } from '../authoring/publish.ts';
import { runAuthoring } from '../authoring/run.ts';
import type { TemplateOptions } from '../authoring/template.ts';
import { howToSay, messageOf, readWords } from '../authoring/template.ts';
import type { CommandContext } from '../lib/context.ts';

type Options = Pick<UpdateAnswers, 'ended' | 'postmortem' | 'at'> & MessageOptions & TemplateOptions & PublishOptions;

/** `resolve`: the update that ends an incident (Resolved) or a maintenance (Completed). */
export function registerResolve(program: Command, context: CommandContext): void {
  const command = program
    .command('resolve')
    .description('end an incident or a maintenance')
    .argument('[id]', 'the name of its file (default: the only one that is open)')
    .option('--ended <time>', 'when customers were no longer affected (default: the time of the update)')
    .option('--postmortem <time>', 'promise customers a postmortem by then, such as 3d')
    .option('--no-postmortem', 'promise none, without asking')
    .option('--at <time>', 'when it is said (default: now)')
    .addHelpText('after', TIMES_HELP);
  withPublishing(withTemplates(withMessage(command))).action((id: string | undefined, options: Options) =>
    runAuthoring(context, options, async (progress) => {
      const asks = !options.json && isTerminal();
      const { found, event, text, hints } = await chooseEvent(context.env, id, asks ? askEvent : onlyOne(), (content) =>
        whatIsOpen(options, content),
      );
      refuseUnlessOpen(event, found.now);
      const status = event.kind === 'incident' ? 'resolved' : 'completed';
      const facts = (answers: Partial<UpdateAnswers>) => factsOfUpdate(answers, event, found);
      const words = readWords(options, event.kind, found, facts, status);
      const said = { ...options, status };
      const given = { ...said, ...(await readMessage(options)), ...messageOf(words, said, !asks) };
      const approved = (answers: UpdateAnswers) => {
        const draft = draftUpdate(answers, event, text, found);
        return { draft, warnings: approve(found, draft, event) };
      };
      const answers = await complete<UpdateAnswers>(given, { message: howToSay(words, said) }, options, () =>
        askEnd(given, event, words, approved),
      );
      const { title } = event;
      return post({ ...approved(answers), title, before: text, hints }, options, found, context, progress);
    }),
  );
}

function refuseUnlessOpen(event: StatusEvent, now: Instant): void {
  const stage = stageOf(event, now);
  if (stage === 'over') throw new AuthorError(`“${event.id}” is over already. To add to it, use update.`);
  if (stage === 'open') return;
  throw new AuthorError(`“${event.id}” has not begun. To call it off, use update with --status cancelled.`);
}
