import type { Instant } from '../../src/core/days.ts';
import type { Command } from 'commander';
import type { StatusEvent } from '../../src/core/model.ts';
import { chooseByWords, onlyOne, stageOf, whatIsOpen } from '../authoring/choose-event.ts';
import { draftUpdate } from '../authoring/draft.ts';
import { MESSAGE_ARGUMENT, registerAuthoring, withArgument } from '../authoring/pipeline.ts';
import { askEvent } from '../authoring/questions.ts';
import type { FoundContent } from '../lib/content.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';

/** `resolve`: the update that ends an incident (Resolved) or a maintenance (Completed). */
export function registerResolve(program: Command, context: CommandContext): void {
  registerAuthoring(program, context, {
    name: 'resolve',
    description: 'resolve an incident or complete maintenance',
    words: [['[id]', 'its id (default: the only one that is open)'], MESSAGE_ARGUMENT],
    options: (command) =>
      command
        .option('--ended <time>', 'when customers were no longer affected (default: the time of the update)')
        .option('--postmortem <time>', 'when the postmortem is due, such as 3d')
        .option('--no-postmortem', 'do not promise a postmortem, and do not ask')
        .option('--at <time>', 'time of the update (default: now)'),
    plan: async (words, options, { env }, asks) => {
      const choose = asks ? askEvent : onlyOne();
      const candidates = (found: FoundContent) => whatIsOpen(options.template, found);
      const { found, message, ...target } = await chooseByWords(env, words, choose, candidates);
      const given = withArgument(options, message);
      const { event, text } = target;
      refuseUnlessOpen(event, found.now);
      return {
        found,
        kind: event.kind,
        target,
        given,
        status: event.kind === 'incident' ? 'resolved' : 'completed',
        questions: ['ended', 'message', 'postmortem'],
        draft: (answers) => draftUpdate(answers, event, text, found),
      };
    },
  });
}

function refuseUnlessOpen(event: StatusEvent, now: Instant): void {
  const stage = stageOf(event, now);
  if (stage === 'over') throw new CommandError(`“${event.id}” has already ended. To add to it, use update.`);
  if (stage === 'open') return;
  throw new CommandError(`“${event.id}” has not started. To cancel it, use update with --status cancelled.`);
}
