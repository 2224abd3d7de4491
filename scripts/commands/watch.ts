import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { readDuration } from '../../src/core/human-time.ts';
import type { CommandContext } from '../lib/context.ts';
import type { Sleep } from '../lib/retry.ts';
import { openGitHub } from '../lib/github.ts';
import { jobLog } from '../lib/output.ts';
import { exitCodeOf, look, lookAsData, printLook } from '../watch/look.ts';
import { isOutdated, startAgain, watchAndWait } from '../watch/wait.ts';
import { printAndSync, watchRound } from '../watch/sync.ts';
import { CommandError } from '../lib/errors.ts';

interface Options {
  json?: boolean;
  github?: boolean;
  wait?: boolean;
  atMost: number;
}

/** Half an hour less than a job on GitHub may last. */
const AT_MOST = 330 * 60_000;

/** `watch`: what was promised and is due. @param sleep waits for so many milliseconds */
export function registerWatch(program: Command, context: CommandContext, sleep: Sleep = (time) => pause(time)): void {
  program
    .command('watch')
    .description('show overdue updates, and what is due next')
    .addOption(new Option('--json', 'print the result as JSON').conflicts(['github', 'wait']))
    .option('--github', 'keep a GitHub issue for each, as the workflows do')
    .option('--wait', 'with --github: wait until the next one is due, then notify its owners')
    .addOption(
      new Option('--at-most <duration>', 'the longest time to wait').argParser(duration).default(AT_MOST, '5h30m'),
    )
    .addHelpText(
      'after',
      '\nExit codes: 0 if nothing is overdue, 2 if something is, 1 if it could not be checked.\n' +
        'With --github: 0 if the issues are up to date, 1 if they could not be updated.',
    )
    .action(async (options: Options) => {
      process.exitCode = await watch(options, context, sleep);
    });
}

async function watch({ json, github, wait, atMost }: Options, context: CommandContext, sleep: Sleep): Promise<number> {
  const { env, out } = context;
  if (wait && !github) throw new CommandError('--wait needs --github, so that owners are notified when the wait ends.');
  if (!github) {
    const found = await look(env);
    out(`${json ? JSON.stringify(lookAsData(found), null, 2) : printLook(found)}\n`);
    return exitCodeOf(found);
  }
  const say = jobLog(context);
  const first = await look(env);
  if (first.content.exampleNow !== undefined && !env['STATUS_NOW']) {
    await say('This is the example, which is frozen in time, so nothing is due.');
    return 0;
  }
  const api = openGitHub(env, sleep);
  if (!wait || !first.content.site.watch.wait) {
    await printAndSync(first, api, say);
    if (wait) await say('The setting watch.wait is false, so this run does not wait.');
    return 0;
  }
  const ended = await watchAndWait({
    round: () => watchRound(env, api, say),
    outdated: () => isOutdated(api),
    sleep,
    say,
    atMost,
  });
  if (ended !== 'done') await say(await startAgain(api));
  return 0;
}

function duration(text: string): number {
  const milliseconds = readDuration(text);
  if (milliseconds === undefined) throw new InvalidArgumentError('Use a form such as 5h or 5h30m.');
  return milliseconds;
}
