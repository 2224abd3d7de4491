import type { Command } from 'commander';
import { askIncident, complete } from '../authoring/questions.ts';
import { approve } from '../authoring/approve.ts';
import type { FoundContent } from '../lib/content.ts';
import { findContent } from '../lib/content.ts';
import type { IncidentAnswers } from '../authoring/draft.ts';
import { draftIncident } from '../authoring/draft.ts';
import { factsOfIncident } from '../authoring/facts.ts';
import {
  collect,
  TIMES_HELP,
  withFrontMatter,
  withMessage,
  withPromises,
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

type Options = Omit<IncidentAnswers, 'title' | 'message'> & MessageOptions & TemplateOptions & PublishOptions;

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
  withPublishing(withFrontMatter(withPromises(withTemplates(withMessage(command))))).action(
    (title: string | undefined, options: Options) =>
      runAuthoring(context, options, async (progress) => {
        const found = await findContent(context.env, () => false);
        const words = wordsOf(options, found);
        const said = { ...statusOf(words), ...options, ...(title !== undefined && { title }) };
        const asks = !options.json && isTerminal();
        const given = { ...said, ...(await readMessage(options)), ...messageOf(words, said, !asks) };
        const approved = (answers: IncidentAnswers) => {
          const draft = draftIncident(answers, found);
          return { draft, warnings: approve(found, draft) };
        };
        const needed = { title: 'a title', message: howToSay(words, said) };
        const answers = await complete<IncidentAnswers>(given, needed, options, () =>
          askIncident(given, words, approved),
        );
        const written = answers.title.trim();
        return post({ ...approved(answers), title: written }, options, found, context, progress);
      }),
  );
}

function wordsOf(options: Options, found: FoundContent): Words<IncidentAnswers> {
  return readWords(options, 'incident', found, (answers) => factsOfIncident(answers, found));
}

/** The status of the template; one that repeats a status has nothing to repeat here. */
function statusOf({ template }: Words<IncidentAnswers>): { status?: string } {
  return template && template.status !== 'update' ? { status: template.status } : {};
}
