import type { Progress } from '../lib/output.ts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { Option } from 'commander';
import { readAlerts } from '../alerts/read-alerts.ts';
import { textFromEvent, textFromFile, waitFor } from '../alerts/received.ts';
import type { RuleOutcome } from '../alerts/report.ts';
import { failureLines, sortedLines } from '../alerts/report.ts';
import type { Sorted } from '../alerts/sort.ts';
import type { AlertStore } from '../alerts/store.ts';
import { dueIn, gitHubStore, localStore, sortFor } from '../alerts/store.ts';
import { findContent } from '../lib/content.ts';
import { runAuthoring } from '../lib/failure.ts';
import type { CommandContext } from '../lib/context.ts';
import type { Sleep } from '../lib/retry.ts';
import { openGitHub } from '../lib/github.ts';
import { asBlock, jobLog } from '../lib/output.ts';
import { printable } from '../../src/core/printable.ts';
import { CommandError } from '../lib/errors.ts';

interface Options {
  due?: boolean;
  github?: boolean;
  wait?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** `alert`: takes what a monitor has sent, and says what the rules want said. @param sleep waits for so many milliseconds */
export function registerAlert(program: Command, context: CommandContext, sleep: Sleep = (time) => pause(time)): void {
  program
    .command('alert')
    .description('read an alert from your monitoring, and write the updates that content/alerts.yml defines')
    .argument('[file]', 'the request body from your monitoring; - reads standard input')
    .option('--due', 'read no alert; write the updates that are due for earlier alerts')
    .option('--dry-run', 'show the result without writing it')
    .option('--json', 'print the result as JSON')
    .addOption(
      new Option('--github', 'commit to the repository on GitHub, as the workflows do').conflicts(['dryRun', 'json']),
    )
    .option('--wait', 'with --github: wait for updates due within ten minutes')
    .action((file: string | undefined, options: Options) =>
      runAuthoring(context, options, (progress) =>
        options.github
          ? applyOnGitHub(file, options, context, progress, sleep)
          : applyLocally(file, options, context, progress),
      ),
    );
}

const HALFWAY =
  'Only some of the files were written. Fix the problem, then run the same command again. It does the rest, and publishes nothing twice.';

async function applyLocally(
  file: string | undefined,
  { due, dryRun = false, json }: Options,
  { env, out }: CommandContext,
  progress: Progress,
): Promise<object> {
  if (file === undefined && !due)
    throw new CommandError('Give the file that contains the alert, or - for standard input.');
  const say = async (lines: readonly string[]) => {
    if (!json && lines.length > 0) out(`${printable(lines.join('\n'))}\n`);
  };
  const store = localStore(env, dryRun, () => (progress.state = HALFWAY));
  const { received, outcomes } = await applyAlerts(store, due ? undefined : await textFromFile(file ?? '-'), say);
  await say([dryRun ? 'This was a dry run. Nothing was written.' : 'Nothing is committed.']);
  const { unmatched = [], ignored = [] } = received?.sorted ?? {};
  return { source: received?.source, notes: received?.notes, rules: outcomes, unmatched, ignored };
}

async function applyOnGitHub(
  file: string | undefined,
  { due, wait }: Options,
  context: CommandContext,
  progress: Progress,
  sleep: Sleep,
): Promise<object> {
  progress.state = 'Only updates listed as published were published.';
  const { env } = context;
  const log = jobLog(context);
  const say = async (lines: readonly string[]) => {
    const text = lines.join('\n');
    if (text !== '') await log(text, asBlock(text));
  };
  const { content } = await findContent(env, () => false);
  if (content.exampleNow !== undefined && !env['STATUS_NOW']) {
    await say(['This is the example, which is frozen in time. To set up your own page, run npm run init.']);
    return {};
  }
  const store = gitHubStore(openGitHub(env, sleep), context);
  const sent = () => (file === undefined ? textFromEvent(env['GITHUB_EVENT_PATH']) : textFromFile(file));
  const { outcomes } = await applyAlerts(store, due ? undefined : await sent(), say);
  if (!wait || !content.site.watch.wait) return {};
  // One run waits for each thing: the one that has just brought it in.
  const begun = outcomes.filter(({ result }) => result?.how !== 'nothing');
  await waitFor(begun, env, sleep, (rules) => applyTo(store, new Map(rules.map((rule) => [rule, []])), say));
  return {};
}

type Say = (lines: readonly string[]) => Promise<void>;

/**
 * Applies the alerts in a text; without one, what earlier alerts have to wait for until now.
 * @throws {CommandError} when the text is no alert that can be read
 */
async function applyAlerts(store: AlertStore, text: string | undefined, say: Say) {
  const received = text === undefined ? undefined : await receive(text, store);
  if (received) await say(sortedLines(received.source, received.notes, received.sorted));
  return { received, outcomes: await applyTo(store, received?.sorted.messages ?? (await dueIn(store)), say) };
}

async function applyTo(store: AlertStore, messages: Sorted['messages'], say: Say): Promise<RuleOutcome[]> {
  const { outcomes, failures } = await store.apply(messages);
  await say([...outcomes.flatMap(store.linesOf), ...failures.flatMap(failureLines)]);
  const isAsked = ({ result }: RuleOutcome) => result?.how !== 'review' || result.why === undefined;
  if (failures.length > 0 || !outcomes.every((one) => isAsked(one) && !one.failure)) process.exitCode = 1;
  return outcomes;
}

async function receive(text: string, store: AlertStore) {
  const read = readAlerts(text);
  if ('problem' in read) throw new CommandError(read.problem);
  const sorted = await sortFor(store, read.alerts);
  if (sorted.unmatched.some(({ broken }) => broken)) process.exitCode = 1;
  return { source: read.source, notes: read.notes, sorted };
}
