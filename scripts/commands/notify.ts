import { readPublished } from '../publish/published.ts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { readAddress } from '../lib/published.ts';
import { CommandError } from '../lib/errors.ts';
import type { CommandContext } from '../lib/context.ts';
import type { Sleep } from '../lib/retry.ts';
import { showNotices } from '../notify/dry-run.ts';
import { notify } from '../notify/notify.ts';
import { sendTest } from '../notify/test-message.ts';
import { maskCommands } from '../notify/secrets.ts';

interface Options {
  dryRun?: boolean;
  json?: boolean;
  test?: string;
  address?: URL;
}

/** `notify`: what became public, to every channel. @param sleep waits for so many milliseconds */
export function registerNotify(program: Command, context: CommandContext, sleep: Sleep = (time) => pause(time)): void {
  program
    .command('notify')
    .description('send newly published updates to the channels in site.yml')
    .option('--dry-run', 'show every message without sending it; needs no secrets')
    .option('--json', 'with --dry-run: print each whole message as JSON')
    .option('--test <name>', 'send one message, marked as a test, to the channel of this name')
    .option('--address <url>', 'where the page is served; must match “url” in site.yml', readAddress)
    .addHelpText(
      'after',
      '\nThe delivery log is on the branch “notices” of the remote. Exits with 1 if something could not be sent;\n' +
        'the next run tries again.',
    )
    .action(async (options: Options) => {
      process.exitCode = await run(options, context, sleep);
    });
}

async function run(
  { dryRun, json = false, test, address }: Options,
  context: CommandContext,
  sleep: Sleep,
): Promise<number> {
  if (context.env['GITHUB_ACTIONS']) for (const command of maskCommands(context.env)) context.out(`${command}\n`);
  if (json && !dryRun) throw new CommandError('--json needs --dry-run.');
  const published = await readPublished(context.env, address);
  if (published.channels.length === 0) {
    const why = 'There are no channels in site.yml, so nothing is sent. To add one, see docs/notices.md.';
    context.out(`${json ? JSON.stringify({ note: why, channels: [] }, null, 2) : why}\n`);
    return 0;
  }
  if (dryRun) {
    await showNotices(published, json, context);
    return 0;
  }
  if (published.example) {
    context.out('This is the example, which is frozen in time, so nothing is sent.\n');
    return 0;
  }
  if (test !== undefined) return sendTest(test, published, context, sleep);
  return notify(published, context, sleep);
}
