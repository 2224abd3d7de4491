import type { Command } from 'commander';
import { Option } from 'commander';
import { loggable, printable } from '../../src/core/printable.ts';
import { contentFolder } from '../../src/reader/files.ts';
import type { CommandContext } from '../lib/context.ts';
import { printDiagnostics } from '../lib/diagnostics.ts';
import { openGitHub } from '../lib/github.ts';
import { jobLog } from '../lib/output.ts';
import { placeOf } from '../lib/content.ts';
import { scheduledLine } from '../lib/scheduled.ts';
import type { PublishedSchedule } from '../publish/scheduled.ts';
import { publishHere, publishOnGitHub, readSchedule } from '../publish/scheduled.ts';

interface Options {
  publish?: boolean;
  github?: boolean;
}

/** `scheduled`: the updates that are published later. */
export function registerScheduled(program: Command, context: CommandContext): void {
  program
    .command('scheduled')
    .description('list the updates in content/scheduled/, and publish those that are due')
    .option('--publish', 'move the updates that are due into the files of their incidents and maintenance')
    .addOption(new Option('--github', 'the same, and commit it on GitHub, as clock.yml does').conflicts('publish'))
    .action(async ({ publish, github }: Options) => {
      if (github) return publishAndSay(context, publishWithCommit);
      return publish ? publishAndSay(context, publishWithoutCommit) : list(context);
    });
}

async function list({ env, out }: CommandContext): Promise<void> {
  const schedule = await readSchedule(env);
  const { updates, errors, folder, now } = schedule;
  const lines = updates.map(
    (update) =>
      `${scheduledLine(update)}${update.at <= now ? ' (due)' : ''}\n  ${placeOf(schedule, update.in.file)}:${update.line}`,
  );
  out(`${printable(lines.join('\n\n') || 'Nothing is scheduled.')}\n`);
  if (errors.length > 0) out(`\n${printDiagnostics(errors, 'terminal', { folder, colour: false })}\n`);
}

/** Says what a job did, and fails if something that is due has an error. */
async function publishAndSay(
  context: CommandContext,
  publish: (context: CommandContext) => Promise<PublishedSchedule & { how: string }>,
): Promise<void> {
  const { updates, stuck, how } = await publish(context);
  const safe = context.env['GITHUB_ACTIONS'] ? loggable : printable;
  const text = [how, ...updates.map((update) => `  ${scheduledLine(update)}`)].join('\n');
  await jobLog(context)(safe(updates.length > 0 ? text : 'Nothing that can be published is due.'));
  if (stuck.length === 0) return;
  process.exitCode = 1;
  const format = context.env['GITHUB_ACTIONS'] ? 'github' : 'terminal';
  context.out(`${printDiagnostics(stuck, format, { folder: contentFolder(context.env), colour: false })}\n`);
}

async function publishWithoutCommit({ env }: CommandContext) {
  return { ...(await publishHere(env)), how: 'Moved, but not committed:' };
}

async function publishWithCommit(context: CommandContext) {
  const published = await publishOnGitHub(openGitHub(context.env), context);
  const { result } = published;
  if (result.how === 'review')
    return {
      ...published,
      how: `Due, but the branch is protected. To publish it, merge ${result.url} ${result.why ?? ''}`.trimEnd(),
    };
  return { ...published, how: result.how === 'nothing' ? 'Due, and waiting for its pull request:' : 'Published:' };
}
