import type { Instant } from '../../../src/core/model.ts';
import type { IncidentWord, MaintenanceWord } from '../../../src/core/vocabulary.ts';
import { markdownToBody } from '../markdown/html-to-markdown.ts';
import type { ImportedMaintenance, ImportedUpdate } from '../model.ts';
import { note } from '../report.ts';
import { toSecond } from '../times.ts';
import type { IssueContext } from './issue.ts';
import { withLabel } from './labels.ts';
import type { MarkWord } from './mark-words.ts';
import { saysOver } from './over.ts';
import { withoutShortcodes } from './shortcodes.ts';
import type { TimedBlock, Timeline } from './timeline.ts';

/** A post with its text told apart. */
export interface Told {
  context: IssueContext;
  about: { id: string; subject: string };
  start: Instant;
  end?: Instant;
  isOver: boolean;
  timeline: Timeline;
}

const NEAR = 600_000;
const MINUTE = 60_000;

const INCIDENT: Readonly<Record<MarkWord, IncidentWord>> = {
  initial: 'investigating', investigating: 'investigating', identified: 'identified', monitoring: 'monitoring',
  in_progress: 'update', update: 'update', scheduled: 'update', final: 'resolved', resolved: 'resolved',
  cancelled: 'resolved', postmortem: 'postmortem',
}; // prettier-ignore

const MAINTENANCE: Readonly<Record<MarkWord, MaintenanceWord>> = {
  initial: 'scheduled', scheduled: 'scheduled', investigating: 'update', identified: 'update', monitoring: 'verifying',
  in_progress: 'in_progress', update: 'update', final: 'completed', resolved: 'completed', cancelled: 'cancelled',
  postmortem: 'update',
}; // prettier-ignore

/** The updates of an incident, oldest first. */
export function incidentUpdates(told: Told, isNotice: boolean): ImportedUpdate<IncidentWord>[] {
  const { context, about, end, timeline } = told;
  const words = timeline.blocks.map(({ word, hint }): IncidentWord => {
    const said = word ?? (hint === 'resolved' || hint === 'postmortem' ? undefined : hint);
    return said === undefined ? 'update' : INCIDENT[said];
  });
  const newest = words.findLastIndex((word) => word !== 'postmortem');
  const last = timeline.blocks[newest];
  if (last && words[newest] !== 'resolved' && (endsIt(last, told) || (isNotice && told.isOver))) {
    words[newest] = 'resolved';
    if (!isNotice) note(context.report, 'last-text-ends', placeOf(last, told), about);
  }
  reopen(words, told);
  const endedAt = last && words[newest] === 'resolved' ? endedBefore(timeline.blocks, newest, told) : undefined;
  context.report.read.updates += timeline.blocks.length;
  return timeline.blocks.map((block, index) => ({
    ...updateOf(block, told, INCIDENT[block.word ?? 'update'] !== words[index]),
    word: words[index] ?? 'update',
    ...(index === newest && endedAt !== undefined && endedAt === end && { ended: toSecond(endedAt) }),
  }));
}

/** The updates of a maintenance, oldest first. What was said at no known time and lies ahead is its announcement. */
export function maintenanceUpdates(told: Told): Pick<ImportedMaintenance, 'updates' | 'announcement'> {
  const { context, about, start, timeline } = told;
  const isAhead = ({ from, at, announces: isAnnouncement }: TimedBlock): boolean =>
    isAnnouncement === true || (from === 'start' && at > context.now + NEAR);
  const announced = timeline.blocks.filter(isAhead);
  const blocks = timeline.blocks.filter((block) => !isAhead(block));
  let begun = false;
  const words = blocks.map(({ word, at, from, text }): MaintenanceWord => {
    const said = word === undefined ? 'update' : MAINTENANCE[word];
    const early =
      at < start || (at === start && from !== 'begun' && (from === 'start' || said === 'scheduled' || announces(text)));
    const isOpen = said === 'update' || said === 'scheduled' || said === 'verifying' || said === 'in_progress';
    const meant = !isOpen
      ? said
      : early && !begun
        ? 'scheduled'
        : said === 'scheduled' || (said === 'update' && !begun)
          ? 'in_progress'
          : said;
    begun ||= meant === 'in_progress' || meant === 'verifying' || meant === 'completed' || meant === 'cancelled';
    return meant;
  });
  const last = blocks.at(-1);
  const isEnded = words.some((word) => word === 'completed' || word === 'cancelled');
  if (last && !isEnded && last.at > start && endsIt(last, told)) {
    words[words.length - 1] = 'completed';
    note(context.report, 'last-text-ends', placeOf(last, told), about);
  }
  context.report.read.updates += blocks.length;
  const announcement = announced.map((block) => updateOf(block, told, false).body).join('\n\n');
  return {
    updates: blocks.map((block, index) => ({
      ...updateOf(block, told, MAINTENANCE[block.word ?? 'update'] !== words[index]),
      word: words[index] ?? 'update',
    })),
    ...(announcement !== '' && { announcement }),
  };
}

/** Whether a text speaks of what is to come. */
function announces(text: string): boolean {
  const beginning = text.slice(0, 200);
  return (
    /\b(?:will|upcoming|going to|scheduled|plan(?:s|ned|ning)?)\b/i.test(beginning) &&
    !/\b(?:begun|under ?way|in progress|ongoing|started|now|currently)\b/i.test(beginning)
  );
}

/** Whether the newest text is the one that closed it: it stands at its end, or says so. */
function endsIt({ at, from, word, hint, text }: TimedBlock, { isOver, end, timeline }: Told): boolean {
  if (!isOver || from === 'start' || timeline.blocks.length === 0) return false;
  if (from === 'end') return true;
  if (word === 'investigating' || word === 'identified' || word === 'monitoring') return false;
  const saysSo = hint === 'resolved' || saysOver(text);
  return end === undefined ? saysSo : at >= end - NEAR || (saysSo && at >= end - 6 * NEAR);
}

/** What comes between two ends is no update of something over: it was open again. */
function reopen(words: IncidentWord[], told: Told): void {
  const final = words.lastIndexOf('resolved');
  words.forEach((word, index) => {
    const before = words.slice(0, index).findLast((one) => one !== 'update' && one !== 'postmortem');
    const block = told.timeline.blocks[index];
    if (word !== 'update' || before !== 'resolved' || index > final || !block) return;
    words[index] = 'investigating';
    note(told.context.report, 'reopened', placeOf(block, told), told.about);
  });
}

/** When it was over, if only the text that says so came later. */
function endedBefore(blocks: readonly TimedBlock[], newest: number, { end, start }: Told): Instant | undefined {
  const last = blocks[newest];
  if (end === undefined || !last || last.at - end < MINUTE || end < start) return undefined;
  return blocks.slice(0, newest).every(({ at }) => at <= end) ? end : undefined;
}

/** Marks that only begin a message, without a status. */
const SAYS_NO_STATUS = new Set<MarkWord>(['initial', 'update', 'final', 'postmortem']);

/** @param isOther whether its status differs from its mark, which is then kept in the text */
function updateOf(block: TimedBlock, told: Told, isOther: boolean): Omit<ImportedUpdate, 'word'> {
  const { context, about } = told;
  const place = placeOf(block, told);
  const isNamed = isOther && block.word !== undefined && !SAYS_NO_STATUS.has(block.word);
  const { text, left } = withoutShortcodes(isNamed ? withLabel(block.name, block.text) : block.text);
  for (const { text: shortcode, line } of left)
    note(context.report, 'shortcode-left-out', { ...place, line: block.line + line }, about, shortcode);
  const { markdown, notes } = markdownToBody(text, context.base);
  for (const { kind, detail } of notes) note(context.report, kind, place, about, detail);
  return { at: toSecond(block.at), body: markdown, place };
}

function placeOf({ line }: TimedBlock, { context }: Told): { file: string; line: number } {
  return { file: context.file, line };
}
