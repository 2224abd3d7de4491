import { escapeBars, escapeMarkdown } from '../../src/formats/markdown-text.ts';
import type { Delivery } from './deliver.ts';
import type { Line } from './record.ts';
import { EVERY_CHANNEL } from './record.ts';
import { plural } from '../lib/text.ts';

/** What one run did. */
export interface Report {
  deliveries: readonly Delivery[];
  /** What was recorded before anything was sent. */
  recorded: readonly Line[];
  /** Whether there was no record before. */
  first: boolean;
  /** Channels that nothing could be sent to at all, and why. */
  unusable: readonly { channel: string; why: string }[];
}

/** Rows of the table that still can be read. */
const MOST_ROWS = 200;

/** Whether something could not be sent that should have been. */
export function hasFailed({ deliveries, unusable }: Report): boolean {
  return unusable.length > 0 || deliveries.some(({ sent, doubtful }) => !sent || doubtful);
}

/** A line for each update and channel, and a sentence for whatever else there is to say. */
export function printReport(report: Report): string {
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

/** For each channel that failed what stands in the annotations of the job. */
export function failures({ deliveries, unusable }: Report): string[] {
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

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
