import type { Published } from '../publish/published.ts';
import type { Channel } from '../../src/core/schema/channel.ts';
import { contentFolder } from '../../src/reader/files.ts';
import type { CommandContext } from '../lib/context.ts';
import type { Sleep } from '../lib/retry.ts';
import { addToSummary, workflowCommand } from '../lib/output.ts';
import type { Recorder } from './branch.ts';
import { fetchRecord, findRemote, isElsewhere, openRecorder } from './branch.ts';
import type { Delivery } from './deliver.ts';
import { deliver } from './deliver.ts';
import { contentHashes, planNotices } from './plan.ts';
import type { Line } from './record.ts';
import type { Plan } from './plan.ts';
import { EVERY_CHANNEL, eventOf, originFinder } from './record.ts';
import { secretProblem } from './secrets.ts';
import { escapeBars, escapeMarkdown } from '../../src/formats/markdown-text.ts';
import { plural } from '../lib/text.ts';

/** The result of a run. */
interface Report {
  deliveries: readonly Delivery[];
  /** The delivery log before anything was sent. */
  recorded: readonly Line[];
  /** Whether there was no delivery log before. */
  first: boolean;
  /** Channels without any delivery, and why. */
  unusable: readonly { channel: string; why: string }[];
}

/** The most rows of a readable table. */
const MOST_ROWS = 200;

/** Whether something could not be sent that should have been. */
function hasFailed({ deliveries, unusable }: Report): boolean {
  return unusable.length > 0 || deliveries.some(({ sent, doubtful }) => !sent || doubtful);
}

/** A line for each update and channel, and a sentence for whatever else there is to say. */
function printReport(report: Report): string {
  const rows = report.deliveries.map(
    ({ channel, update, sent, doubtful, note }) =>
      `${channel}: ${update} ${doubtful ? 'may have arrived' : sent ? 'is sent' : 'is not sent'}.${note === undefined ? '' : ` ${sentence(note)}`}`,
  );
  return [...sentences(report), ...rows].join('\n');
}

/** The same for the summary of a job, in Markdown. */
export function reportSummary(report: Report): string {
  const rows = report.deliveries.slice(0, MOST_ROWS).map(({ channel, update, sent, doubtful, note = '' }) => {
    const state = doubtful ? '**may have arrived**' : sent ? 'sent' : '**not sent**';
    const said = note === '' ? '' : escapeMarkdown(sentence(note));
    return `| ${[escapeMarkdown(update), escapeMarkdown(channel), state, said].map(escapeBars).join(' | ')} |`;
  });
  const more = report.deliveries.length - rows.length;
  const table = rows.length === 0 ? [] : ['| update | channel | | |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return `### Notices\n\n${[...sentences(report).map(escapeMarkdown), table, more > 0 ? `And ${more} more.` : []].flat().join('\n\n')}\n`;
}

/** The annotations of the job, one for each failed channel. */
function failures({ deliveries, unusable }: Report): string[] {
  const failed = Map.groupBy(
    deliveries.filter(({ sent }) => !sent),
    ({ channel }) => channel,
  );
  return [
    ...unusable.map(({ channel, why }) => `${channel}: ${why}`),
    ...deliveries
      .filter(({ doubtful }) => doubtful)
      .map(({ channel, update, note = '' }) => `${channel}: ${update}: ${note}`),
    ...[...failed].map(([channel, list]) => {
      return `${channel}: ${areUpdates(list.length)} not sent. The next run tries again. ${sentence(list[0]?.note ?? '')}`;
    }),
  ];
}

function sentences({ deliveries, recorded, first, unusable }: Report): string[] {
  const begun = recorded.filter(({ how }) => how === 'begun').map(({ channel }) => channel);
  const all = updates(recorded, 'known', EVERY_CHANNEL);
  const [old, moved, narrowed] = [updates(recorded, 'old'), updates(recorded, 'moved'), updates(recorded, 'narrowed')];
  const said = unusable.map(({ channel, why }) => `${channel}: ${why}`);
  if (first) {
    said.push(
      `This is the first run: ${areUpdates(all)} already public and not sent. New updates go to ${begun.join(', ')}.`,
    );
    return said;
  }
  for (const channel of begun) {
    said.push(`${channel} is new: it gets new updates, but none that are already public.`);
  }
  if (all > 0) said.push(`${areUpdates(all)} imported and not sent.`);
  if (old > 0) said.push(`${areUpdates(old)} older than seven days and not sent.`);
  if (moved > 0) said.push(`${areUpdates(moved)} already sent under another time or file, and not sent again.`);
  if (narrowed > 0) said.push(`${areUpdates(narrowed)} not sent to some channels because of their filters.`);
  return said.length === 0 && deliveries.length === 0 ? ['There is nothing new to send.'] : said;
}

function updates(lines: readonly Line[], how: Line['how'], channel?: string): number {
  const meant = lines.filter((line) => line.how === how && (channel === undefined || line.channel === channel));
  return new Set(meant.map(({ update }) => update)).size;
}

function areUpdates(count: number): string {
  return plural(count, 'One update is', `${count} updates are`);
}

/** A text with a full stop, unless it ends with one. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

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
  const { usable, unusable } = splitChannels(published);
  const record = first ? undefined : recorder.record();
  const plan = planNotices(published, !(await isElsewhere(remote)), usable, record);
  if (plan.lines.length > 0) {
    await recorder.append(plan.lines, first ? 'Start the delivery log' : 'Record updates that are not sent');
  }
  const deliveries = await send(plan, published, recorder, context, sleep);
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
  { context, editionIn, notices, now }: Published,
  recorder: Recorder,
  { env }: CommandContext,
  sleep: Sleep,
): Promise<Delivery[]> {
  const contentHash = contentHashes(context);
  const began = performance.now();
  return deliver(plan.deliveries, {
    editionIn,
    env,
    // A signature says when a message was sent, which may be minutes after the run began.
    now: () => now + performance.now() - began,
    sleep,
    originOf: originFinder(notices, recorder.record),
    isDone: ({ id }, channel) => recorder.record().isDone(id, channel),
    earlier: ({ id }, channel) => {
      const recorded = recorder.record().updates.get(id);
      return {
        arrivals: recorded?.arrivals.get(channel) ?? 0,
        reached: recorded?.reached.get(channel) ?? 0,
        thread: recorder.record().threadOf(channel, eventOf(id)),
      };
    },
    record: (channel, entries) => {
      const at = new Date(now).toISOString();
      const lines = entries.map(({ notice, how, reached, attempt, thread }): Line => {
        const update = { at, channel, update: notice.id, essence: contentHash(notice), how };
        return {
          ...update,
          ...(reached && { reached }),
          ...(attempt && { attempt }),
          ...(thread !== undefined && { thread }),
        };
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
