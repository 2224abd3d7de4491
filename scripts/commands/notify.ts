import { readPublished } from '../publish/published.ts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { readAddress } from './arguments.ts';
import { CommandError } from '../lib/errors.ts';
import type { CommandContext } from '../lib/context.ts';
import type { Sleep } from '../lib/retry.ts';
import { showNotices } from '../notify/dry-run.ts';
import { notify } from '../notify/notify.ts';
import { maskCommands } from '../notify/secrets.ts';

interface Options {
  dryRun?: boolean;
  json?: boolean;
  address?: URL;
}

/** `notify`: what became public, to every channel. @param sleep waits for so many milliseconds */
export function registerNotify(program: Command, context: CommandContext, sleep: Sleep = (time) => pause(time)): void {
  program
    .command('notify')
    .description('send the updates that became public to the channels in site.yml')
    .option('--dry-run', 'show every message as it would be sent, and send nothing; needs no secrets')
    .option('--json', 'with --dry-run: the whole of each message, as JSON')
    .option('--address <url>', 'where the page is served, as site.yml has to say', readAddress)
    .addHelpText(
      'after',
      '\nWhat was sent is recorded in the branch notices of the remote. Ends with 1 when something could not be sent;\n' +
        'the next run tries again.',
    )
    .action(async (options: Options) => {
      process.exitCode = await run(options, context, sleep);
    });
}

async function run({ dryRun, json = false, address }: Options, context: CommandContext, sleep: Sleep): Promise<number> {
  if (context.env['GITHUB_ACTIONS']) for (const command of maskCommands(context.env)) context.out(`${command}\n`);
  if (json && !dryRun)
    throw new CommandError('JSON is for looking at the messages: write --dry-run along with --json.');
  const published = await readPublished(context.env, address);
  if (published.channels.length === 0) {
    const why = 'There are no channels in site.yml, so nothing is sent. docs/notices.md says how to add one.';
    context.out(`${json ? JSON.stringify({ note: why, channels: [] }, null, 2) : why}\n`);
    return 0;
  }
  if (dryRun) {
    await showNotices(published, json, context);
    return 0;
  }
  if (published.example) {
    context.out('The content is the example, which is held at one instant, so nothing is sent.\n');
    return 0;
  }
  return notify(published, context, sleep);
}
