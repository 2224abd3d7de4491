import type { CommandContext } from '../lib/context.ts';
import { askChange, askEvent, complete } from './questions.ts';
import { approve, approveException } from './approve.ts';
import { AuthorError } from '../lib/errors.ts';
import type { PublishOptions } from './publish.ts';
import { chooseEvent, onlyOne, stageOf, whatIsAhead } from './choose-event.ts';
import type { ChangeAnswers } from './draft.ts';
import { draftChange, draftException, takesException } from './draft.ts';
import { factsOfUpdate } from './facts.ts';
import type { MessageOptions, PostReport } from './post.ts';
import { post, readMessage } from './post.ts';
import { isTerminal } from './prompts.ts';
import type { Progress } from './run.ts';
import type { TemplateOptions } from './template.ts';
import { howToSay, messageOf, readWords } from './template.ts';

export type ChangeOptions = Partial<Omit<ChangeAnswers, 'message'>> &
  MessageOptions &
  TemplateOptions &
  PublishOptions & { move?: boolean; cancel?: boolean };

/**
 * Moves or cancels a maintenance that is not over: with an update, or for an occurrence of a series with an exception in
 * the front matter.
 * @param id of its file or occurrence; left out, the only one that is not over
 * @throws {AuthorError} when there is none, or an answer is missing or cannot be understood
 */
export async function changeMaintenance(
  id: string | undefined,
  options: ChangeOptions,
  context: CommandContext,
  progress: Progress,
): Promise<PostReport> {
  const asks = !options.json && isTerminal();
  const choose = asks ? askEvent : onlyOne('Several are scheduled or running', 'you mean');
  const { found, event, text, hints } = await chooseEvent(context.env, id, choose, whatIsAhead);
  if (event.kind !== 'maintenance') throw new AuthorError(`“${event.id}” is an incident, not a maintenance.`);
  if (stageOf(event, found.now) === 'over') throw new AuthorError(`“${event.id}” is over already.`);

  const status = options.cancel ? 'cancelled' : 'update';
  const facts = (answers: Partial<ChangeAnswers>) => factsOfUpdate(answers, event, found);
  const words = readWords<ChangeAnswers>(options, 'maintenance', found, facts, status);
  const said = { ...options, status };
  const message = { ...(await readMessage(options)), ...messageOf(words, said, !asks) };
  const byException = takesException(event, text);
  if (byException && message.message !== undefined) throw new AuthorError(NO_MESSAGE);
  const given = { ...said, ...message, ...(byException && { message: '' }) };
  const approved = (answers: ChangeAnswers) => {
    const draft = (byException ? draftException : draftChange)(answers, event, text, found);
    return { draft, warnings: (byException ? approveException : approve)(found, draft, event) };
  };
  const needed = {
    ...(!byException && { message: howToSay(words, said) }),
    ...(options.move && { scheduled: '--scheduled' }),
    ...(options.move && options.for === undefined && !byException && { until: '--until or --for' }),
  };
  const answers = await complete<ChangeAnswers>(given, needed, options, () => askChange(given, words, approved));
  return post({ ...approved(answers), title: event.title, before: text, hints }, options, found, context, progress);
}

const NO_MESSAGE =
  'One occurrence of a series is moved or cancelled in the front matter, without a message. Leave out the message, or post it as an update.';
