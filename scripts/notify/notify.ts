import type { Published } from '../publish/published.ts';
import type { Channel } from '../../src/core/schema/channel.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import { noticesOf } from '../../src/formats/notices/notice.ts';
import { contentFolder } from '../../src/reader/files.ts';
import type { CommandContext } from '../lib/context.ts';
import type { Sleep } from '../lib/retry.ts';
import { addToSummary, workflowCommand } from '../lib/output.ts';
import type { Recorder } from './branch.ts';
import { fetchRecord, findRemote, isElsewhere, openRecorder } from './branch.ts';
import type { Delivery } from './deliver.ts';
import { deliver } from './deliver.ts';
import { contentHashes } from './match.ts';
import type { Line } from './record.ts';
import type { Plan } from './plan.ts';
import { planNotices } from './plan.ts';
import { originFinder } from './record.ts';
import { secretProblem } from './secrets.ts';
import type { Report } from './summary.ts';
import { failures, hasFailed, printReport, reportSummary } from './summary.ts';

/**
 * Sends what became public since the last run to every channel, and records it.
 * @returns the exit code: 1 when something could not be sent
 * @throws {CommandError} when nothing can be sent, since the record cannot be read or written
 */
export async function notify(published: Published, context: CommandContext, sleep: Sleep): Promise<number> {
  const { env } = context;
  const remote = await findRemote(contentFolder(env), env);
  const fetched = await fetchRecord(remote);
  const recorder = openRecorder(remote, fetched);
  const first = fetched.head === undefined;
  const notices = noticesOf(published.context.ledger);
  const contentHash = contentHashes(published.context);
  const { usable, unusable } = splitChannels(published);
  const plan = planNotices(
    { notices, contentHash, imported: published.imported, now: published.now, newest: !(await isElsewhere(remote)) },
    usable,
    first ? undefined : recorder.record(),
  );
  if (plan.lines.length > 0) {
    await recorder.append(plan.lines, first ? 'Start the delivery log' : 'Record updates that are not sent');
  }
  const deliveries = await send(plan, notices, published, recorder, context, sleep);
  const lacking = usable
    .filter(({ name }) => !deliveries.some(({ channel }) => channel === name))
    .flatMap((channel) => {
      const why = secretProblem(channel, env);
      return why === undefined ? [] : [{ channel: channel.name, why }];
    });
  const report = { deliveries, recorded: plan.lines, first, unusable: [...unusable, ...lacking] };
  await printResult(report, context);
  return hasFailed(report) ? 1 : 0;
}

/** Channels that can get something, and those that are narrowed to components of which none exists. */
export function splitChannels({ channels, context }: Published): { usable: Channel[]; unusable: Report['unusable'] } {
  const known = context.ledger.content.components;
  const isUsable = ({ components }: Channel) => !components || components.some((id) => known.has(id));
  const why =
    'None of the components that this channel is limited to exists, so nothing is sent to it. Correct “components” in content/site.yml.';
  return {
    usable: channels.filter(isUsable),
    unusable: channels.filter((channel) => !isUsable(channel)).map(({ name }) => ({ channel: name, why })),
  };
}

async function send(
  plan: Plan,
  notices: readonly Notice[],
  { context: feed, now }: Published,
  recorder: Recorder,
  { env }: CommandContext,
  sleep: Sleep,
): Promise<Delivery[]> {
  const contentHash = contentHashes(feed);
  return deliver(plan.deliveries, {
    context: feed,
    env,
    now,
    sleep,
    originOf: originFinder(notices, recorder.record),
    isDone: ({ id }, channel) => recorder.record().isDone(id, channel),
    earlier: ({ id }, channel) => {
      const recorded = recorder.record().updates.get(id);
      return {
        arrivals: recorded?.arrivals.get(channel) ?? 0,
        reached: recorded?.reached.get(channel) ?? 0,
      };
    },
    record: (channel, entries) => {
      const at = new Date(now).toISOString();
      const lines = entries.map(({ notice, how, reached, attempt }): Line => {
        const update = { at, channel, update: notice.id, essence: contentHash(notice), how };
        return { ...update, ...(reached && { reached }), ...(attempt && { attempt }) };
      });
      const next = entries.find(({ how }) => how === 'sending');
      return recorder.append(lines, next ? `Send ${next.notice.id} to ${channel}` : `Record the result for ${channel}`);
    },
  });
}

async function printResult(report: Report, { env, out }: CommandContext): Promise<void> {
  out(`${printReport(report)}\n`);
  if (env['GITHUB_ACTIONS']) for (const failure of failures(report)) out(`${workflowCommand('error', failure)}\n`);
  await addToSummary(reportSummary(report), env);
}
