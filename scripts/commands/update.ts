import type { Command } from 'commander';
import { Option } from 'commander';
import type { Candidates } from '../authoring/choose-event.ts';
import { chooseByWords, onlyIncident, onlyOne, whatIsOpen, whatIsUnexplained } from '../authoring/choose-event.ts';
import { draftUpdate } from '../authoring/draft.ts';
import { noNews } from '../authoring/no-news.ts';
import {
  collect,
  MESSAGE_ARGUMENT,
  registerAuthoring,
  withArgument,
  withPromises,
  withSchedule,
} from '../authoring/pipeline.ts';
import type { AuthoringOptions } from '../authoring/pipeline.ts';
import { askEvent } from '../authoring/questions.ts';
import { findTemplate } from '../authoring/template.ts';
import type { FoundContent } from '../lib/content.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';

interface Options extends AuthoringOptions {
  /** `true` when it was not given, for that is how commander reads what begins with `--no-`. */
  news: boolean | string;
}

/** `update`: one more update in the file of an incident or a maintenance. */
export function registerUpdate(program: Command, context: CommandContext): void {
  registerAuthoring<Options>(program, context, {
    name: 'update',
    description: 'post an update on an incident or maintenance',
    words: [['[id]', 'its id (default: the only open incident, or the maintenance in progress)'], MESSAGE_ARGUMENT],
    options: (command) =>
      command
        .addOption(
          new Option(
            '--no-news [text]',
            'post that nothing has changed, what you are still doing, and when the next update is due',
          ).conflicts(['message', 'messageFile', 'template', 'status', 'component', 'area']),
        )
        .option('--status <status>', 'identified, monitoring, in progress … (default: update, which keeps the status)')
        .option('--component <id=status>', 'a component, group or all, whose status changes; can be repeated', collect)
        .option('--area <area>', 'a region or group affected from now on; can be repeated', collect)
        .option('--at <time>', 'time of the update (default: now)'),
    shared: [withSchedule, withPromises],
    plan: async (words, { news, ...said }, { env }, asks) => {
      const choose = asks ? askEvent : onlyIncident;
      const { found, message, ...target } = await chooseByWords(env, words, choose, candidatesFor(said, asks));
      const { event, text } = target;
      const isQuick = news !== true;
      if (isQuick && message !== undefined)
        throw new CommandError('--no-news says it all. Leave out the message, or --no-news.');
      const options = withArgument(said, message);
      const doing = typeof news === 'string' ? news : undefined;
      return {
        found,
        kind: event.kind,
        target,
        given: isQuick ? { ...options, ...noNews(doing, options, event, found) } : options,
        questions: ['status', 'component', 'message', 'next'],
        isQuick,
        draft: (answers) => draftUpdate(answers, event, text, found),
      };
    },
  });
}

/** What is open; for a postmortem the incidents that wait for one, of which nobody but a person may choose. */
function candidatesFor({ status, template }: AuthoringOptions, asks: boolean) {
  return (found: FoundContent): Candidates => {
    const word = status ?? (template === undefined ? '' : findTemplate(template, found).status);
    if (word.trim().toLowerCase() !== 'postmortem') return whatIsOpen(template, found);
    const waiting = whatIsUnexplained(found);
    if (!asks) onlyOne('Several incidents need a postmortem', 'it explains')(waiting.events);
    return waiting;
  };
}
