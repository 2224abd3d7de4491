import type { Command } from 'commander';
import { Option } from 'commander';
import { datesFor } from '../../src/i18n/dates.ts';
import type { Answers } from '../authoring/answers.ts';
import { readWindow } from '../authoring/answers.ts';
import { changeMaintenance } from '../authoring/change-maintenance.ts';
import { chooseEvent, onlyOne, whatIsAhead } from '../authoring/choose-event.ts';
import { draftMaintenance } from '../authoring/draft.ts';
import { collect, registerAuthoring, withFrontMatter, withSchedule } from '../authoring/pipeline.ts';
import type { AuthoringOptions, Plan } from '../authoring/pipeline.ts';
import { askEvent } from '../authoring/questions.ts';
import type { FoundContent } from '../lib/content.ts';
import { findContent } from '../lib/content.ts';
import type { CommandContext } from '../lib/context.ts';

interface Options extends AuthoringOptions {
  move?: boolean;
  cancel?: boolean;
}

/** `maintenance`: the file of announced work, and how it is moved or cancelled. */
export function registerMaintenance(program: Command, context: CommandContext): void {
  registerAuthoring<Options>(program, context, {
    name: 'maintenance',
    description: 'announce, move or cancel maintenance',
    words: [['[title]', 'what you will do; with --move or --cancel, the id of the maintenance']],
    options: (command) =>
      command
        .addOption(new Option('--move', 'move maintenance that has not ended').conflicts('cancel'))
        .option('--cancel', 'cancel maintenance that has not ended')
        .option(
          '--component <id>',
          'a component or group under maintenance, or all; or id=status; can be repeated',
          collect,
        )
        .option('--scheduled <time>', 'when it starts')
        .option('--until <time>', 'when it ends, such as 04:00')
        .option('--for <duration>', 'how long it takes, such as 2h')
        .option('--at <time>', 'when it is announced (default: now)'),
    shared: [withSchedule, withFrontMatter],
    plan: async ([title], options, { env }, asks) => {
      if (options.move || options.cancel) return planChange(title, options, env, asks);
      const found = await findContent(env, () => false);
      return {
        found,
        kind: 'maintenance',
        given: { ...options, ...(title !== undefined && { title }) },
        status: 'scheduled',
        questions: ['title', 'component', 'area', 'scheduled', 'until', 'message'],
        draft: (answers) => draftMaintenance(answers, found),
        hints: (answers) => [windowInWords(answers, found)],
      };
    },
  });
}

/** When it takes place as the page will say it, since the file has UTC. */
function windowInWords(answers: Answers, found: FoundContent): string {
  const { from, to } = readWindow(answers, found);
  const { site } = found.content;
  const dates = datesFor(site.locale, site.time_zone);
  const window = `${dates.dateTime(from)} – ${dates.dateTime(to)}`;
  return to <= found.now ? `The maintenance is in the past: ${window}.` : `It takes place ${window}.`;
}

/** To move or cancel maintenance that has not ended: an update, or for an occurrence of a series an exception in the front matter. */
async function planChange(
  id: string | undefined,
  options: Options,
  env: CommandContext['env'],
  asks: boolean,
): Promise<Plan> {
  const choose = asks ? askEvent : onlyOne('Several are scheduled or running', 'you mean');
  const chosen = await chooseEvent(env, id, choose, whatIsAhead);
  const { message, messageFile, template } = options;
  const isSaid = [message, messageFile, template].some((one) => one !== undefined);
  const { byException, draft, approve } = changeMaintenance(chosen, isSaid);
  const times = byException ? (['scheduled'] as const) : (['scheduled', 'until'] as const);
  return {
    found: chosen.found,
    kind: 'maintenance',
    target: chosen,
    given: options,
    status: options.cancel ? 'cancelled' : 'update',
    questions: [...(options.move ? times : []), ...(byException ? [] : (['message'] as const))],
    draft,
    ...(byException && { approve: (_, drafted) => approve(drafted) }),
  };
}
