import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { Option } from 'commander';
import { readAlerts } from '../alerts/read-alerts.ts';
import { receivedAt, textFromEvent, textFromFile, waitFor } from '../alerts/received.ts';
import type { RuleOutcome } from '../alerts/land-rule.ts';
import { failureLines, hereLines, outcomeLines, sortedLines } from '../alerts/report.ts';
import type { Sorted } from '../alerts/sort.ts';
import { dueHere, sortHere, takeHere } from '../alerts/take-here.ts';
import { dueOnGitHub, sortOnGitHub, takeOnGitHub } from '../alerts/take-on-github.ts';
import { findContent } from '../lib/content.ts';
import type { Progress } from '../authoring/run.ts';
import { runAuthoring } from '../authoring/run.ts';
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
    .description('take an alert of your monitoring, and write what content/alerts.yml wants said')
    .argument('[file]', 'the body that the monitor sends; - reads it from the standard input')
    .option('--due', 'take none: write what earlier alerts have to wait for until now')
    .option('--dry-run', 'show what would be written, and write nothing')
    .option('--json', 'print what was done as JSON')
    .addOption(new Option('--github', 'bring it into the repository, as workflows do').conflicts(['dryRun', 'json']))
    .option('--wait', 'with --github: wait for what is due within ten minutes')
    .action((file: string | undefined, options: Options) =>
      runAuthoring(context, options, async (progress) => {
        if (options.github) {
          progress.state = 'What is not said to be published was not.';
          return takeThere(file, options, context, sleep);
        }
        return takeInFolder(file, options, context, progress);
      }),
    );
}

const HALFWAY =
  'Some of it is written, each file whole, and some is not. Once that is mended, the same command does the rest, and says nothing twice.';

async function takeInFolder(
  file: string | undefined,
  options: Options,
  { env, out }: CommandContext,
  progress: Progress,
): Promise<object> {
  const { due, dryRun, json } = options;
  if (file === undefined && !due)
    throw new CommandError('Say which file holds the alert, or - for the standard input.');
  const received = due ? undefined : await receive(await textFromFile(file ?? '-'), (alerts) => sortHere(alerts, env));
  const messages = received?.sorted.messages ?? (await dueHere(env));
  const outcomes = await takeHere(messages, env, !dryRun, () => (progress.state = HALFWAY));
  if (outcomes.some(({ failure }) => failure)) process.exitCode = 1;
  if (!json) {
    const lines = [
      ...(received ? sortedLines(received.source, received.notes, received.sorted) : []),
      ...outcomes.flatMap(hereLines),
    ];
    const end = dryRun ? 'This was a dry run. Nothing was written.' : 'Nothing is committed.';
    out(`${printable([...lines, end].join('\n'))}\n`);
  }
  const { unmatched = [], ignored = [] } = received?.sorted ?? {};
  return { source: received?.source, notes: received?.notes, rules: outcomes, unmatched, ignored };
}

async function takeThere(
  file: string | undefined,
  { due, wait }: Options,
  context: CommandContext,
  sleep: Sleep,
): Promise<object> {
  const { env } = context;
  const log = jobLog(context);
  const say = async (lines: readonly string[]) => {
    const text = lines.join('\n');
    if (text !== '') await log(text, asBlock(text));
  };
  const { content } = await findContent(env, () => false);
  if (content.exampleNow !== undefined && !env['STATUS_NOW']) {
    await say(['The content is the example, which is held at one instant. npm run init begins a page of your own.']);
    return {};
  }
  const github = openGitHub(env, sleep);
  const text = due
    ? undefined
    : await (file === undefined ? textFromEvent(env['GITHUB_EVENT_PATH']) : textFromFile(file));
  const sort = async (alerts: Parameters<typeof sortOnGitHub>[0]) =>
    sortOnGitHub(alerts, env, await receivedAt(github, env));
  const received = text === undefined ? undefined : await receive(text, sort);
  if (received) await say(sortedLines(received.source, received.notes, received.sorted));

  const look = async (messages: Sorted['messages']) => {
    const { outcomes, failures } = await takeOnGitHub(messages, github, context);
    await say([...outcomes.flatMap(outcomeLines), ...failures.flatMap(failureLines)]);
    const isAsked = ({ landed }: RuleOutcome) => landed.how !== 'review' || landed.why === undefined;
    if (failures.length > 0 || !outcomes.every((one) => isAsked(one) && !one.failure)) process.exitCode = 1;
    return outcomes;
  };
  const outcomes = await look(received?.sorted.messages ?? (await dueOnGitHub(env)));
  if (!wait || !content.site.watch.wait) return {};
  // One run waits for each thing: the one that has just brought it in.
  const begun = outcomes.filter(({ landed }) => landed.how !== 'nothing');
  await waitFor(begun, env, sleep, (rules) => look(new Map(rules.map((rule) => [rule, []]))));
  return {};
}

/** @throws {CommandError} when the text is no alert that can be read */
async function receive(text: string, sort: (alerts: Parameters<typeof sortHere>[0]) => Promise<Sorted>) {
  const read = readAlerts(text);
  if ('problem' in read) throw new CommandError(read.problem);
  const sorted = await sort(read.alerts);
  if (sorted.unmatched.some(({ broken }) => broken)) process.exitCode = 1;
  return { source: read.source, notes: read.notes, sorted };
}
