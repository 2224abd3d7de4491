import type { Command } from 'commander';
import { draftIncident } from '../authoring/draft.ts';
import { collect, registerAuthoring, withFrontMatter, withPromises, withSchedule } from '../authoring/pipeline.ts';
import { findContent } from '../lib/content.ts';
import type { CommandContext } from '../lib/context.ts';

/** `new`: the file of an incident with its first update. */
export function registerNew(program: Command, context: CommandContext): void {
  registerAuthoring(program, context, {
    name: 'new',
    description: 'write a new incident',
    words: [['[title]', 'what doesn’t work, and for whom']],
    options: (command) =>
      command
        .option(
          '--component <id=status>',
          'an affected component, group or all, and its status; can be repeated',
          collect,
        )
        .option('--status <status>', 'investigating, identified or monitoring (default: investigating)')
        .option('--started <time>', 'when customers were first affected (default: now)')
        .option('--at <time>', 'time of the update (default: now)'),
    shared: [withSchedule, withPromises, withFrontMatter],
    plan: async ([title], options, { env }) => {
      const found = await findContent(env, () => false);
      return {
        found,
        kind: 'incident',
        given: { ...options, ...(title !== undefined && { title }) },
        questions: ['title', 'component', 'area', 'started', 'message', 'next'],
        draft: (answers) => draftIncident(answers, found),
      };
    },
  });
}
