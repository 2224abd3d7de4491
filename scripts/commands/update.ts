import type { Command } from 'commander';
import { Option } from 'commander';
import { askEvent, askUpdate, complete } from '../authoring/questions.ts';
import { approve } from '../authoring/approve.ts';
import type { Candidates } from '../authoring/choose-event.ts';
import { chooseEvent, onlyOne, whatIsOpen, whatIsUnexplained } from '../authoring/choose-event.ts';
import type { FoundContent } from '../lib/content.ts';
import type { UpdateAnswers } from '../authoring/draft.ts';
import { draftUpdate } from '../authoring/draft.ts';
import { factsOfUpdate } from '../authoring/facts.ts';
import { collect, TIMES_HELP, withMessage, withPromises, withPublishing, withTemplates } from '../authoring/options.ts';
import type { MessageOptions } from '../authoring/post.ts';
import { noNews, post, readMessage } from '../authoring/post.ts';
import { isTerminal } from '../authoring/prompts.ts';
import type { PublishOptions } from '../authoring/publish.ts';
import { runAuthoring } from '../authoring/run.ts';
import type { TemplateOptions } from '../authoring/template.ts';
import { findTemplate, howToSay, messageOf, readWords, refuseHoles } from '../authoring/template.ts';
import type { CommandContext } from '../lib/context.ts';

interface Options extends Omit<UpdateAnswers, 'message'>, MessageOptions, TemplateOptions, PublishOptions {
  /** `true` when it was not given, for that is how commander reads what begins with `--no-`. */
  news: boolean | string;
}

/** `update`: one more update in the file of an incident or a maintenance. */
export function registerUpdate(program: Command, context: CommandContext): void {
  const command = program
    .command('update')
    .description('write an update of an incident or a maintenance')
    .argument('[id]', 'the name of its file (default: the newest open incident, else the running maintenance)')
    .addOption(
      new Option(
        '--no-news [text]',
        'say that nothing is new, what is still being done, and when you will speak again',
      ).conflicts(['message', 'messageFile', 'template', 'status', 'component', 'area']),
    )
    .option('--status <status>', 'identified, monitoring, in progress … (default: update, the status stays)')
    .option('--component <id=status>', 'a component whose status changes; may be repeated', collect)
    .option('--area <area>', 'what is affected from now on; may be repeated', collect)
    .option('--at <time>', 'when it is said (default: now)')
    .addHelpText('after', TIMES_HELP);
  withPublishing(withPromises(withTemplates(withMessage(command)))).action(
    (id: string | undefined, { news, ...options }: Options) =>
      runAuthoring(context, options, async (progress) => {
        const asks = !options.json && isTerminal();
        const isNews = news === true;
        const { found, event, text, hints } = await chooseEvent(
          context.env,
          id,
          asks ? askEvent : ([newest]) => newest,
          candidatesFor(options, asks),
        );
        const doing = typeof news === 'string' ? news : undefined;
        const chosen = isNews ? options : { ...options, ...noNews(doing, options, event, found) };
        const facts = (answers: Partial<UpdateAnswers>) => factsOfUpdate(answers, event, found);
        const words = readWords(chosen, event.kind, found, facts);
        const said = { ...(words.template && { status: words.template.status }), ...chosen };
        const given = { ...said, ...(await readMessage(options)), ...messageOf(words, said, !asks || !isNews) };
        if (!isNews) refuseHoles(words, given);
        const approved = (answers: UpdateAnswers) => {
          const draft = draftUpdate(answers, event, text, found);
          return { draft, warnings: approve(found, draft, event) };
        };
        const answers = await complete<UpdateAnswers>(given, { message: howToSay(words, said) }, options, () =>
          askUpdate(given, event, words, approved),
        );
        const { title } = event;
        return post({ ...approved(answers), title, before: text, hints }, options, found, context, progress);
      }),
  );
}

/** What is open; for a postmortem the incidents that wait for one, of which nobody but a person may choose. */
function candidatesFor(options: Omit<Options, 'news'>, asks: boolean) {
  return (found: FoundContent): Candidates => {
    const { status, template } = options;
    const word = status ?? (template === undefined ? '' : findTemplate(template, found).status);
    if (word.trim().toLowerCase() !== 'postmortem') return whatIsOpen(options, found);
    const waiting = whatIsUnexplained(found);
    if (!asks) onlyOne('Several wait for a postmortem', 'it explains')(waiting.events);
    return waiting;
  };
}
